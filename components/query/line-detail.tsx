'use client'

import { Route } from 'lucide-react'
import { CopyButton } from '@/components/ui/copy-button'
import { TextArea } from '@/components/ui/input'
import type { TreeLine } from './tree-lines'

/** Where a line is, all of its text when that is long, and what can be copied of it. */
export function LineDetail({ line, path }: { line: TreeLine; path: string }) {
  const { value } = line
  const isLong = typeof value === 'string' && (value.length > 60 || value.includes('\n'))
  return (
    <div className="shrink-0 border-line border-t bg-sunken">
      {isLong && (
        <div className="px-3 pt-2">
          <TextArea
            readOnly
            aria-label={`Whole text of ${path}`}
            rows={Math.min(6, Math.ceil(value.length / 60) + value.split('\n').length - 1)}
            className="resize-y font-mono text-xs!"
            value={value}
          />
        </div>
      )}
      <div className="flex h-8 items-center gap-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 truncate font-mono text-2xs text-muted">{path}</code>
        <CopyButton text={path} label="Copy path" icon={<Route aria-hidden="true" />} />
        <CopyButton text={() => toText(line)} label="Copy value" />
      </div>
    </div>
  )
}

/** A text goes to the clipboard as it is, anything else as JSON. */
export function toText({ value }: TreeLine): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

'use client'

import { CircleAlert, Play, Square, TriangleAlert } from 'lucide-react'
import type { Ref } from 'react'
import { Editor } from '@/components/editor/editor'
import type { EditorHandle, EditorMarker, Suggest } from '@/components/editor/editor-props'
import { ModKey } from '@/components/shell/mod-key'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { toQueryLink } from '@/lib/model/query-link'
import type { QueryText } from '@/lib/model/query-text'
import type { TextSpan } from '@/lib/model/text-span'
import { OpenInData } from './open-in-data'
import type { TextNotice } from './use-query-text'

interface QueryPanelProps {
  readonly text: string
  readonly parsed: QueryText
  readonly notice: TextNotice
  readonly markers: readonly EditorMarker[]
  readonly suggest?: Suggest
  /** Whether this very text was to be run and could not be sent. */
  readonly isRefused: boolean
  readonly isRunning: boolean
  readonly handle: Ref<EditorHandle>
  readonly onWrite: (text: string) => void
  readonly onLeave: () => void
  readonly onRun: (text: string) => void
  readonly onCancel: () => void
  readonly onGoTo: (span: TextSpan) => void
}

/** The editor, with what is done with its text above it and what is wrong with it below. */
export function QueryPanel({
  text,
  parsed,
  notice,
  markers,
  suggest,
  isRefused,
  isRunning,
  handle,
  onWrite,
  onLeave,
  onRun,
  onCancel,
  onGoTo,
}: QueryPanelProps) {
  return (
    <section aria-label="Query text" className="flex h-full flex-col bg-surface" onBlur={onLeave}>
      <div className="flex h-11 shrink-0 items-center gap-2 border-line border-b px-3">
        <Button
          variant="primary"
          size="normal"
          icon={<Play fill="currentColor" />}
          disabled={parsed.kind === 'empty'}
          onClick={() => onRun(text)}
        >
          Run
          <kbd className="font-sans text-2xs">
            <ModKey /> ↵
          </kbd>
        </Button>
        {isRunning && (
          <Button icon={<Square fill="currentColor" />} onClick={onCancel}>
            Cancel
          </Button>
        )}
        <p className="ml-auto truncate text-muted text-xs">
          <span className="hidden sm:inline">An InstaQL object literal</span>
        </p>
        <OpenInData parsed={parsed} />
      </div>
      {notice && (
        <Alert tone="notice" className="m-3">
          {notice === 'broken-link'
            ? 'The address holds no readable query: it was perhaps cut short. The editor is empty instead.'
            : 'This address names a query too long for an address. It is kept only in the tab where it was written, and this is another.'}
        </Alert>
      )}
      <div className="min-h-0 flex-1">
        <Editor
          label="InstaQL query"
          value={text}
          onChange={onWrite}
          onRun={onRun}
          markers={markers}
          {...(suggest && { suggest })}
          placeholder="{ namespace: { $: { where: {} }, link: {} } }"
          handle={handle}
        />
      </div>
      <StatusLine text={text} markers={markers} isRefused={isRefused} onGoTo={onGoTo} />
    </section>
  )
}

interface StatusLineProps
  extends Pick<QueryPanelProps, 'text' | 'markers' | 'isRefused' | 'onGoTo'> {}

/** The first thing that is wrong, in words. Announced when it was in the way of a run. */
function StatusLine({ text, markers, isRefused, onGoTo }: StatusLineProps) {
  const first = markers.find(({ tone }) => tone === 'error') ?? markers[0]
  const isTooLong = text.length > 5_000 && toQueryLink(text) === null
  return (
    <div
      className={cn(
        'min-h-8 shrink-0 items-center gap-3 border-line border-t bg-sunken px-3 py-1 text-xs sm:flex',
        first || isTooLong ? 'flex' : 'hidden',
      )}
    >
      <div role={isRefused ? 'alert' : undefined} className="min-w-0 flex-1">
        {first ? (
          <button
            type="button"
            onClick={() => onGoTo(first.span)}
            className={
              first.tone === 'error'
                ? 'flex gap-1.5 text-left text-danger-text'
                : 'flex gap-1.5 text-left text-notice-text'
            }
          >
            {first.tone === 'error' ? (
              <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
            ) : (
              <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
            )}
            <span className="[overflow-wrap:anywhere]">
              Line {first.span.line}, column {first.span.column}: {first.message}
            </span>
          </button>
        ) : (
          isTooLong && (
            <span className="text-notice-text">
              Too long for an address: kept in this tab only, so a copied link will not bring it.
            </span>
          )
        )}
      </div>
      <span className="hidden shrink-0 text-muted sm:inline">Ctrl+M: Tab leaves the editor</span>
    </div>
  )
}

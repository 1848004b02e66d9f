'use client'

import { Braces } from 'lucide-react'
import Link from 'next/link'
import { useApp } from '@/components/shell/acting'
import { buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { Popover } from '@/components/ui/popover'
import type { JsonObject } from '@/lib/base/json'
import type { NamespaceView } from '@/lib/model/namespace-view'
import { toQueryLink } from '@/lib/model/query-link'
import { pages } from '@/lib/model/routes'
import { toLiteral } from '@/lib/model/sdk-code'

interface InstaqlPopoverProps {
  readonly namespace: string
  readonly view: NamespaceView
  readonly where: JsonObject | null
}

/** The view as InstaQL: to read, to copy, and to go on with in the query editor. */
export function InstaqlPopover({ namespace, view, where }: InstaqlPopoverProps) {
  const app = useApp()
  const $ = {
    ...(where && { where }),
    order: { [view.sort]: view.direction },
    limit: view.size,
    ...(view.page > 1 && { offset: (view.page - 1) * view.size }),
  }
  const text = toLiteral({ [namespace]: { $ } })
  const link = toQueryLink(text)
  return (
    <Popover
      title="This view as InstaQL"
      className="w-96"
      trigger={
        <IconButton label="Show as InstaQL">
          <Braces aria-hidden="true" />
        </IconButton>
      }
    >
      <pre className="max-h-80 overflow-auto rounded-md border border-line bg-sunken p-2 font-mono text-xs">
        {text}
      </pre>
      <div className="mt-2 flex flex-wrap gap-2">
        <CopyButton text={text} label="InstaQL" />
        {link && (
          <Link
            href={pages.query(app, new URLSearchParams({ q: link }))}
            className={buttonClass({})}
          >
            Open in the query editor
          </Link>
        )}
      </div>
    </Popover>
  )
}

'use client'

import { CopyButton } from '@/components/ui/copy-button'

/** The transaction as code, as it would be written in a program. */
export function CodePanel({ code }: { code: string }) {
  return (
    <section aria-label="The same as code" className="flex min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-2 px-3">
        <h2 className="font-medium text-xs">The same as code</h2>
        <span className="truncate text-muted text-xs">with @instantdb/admin</span>
        <CopyButton text={code} label="Copy code" className="ml-auto" />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 overflow-auto border-line border-t bg-sunken px-3 py-2 font-mono text-xs leading-5"
      >
        {code}
      </pre>
    </section>
  )
}

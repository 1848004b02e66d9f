import { ShieldCheck, ShieldX } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { type Refusal, toRefusals } from '@/lib/model/refusals'
import type { DryRun } from '@/lib/model/transaction'

/** What came of a dry run, beside what was to be written and still is: nothing of it was. */
export function DryRunNote({ dryRun }: { dryRun: DryRun }) {
  const { isAllowed } = dryRun
  const Icon = isAllowed ? ShieldCheck : ShieldX
  return (
    <div
      role={isAllowed ? 'status' : 'alert'}
      className={cn(
        'flex items-start gap-2 rounded-md px-3 py-2 text-sm',
        isAllowed ? 'bg-dry-soft text-dry-text' : 'bg-danger-soft text-danger-text',
      )}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="font-medium">
          {isAllowed ? 'Dry run: would be allowed' : 'Dry run: would be refused'}
        </p>
        {toRefusals(dryRun.checks).map((refusal) => (
          <RefusalLine key={`${refusal.what} ${refusal.rule}`} refusal={refusal} />
        ))}
        <p className="text-xs">Nothing was written.</p>
      </div>
    </div>
  )
}

function RefusalLine({ refusal: { what, rule, code, count } }: { refusal: Refusal }) {
  return (
    <p className="text-xs">
      {what}
      {count > 1 && ` (${count} records)`}: refused by{' '}
      <code className="font-mono text-2xs">{rule}</code>
      {code !== null && (
        <code className="my-0.5 block max-h-24 overflow-auto whitespace-pre-wrap rounded bg-canvas px-1.5 py-0.5 font-mono text-2xs text-ink">
          {code}
        </code>
      )}
    </p>
  )
}

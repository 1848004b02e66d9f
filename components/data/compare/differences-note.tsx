import { Button } from '@/components/ui/button'
import { formatCount } from '@/lib/model/format-value'
import type { Differences } from './use-differences'

/** Above the records that differ: among which they were looked for, and the way to look on. */
export function DifferencesNote({ differences }: { readonly differences: Differences }) {
  const { rows, from, to, isLooking, hasMore, lookOn, stop } = differences
  if (from === to) return null
  const looked = `${formatCount(from + 1)}–${formatCount(to)}`
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-2 border-line border-b px-3 py-1 text-muted text-xs">
      <p role="status" className="min-w-0">
        {isLooking
          ? 'Looking for differences…'
          : `${formatCount(rows.length)} of records ${looked} ${rows.length === 1 ? 'differs' : 'differ'}.`}
      </p>
      {isLooking ? (
        <>
          {/* Seen to go on, and not heard at every page. */}
          <span className="tabular-nums">{looked}</span>
          <Button size="small" variant="quiet" onClick={stop}>
            Stop
          </Button>
        </>
      ) : (
        hasMore && (
          <Button size="small" variant="quiet" onClick={lookOn}>
            Look on
          </Button>
        )
      )}
    </div>
  )
}

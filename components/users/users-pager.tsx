import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import type { Count } from '@/lib/model/count'
import { formatCount, formatTotal } from '@/lib/model/format-value'
import { usersPageSize } from '@/lib/model/user'

interface UsersPagerProps {
  readonly page: number
  /** Users on this page, or null while they are not here. */
  readonly shown: number | null
  /** Of all users; null when it is not known, as for a search. */
  readonly total: Count | null
  readonly hasMore: boolean
  readonly onGoTo: (page: number) => void
}

export function UsersPager({ page, shown, total, hasMore, onGoTo }: UsersPagerProps) {
  const first = (page - 1) * usersPageSize + 1
  return (
    <footer className="flex h-11 shrink-0 items-center gap-4 border-line border-t bg-canvas px-3 text-muted text-xs">
      <p aria-live="polite">
        {shown ? `${formatCount(first)}–${formatCount(first + shown - 1)}` : ''}
        {shown && total ? ' of ' : ''}
        <span className="text-ink">{total && formatTotal(total)}</span>
      </p>
      <nav aria-label="Pages" className="ml-auto flex items-center gap-1">
        <IconButton
          size="small"
          label="Previous page"
          disabled={page === 1}
          onClick={() => onGoTo(page - 1)}
        >
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        <span>Page {formatCount(page)}</span>
        <IconButton
          size="small"
          label="Next page"
          disabled={!hasMore}
          onClick={() => onGoTo(page + 1)}
        >
          <ChevronRight aria-hidden="true" />
        </IconButton>
      </nav>
    </footer>
  )
}

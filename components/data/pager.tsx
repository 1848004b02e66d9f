'use client'

import { ChevronLeft, ChevronRight, ChevronsLeft, ChevronsRight } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { Input, Select } from '@/components/ui/input'
import type { Count } from '@/lib/model/count'
import { exactTotal, formatCount, formatTotal } from '@/lib/model/format-value'
import { pageSizes } from '@/lib/model/record'
import type { ChangeView } from './use-view'

interface PagerProps {
  readonly page: number
  readonly size: number
  /** Records on this page, or null while they are not here. */
  readonly shown: number | null
  readonly total: Count | null
  /** How many more the rules hide; null is unknown. */
  readonly hidden: number | null
  readonly isCounting: boolean
  readonly onChange: ChangeView
}

/** Which part is in view, of how many, and the way to any other part. */
export function Pager({ page, size, shown, total, hidden, isCounting, onChange }: PagerProps) {
  const exact = exactTotal(total)
  const last = exact === null ? null : Math.max(1, Math.ceil(exact / size))
  const first = (page - 1) * size + 1
  const hasNext = last === null ? shown === size : page < last
  const goTo = (target: number) => onChange({ page: Math.max(1, Math.min(target, last ?? target)) })

  return (
    <footer className="flex h-11 shrink-0 items-center gap-x-4 border-line border-t bg-canvas px-3 text-muted text-xs">
      <p className="min-w-0 truncate" aria-live="polite">
        {shown ? `${formatCount(first)}–${formatCount(first + shown - 1)} of ` : ''}
        <span className="text-ink">{isCounting ? '…' : formatTotal(total)}</span>
        {shown ? '' : ' records'}
        {Boolean(hidden) && (
          <span title="The view rules hide them from whom you act as">
            {` · ${formatCount(hidden)} hidden by rules`}
          </span>
        )}
      </p>
      <div className="ml-auto hidden items-center gap-2 sm:flex">
        <label htmlFor="page-size">Per page</label>
        <Select
          id="page-size"
          className="h-7! w-auto! text-xs!"
          value={size}
          onChange={(event) => {
            const next = Number(event.target.value)
            onChange({ size: next, page: Math.floor(((page - 1) * size) / next) + 1 })
          }}
        >
          {pageSizes.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Select>
      </div>
      <nav aria-label="Pages" className="ml-auto flex items-center gap-0.5 sm:ml-0">
        <IconButton size="small" label="First page" disabled={page === 1} onClick={() => goTo(1)}>
          <ChevronsLeft aria-hidden="true" />
        </IconButton>
        <IconButton
          size="small"
          label="Previous page"
          disabled={page === 1}
          onClick={() => goTo(page - 1)}
        >
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        <JumpToPage key={page} page={page} onJump={goTo} />
        <span className="mr-1 whitespace-nowrap">of {formatCount(last)}</span>
        <IconButton
          size="small"
          label="Next page"
          disabled={!hasNext}
          onClick={() => goTo(page + 1)}
        >
          <ChevronRight aria-hidden="true" />
        </IconButton>
        <IconButton
          size="small"
          label="Last page"
          disabled={last === null || page >= last}
          onClick={() => last !== null && goTo(last)}
        >
          <ChevronsRight aria-hidden="true" />
        </IconButton>
      </nav>
    </footer>
  )
}

function JumpToPage({ page, onJump }: { page: number; onJump: (page: number) => void }) {
  return (
    <form
      className="mx-1"
      onSubmit={(event) => {
        event.preventDefault()
        const target = Number(new FormData(event.currentTarget).get('page'))
        if (Number.isInteger(target) && target > 0) onJump(target)
      }}
    >
      <Input
        name="page"
        aria-label="Go to page"
        inputMode="numeric"
        pattern="[0-9]*"
        defaultValue={page}
        onFocus={(event) => event.target.select()}
        className="h-7! w-14! text-center text-xs!"
      />
    </form>
  )
}

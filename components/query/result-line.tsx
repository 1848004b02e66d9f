import { ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { cn } from '@/components/ui/cn'
import type { Json } from '@/lib/base/json'
import { formatCount } from '@/lib/model/query-figures'
import { isList, previewOf, type TreeLine } from './tree-lines'

interface ResultLineProps {
  readonly id: string
  readonly line: TreeLine
  readonly index: number
  readonly isActive: boolean
  /** Distance from the top of the tree, in pixels. */
  readonly top: number
}

/** One line of the tree. Clicks and keys are the tree's. */
export const ResultLine = memo(function ResultLine({
  id,
  line,
  index,
  isActive,
  top,
}: ResultLineProps) {
  const hasInside = line.size !== null && line.size > 0
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and points at its active line
    <div
      id={id}
      data-index={index}
      role="treeitem"
      aria-level={line.depth + 1}
      aria-setsize={line.siblings}
      aria-posinset={line.position}
      aria-selected={isActive}
      aria-expanded={hasInside ? line.isOpen : undefined}
      className={cn(
        'absolute inset-x-0 flex h-[22px] items-center whitespace-pre pr-3 hover:bg-hover',
        isActive && 'bg-sunken group-focus-visible/tree:bg-accent-soft',
      )}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + line.depth * 16 }}
    >
      <span className="flex w-4 shrink-0 justify-center text-muted">
        {hasInside && (
          <ChevronRight aria-hidden="true" className={cn('size-3.5', line.isOpen && 'rotate-90')} />
        )}
      </span>
      <span className={cn('shrink-0', typeof line.key === 'number' ? 'text-muted' : 'text-ink')}>
        {line.key}
      </span>
      <span className="text-muted">{': '}</span>
      <Value line={line} />
    </div>
  )
})

function Value({ line }: { line: TreeLine }) {
  const { value, size, depth, isOpen } = line
  if (size === null) {
    return <span className={cn('min-w-0 truncate', colorOf(value))}>{previewOf(value, 400)}</span>
  }
  const noun = depth === 0 ? 'record' : isList(value) ? 'item' : 'key'
  const count = <span className="shrink-0 text-faint">{formatCount(size, noun)}</span>
  if (isOpen || (depth === 0 && size > 0)) return count
  return (
    <>
      <span className="min-w-0 truncate text-muted">{previewOf(value)}</span>
      {isList(value) && size > 0 && <span className="ml-2 shrink-0">{count}</span>}
    </>
  )
}

function colorOf(value: Json): string {
  if (value === null) return 'text-faint italic'
  return typeof value === 'string' ? 'text-accent-text' : 'text-notice-text'
}

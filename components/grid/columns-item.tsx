'use client'

import { ChevronDown, ChevronUp, GripVertical, Pin } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'

interface ColumnsItemProps {
  readonly id: string
  readonly label: string
  readonly isShown: boolean
  /** The last one that is shown cannot be hidden. */
  readonly isOnlyShown: boolean
  readonly isPinned: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly isDragged: boolean
  readonly onToggle: () => void
  readonly onPin: () => void
  readonly onStep: (by: -1 | 1) => void
  /** Null ends it. */
  readonly onDrag: (id: string | null) => void
  readonly onDragOver: () => void
}

/** One column of the list: shown or not, pinned or not, and its place, by dragging or by a button. */
export function ColumnsItem(props: ColumnsItemProps) {
  const { id, label, isShown, isPinned } = props
  return (
    <li
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', label)
        props.onDrag(id)
      }}
      onDragEnd={() => props.onDrag(null)}
      onDragEnter={props.onDragOver}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => event.preventDefault()}
      className={cn(
        'group/item flex h-8 items-center gap-0.5 rounded px-1 hover:bg-hover',
        props.isDragged && 'bg-accent-soft',
      )}
    >
      <GripVertical aria-hidden="true" className="size-3 shrink-0 cursor-grab text-faint" />
      <label className="flex min-w-0 flex-1 items-center gap-2 pl-1">
        <input
          type="checkbox"
          className="size-3.5 accent-accent"
          checked={isShown}
          disabled={props.isOnlyShown}
          onChange={props.onToggle}
        />
        <span className="truncate">{label}</span>
      </label>
      <IconButton
        size="small"
        label={isPinned ? `Unpin ${label}` : `Pin ${label} to the left`}
        aria-pressed={isPinned}
        onClick={props.onPin}
        className={cn(
          isPinned
            ? 'text-accent-text'
            : 'opacity-0 focus-visible:opacity-100 coarse:opacity-100 group-hover/item:opacity-100',
        )}
      >
        <Pin aria-hidden="true" />
      </IconButton>
      <IconButton
        size="small"
        label={`Move ${label} up`}
        disabled={props.isFirst}
        onClick={() => props.onStep(-1)}
      >
        <ChevronUp aria-hidden="true" />
      </IconButton>
      <IconButton
        size="small"
        label={`Move ${label} down`}
        disabled={props.isLast}
        onClick={() => props.onStep(1)}
      >
        <ChevronDown aria-hidden="true" />
      </IconButton>
    </li>
  )
}

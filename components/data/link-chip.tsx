'use client'

import { PreviewCard } from '@base-ui/react/preview-card'
import { cn } from '@/components/ui/cn'
import { shortId } from '@/lib/model/format-value'
import type { LinkedRecord } from '@/lib/model/record'
import { linkPeek } from './peek-handle'

/** How long one must rest on a link before there is a look at it. */
const peekDelayMs = 300

interface LinkChipProps {
  readonly record: LinkedRecord
  readonly namespace: string
  readonly onOpen: () => void
  /** In the grid the keys are the grid's: a chip is reached by mouse or from the record's panel. */
  readonly tabIndex?: -1
  readonly className?: string
}

/** A linked record, by what names it, the way to it, and a look at it for whoever rests there. */
export function LinkChip({ record, namespace, onOpen, tabIndex, className }: LinkChipProps) {
  return (
    <PreviewCard.Trigger
      handle={linkPeek}
      payload={{ namespace, id: record.id }}
      delay={peekDelayMs}
      closeDelay={100}
      render={
        <button
          type="button"
          tabIndex={tabIndex}
          onClick={onOpen}
          className={cn(
            'min-w-0 truncate rounded bg-sunken px-1.5 text-left leading-5 ring-1 ring-line ring-inset hover:bg-accent-soft hover:text-accent-text hover:ring-accent',
            record.title === null && 'font-mono text-xs',
            className ?? 'max-w-full',
          )}
        >
          {record.title ?? shortId(record.id)}
        </button>
      }
    />
  )
}

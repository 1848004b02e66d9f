'use client'

import { Eye, FlaskConical, type LucideIcon, PenLine } from 'lucide-react'
import { useId } from 'react'
import { cn } from '@/components/ui/cn'
import { type WriteMode, writeModes } from '@/lib/model/write-mode'

interface ModeLook {
  readonly label: string
  readonly icon: LucideIcon
  /** What it means, for what is written as this name. */
  readonly words: (name: string) => string
}

/** What each fate of writes is called, in the order of the choice. */
export const modeLooks: Readonly<Record<WriteMode, ModeLook>> = {
  view: {
    label: 'View only',
    icon: Eye,
    words: () => 'Nothing can be changed.',
  },
  dry: {
    label: 'Dry run',
    icon: FlaskConical,
    words: () => 'Writes are tried and judged by the rules; nothing is written.',
  },
  real: {
    label: 'Real writes',
    icon: PenLine,
    words: (name) => `What the rules allow is written as ${name}.`,
  },
}

interface ModeChoiceProps {
  readonly mode: WriteMode
  readonly onChoose: (mode: WriteMode) => void
  readonly className?: string
}

/** The choice of what becomes of writes while acting as somebody. */
export function ModeChoice({ mode, onChoose, className }: ModeChoiceProps) {
  const name = useId()
  return (
    <fieldset className={cn('flex shrink-0 rounded-md border border-current/50 p-0.5', className)}>
      <legend className="sr-only">What becomes of writes</legend>
      {writeModes.map((each) => {
        const { label, icon: Icon } = modeLooks[each]
        return (
          <label
            key={each}
            className={cn(
              'flex h-6 flex-1 cursor-default items-center justify-center gap-1 whitespace-nowrap rounded px-2 font-medium text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent coarse:h-9',
              mode === each ? 'bg-current/15' : 'hover:bg-current/8',
            )}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={mode === each}
              onChange={() => onChoose(each)}
            />
            <Icon aria-hidden="true" className="size-3.5 shrink-0" />
            {label}
          </label>
        )
      })}
    </fieldset>
  )
}

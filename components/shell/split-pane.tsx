'use client'

import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { cn } from '@/components/ui/cn'

const leastPercent = 25
const mostPercent = 75

interface SplitPaneProps {
  /** Under which this browser keeps the width. */
  readonly name: string
  readonly first: ReactNode
  readonly second: ReactNode
  /** What the handle between the two changes, as in "Width of the editor". */
  readonly label: string
  /** Where it is narrow, both are as high as they are and scroll as one; else each scrolls by itself. */
  readonly flows?: boolean
}

/** Two areas side by side, with a handle between them; one above the other where it is narrow. */
export function SplitPane({ name, first, second, label, flows = false }: SplitPaneProps) {
  const [percent, setPercent] = useState(45)
  const frame = useRef<HTMLDivElement>(null)
  const firstId = useId()
  const storageKey = `understudy:${name}:split`

  useEffect(() => {
    const kept = Number(localStorage.getItem(storageKey) ?? Number.NaN)
    if (Number.isFinite(kept)) setPercent(within(kept))
  }, [storageKey])

  const resize = (to: number) => {
    setPercent(within(to))
    localStorage.setItem(storageKey, String(within(to)))
  }

  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = frame.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    resize(((event.clientX - box.left) / box.width) * 100)
  }

  const press = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: percent - 2,
      ArrowRight: percent + 2,
      Home: leastPercent,
      End: mostPercent,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    resize(to)
  }

  return (
    <div
      ref={frame}
      style={{ '--first': `${percent}%` } as Record<string, string>}
      className={cn(
        'h-full overflow-y-auto lg:grid lg:grid-cols-[minmax(0,var(--first))_auto_minmax(0,1fr)] lg:grid-rows-1 lg:overflow-hidden',
        !flows && 'grid grid-rows-[minmax(13rem,2fr)_minmax(16rem,3fr)]',
      )}
    >
      <div id={firstId} className="min-h-0 min-w-0">
        {first}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no thematic break */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation="vertical"
        aria-controls={firstId}
        aria-valuenow={Math.round(percent)}
        aria-valuemin={leastPercent}
        aria-valuemax={mostPercent}
        onKeyDown={press}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => resize(45)}
        className="relative z-10 -mx-1 hidden w-[9px] cursor-col-resize touch-none outline-none before:absolute before:inset-y-0 before:left-1 before:w-px before:bg-line hover:before:w-0.5 hover:before:bg-accent focus-visible:before:w-0.5 focus-visible:before:bg-accent lg:block"
      />
      <div className="min-h-0 min-w-0 border-line border-t lg:border-t-0">{second}</div>
    </div>
  )
}

function within(percent: number): number {
  return Math.max(leastPercent, Math.min(mostPercent, percent))
}

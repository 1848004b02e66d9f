'use client'

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { JsonObject } from '@/lib/base/json'
import { LineDetail, toText } from './line-detail'
import { ResultLine } from './result-line'
import { stepInTree } from './tree-keys'
import { type Openness, pathOf, type TreeLine, treeLines } from './tree-lines'

const lineHeight = 22

interface ResultTreeProps {
  readonly label: string
  readonly value: JsonObject
  /** Lines less deep than this are open at first. */
  readonly depth: number
}

/**
 * A JSON value as a tree of one line per member, of which only those in view are in the document.
 * Give it a new `key` with a new value.
 */
export function ResultTree({ label, value, depth }: ResultTreeProps) {
  const [openness, setOpenness] = useState<Openness>({ depth, exceptions: new Map() })
  const [active, setActive] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const treeId = useId()

  const lines = useMemo(() => treeLines(value, openness), [value, openness])
  const current = Math.min(active, lines.length - 1)

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 12,
    // The active line stays in the document: assistive technology is pointed at it.
    rangeExtractor: useCallback(
      (range: Range) => {
        const inView = defaultRangeExtractor(range)
        return inView.includes(current) ? inView : [...inView, current].sort((a, b) => a - b)
      },
      [current],
    ),
  })

  const setOpen = (line: TreeLine, isOpen: boolean) => {
    if (!line.size) return
    const { depth: upTo, exceptions } = openness
    setOpenness({ depth: upTo, exceptions: new Map(exceptions).set(line.id, isOpen) })
  }

  const press = (event: KeyboardEvent) => {
    const line = lines[current]
    if (!line) return
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const pageSize = Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1
    const step = stepInTree(lines, current, { key: event.key, pageSize })
    if (!step) return
    event.preventDefault()
    if (step.kind === 'move') {
      setActive(step.to)
      virtualizer.scrollToIndex(step.to)
    } else {
      setOpen(line, step.kind === 'open')
    }
  }

  // The browser's own copy command, so that marked text is copied as usual.
  const copy = (event: ClipboardEvent) => {
    const line = lines[current]
    if (!line || window.getSelection()?.isCollapsed === false) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', toText(line))
  }

  const click = (event: MouseEvent) => {
    const element = event.target instanceof Element ? event.target.closest('[data-index]') : null
    const index = Number(element?.getAttribute('data-index') ?? Number.NaN)
    const line = lines[index]
    // Whoever has just marked text with the mouse wants to keep it.
    if (!line || window.getSelection()?.isCollapsed === false) return
    setActive(index)
    setOpen(line, !line.isOpen)
  }

  const activeLine = lines[current]
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="tree"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={activeLine && `${treeId}-${current}`}
        onKeyDown={press}
        onCopy={copy}
        onClick={click}
        className="group/tree min-h-0 flex-1 overflow-auto font-mono text-xs outline-none focus-visible:outline-2 focus-visible:outline-accent focus-visible:-outline-offset-2"
      >
        <div
          role="presentation"
          className="relative w-full"
          style={{ height: virtualizer.getTotalSize() + 8 }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const line = lines[index]
            return (
              line && (
                <ResultLine
                  key={line.id}
                  id={`${treeId}-${index}`}
                  line={line}
                  index={index}
                  isActive={index === current}
                  top={start + 4}
                />
              )
            )
          })}
        </div>
      </div>
      {activeLine && <LineDetail line={activeLine} path={pathOf(lines, current)} />}
    </div>
  )
}

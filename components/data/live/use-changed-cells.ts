'use client'

import { useEffect, useRef, useState } from 'react'
import type { RecordRow } from '@/lib/model/record'
import { type ChangedCells, changedCells } from './changed-cells'

/** How long a change is marked. */
const markedMs = 2_400

const none: ChangedCells = new Map()

/**
 * The cells that changed a moment ago, while `isOn`. `part` names what the rows are of: the rows of
 * another page are not changes of this one.
 */
export function useChangedCells(
  rows: readonly RecordRow[],
  { part, isOn }: { readonly part: string; readonly isOn: boolean },
): ChangedCells {
  const [changed, setChanged] = useState(none)
  const last = useRef({ part, rows })

  useEffect(() => {
    const before = last.current
    last.current = { part, rows }
    if (!isOn || before.part !== part || before.rows === rows) return
    const found = changedCells(before.rows, rows)
    if (found.size > 0) setChanged(found)
  }, [rows, part, isOn])

  useEffect(() => {
    if (changed.size === 0) return
    const timer = setTimeout(() => setChanged(none), markedMs)
    return () => clearTimeout(timer)
  }, [changed])

  return changed
}

'use client'

import { useEffect, useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { toIdentityText } from '@/lib/model/identity'
import type { QueryRun } from '@/lib/queries/query-run'

/**
 * Runs what is shown again when somebody else is acted as: their answer is the point of the change.
 * `last` is the result shown as the identity of now.
 */
export function useRunAgain(last: QueryRun | null, run: (text: string) => void): void {
  const as = toIdentityText(useApp().as)
  const shown = useRef({ as, text: last?.text ?? null })
  useEffect(() => {
    const before = shown.current
    const isOther = before.as !== as
    shown.current = { as, text: last?.text ?? (isOther ? before.text : null) }
    if (isOther && before.text !== null) run(before.text)
  }, [as, last, run])
}

'use client'

import { useEffect, useState } from 'react'

/** Says that a query is running and for how long. */
export function RunningNote() {
  const [startedAt] = useState(() => performance.now())
  const [elapsedMs, setElapsedMs] = useState(0)

  useEffect(() => {
    const timer = setInterval(() => setElapsedMs(performance.now() - startedAt), 100)
    return () => clearInterval(timer)
  }, [startedAt])

  return (
    <div className="relative flex h-7 shrink-0 items-center overflow-hidden border-line border-b bg-accent-soft px-3 text-accent-text text-xs">
      <p role="status">Running</p>
      {/* The status is said once; the seconds are for the eye only. */}
      <span aria-hidden="true" className="ml-1.5 tabular-nums">
        {(elapsedMs / 1000).toFixed(1)} s
      </span>
    </div>
  )
}

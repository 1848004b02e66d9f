'use client'

import { useEffect, useState } from 'react'

const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

/** Whether somebody has begun to use the page. */
export function useFirstSign(): boolean {
  const [isThere, setThere] = useState(false)
  useEffect(() => {
    const seen = new AbortController()
    const see = () => {
      seen.abort()
      setThere(true)
    }
    for (const sign of signs) {
      window.addEventListener(sign, see, { capture: true, passive: true, signal: seen.signal })
    }
    return () => seen.abort()
  }, [])
  return isThere
}

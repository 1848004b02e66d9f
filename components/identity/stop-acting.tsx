'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { stopActing } from '@/lib/actions/acting'
import type { ActingApp } from '@/lib/model/acting'
import { toIdentityText } from '@/lib/model/identity'

/** Tells the server when one ceases to act as a user, so that no session of theirs outlives it for long. */
export function StopActing() {
  const app = useApp()
  const last = useRef(app)
  const { mutate } = useMutation({ mutationFn: (before: ActingApp) => stopActing(before) })

  useEffect(() => {
    const before = last.current
    last.current = app
    const isSame = toIdentityText(before.as) === toIdentityText(app.as)
    if (before.as.kind === 'user' && !isSame) mutate(before)
  }, [app, mutate])

  return null
}

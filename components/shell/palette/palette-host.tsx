'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import type { AppSummary } from '@/lib/model/app'
import { paletteOpening } from '../opening'

// Most visits never open it, so no page pays for it.
const Palette = dynamic(() => import('./palette').then(({ Palette }) => Palette), { ssr: false })

/** Waits for the palette to be asked for, and fetches it then. */
export function PaletteHost({ apps }: { apps: readonly AppSummary[] }) {
  const [isOpen, setOpen] = useState(false)
  const [isWanted, setWanted] = useState(false)

  useEffect(
    () =>
      paletteOpening.onOpen(() => {
        setWanted(true)
        setOpen((isOpen) => !isOpen)
      }),
    [],
  )
  return isWanted && <Palette open={isOpen} onOpenChange={setOpen} apps={apps} />
}

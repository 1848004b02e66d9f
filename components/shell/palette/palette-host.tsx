'use client'

import { useEffect } from 'react'
import { createLater, useLater } from '@/components/ui/later'
import type { AppSummary } from '@/lib/model/app'
import { paletteOpening } from '../opening'
import { useSearchPopup } from '../use-search-popup'

// Most visits never open it, so no page pays for it.
const paletteModule = createLater(() => import('./palette'))
const fetched = [paletteModule]

/** Waits for the palette to be asked for, and fetches it then. */
export function PaletteHost({ apps }: { apps: readonly AppSummary[] }) {
  const { isOpen, setOpen, toggle, field } = useSearchPopup(fetched)
  const palette = useLater(paletteModule, isOpen)

  useEffect(() => paletteOpening.onOpen(toggle), [toggle])
  return palette && <palette.Palette open={isOpen} onOpenChange={setOpen} apps={apps} {...field} />
}

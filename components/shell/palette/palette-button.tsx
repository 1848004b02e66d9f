'use client'

import { Search } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { ModKey } from '../mod-key'
import { paletteOpening } from '../opening'

/** Opens the palette by hand, and says by which keys. */
export function PaletteButton() {
  return (
    <Button
      variant="quiet"
      icon={<Search />}
      aria-label="Command palette"
      onClick={paletteOpening.open}
    >
      <kbd className="hidden font-sans text-2xs text-muted coarse:hidden sm:inline">
        <ModKey /> K
      </kbd>
    </Button>
  )
}

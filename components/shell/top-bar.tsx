import type { AppSummary } from '@/lib/model/app'
import { AppSwitcher } from './app-switcher'
import { IdentityControl } from './identity-control'
import { KeysButton } from './keys-button'
import { PaletteButton } from './palette/palette-button'

interface TopBarProps {
  readonly app: AppSummary
  readonly apps: readonly AppSummary[]
}

export function TopBar({ app, apps }: TopBarProps) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-line border-b bg-canvas px-2 sm:px-3">
      <AppSwitcher app={app} apps={apps} />
      <div className="ml-auto flex items-center gap-1">
        <PaletteButton />
        <div className="coarse:hidden hidden sm:block">
          <KeysButton />
        </div>
        <IdentityControl />
      </div>
    </header>
  )
}

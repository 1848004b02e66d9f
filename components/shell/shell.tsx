import type { ReactNode } from 'react'
import type { AppSummary } from '@/lib/model/app'
import { Acting } from './acting'
import { IdentityBanner } from './identity-banner'
import { PageTitle } from './page-title'
import { PaletteHost } from './palette/palette-host'
import { Rail } from './rail'
import { ShortcutKeys } from './shortcut-keys'
import { TopBar } from './top-bar'
import { UnlessNobody } from './unless-nobody'

interface ShellProps {
  readonly app: AppSummary
  readonly apps: readonly AppSummary[]
  readonly children: ReactNode
}

/**
 * The frame of every page of an app: rail, top bar, page. The rail is a column beside the page and,
 * on a narrow screen, a bar below it. The page scrolls inside its own area, never the frame.
 */
export function Shell({ app, apps, children }: ShellProps) {
  return (
    <Acting appId={app.id}>
      <PageTitle app={app} />
      <div className="flex h-dvh min-h-0 flex-col-reverse sm:flex-row">
        <a
          href="#page"
          className="-translate-y-16 fixed top-2 left-2 z-50 rounded-md bg-ink px-3 py-1.5 text-canvas focus:translate-y-0"
        >
          Skip to the page
        </a>
        <Rail />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <TopBar app={app} apps={apps} />
          <IdentityBanner />
          <main id="page" tabIndex={-1} className="min-h-0 flex-1 overflow-hidden outline-none">
            <UnlessNobody>{children}</UnlessNobody>
          </main>
        </div>
        <ShortcutKeys />
        <PaletteHost apps={apps} />
      </div>
    </Acting>
  )
}

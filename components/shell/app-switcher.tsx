'use client'

import { Check, ChevronsUpDown } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Menu, MenuLinkItem } from '@/components/ui/menu'
import type { AppSummary } from '@/lib/model/app'
import { pages } from '@/lib/model/routes'
import { AppTitle } from './app-title'
import { useIdentityIn } from './use-identity-in'

interface AppSwitcherProps {
  readonly app: AppSummary
  readonly apps: readonly AppSummary[]
}

/** The app in view, and the way to the others. */
export function AppSwitcher({ app, apps }: AppSwitcherProps) {
  const identityIn = useIdentityIn()
  return (
    <Menu
      className="w-80 max-w-[calc(100vw-16px)]"
      trigger={
        <Button variant="quiet" className="min-w-0 shrink! px-2! text-ink!">
          <span className="sr-only">App: </span>
          <span className="truncate font-semibold">
            <AppTitle app={app} />
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
        </Button>
      }
    >
      {apps.map((each) => (
        <MenuLinkItem key={each.id} render={<Link href={pages.data(identityIn(each.id))} />}>
          <span className="min-w-0 flex-1 py-1">
            <span className="block truncate font-medium">
              <AppTitle app={each} />
            </span>
            <span className="block truncate text-muted text-xs">{each.apiURI}</span>
            <span className="block truncate font-mono text-2xs text-muted">{each.id}</span>
          </span>
          {each.id === app.id && (
            <Check aria-label="Open now" className="size-3.5 text-accent-text" />
          )}
        </MenuLinkItem>
      ))}
    </Menu>
  )
}

import { Braces, Layers, type LucideIcon, Table2, Users } from 'lucide-react'
import type { Route } from 'next'
import { type AppRef, asAdmin } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

export interface Section {
  readonly name: string
  /** Pressed after `g`. */
  readonly key: string
  readonly icon: LucideIcon
  readonly href: (app: AppRef) => Route
  /** Whether its page works as admin whoever is acted as. */
  readonly isAdminOnly?: boolean
}

/** The sections there are, in the order of the rail. A section appears here with its page. */
export const sections: readonly Section[] = [
  { name: 'Data', key: 'd', icon: Table2, href: (app) => pages.data(app) },
  { name: 'Query', key: 'q', icon: Braces, href: (app) => pages.query(app) },
  { name: 'Transact', key: 't', icon: Layers, href: (app) => pages.transact(app) },
  { name: 'Users', key: 'u', icon: Users, href: (app) => pages.users(app), isAdminOnly: true },
]

/** Whether a path is the section's own or below it. */
export function isIn(section: Section, { appId }: AppRef, path: string): boolean {
  const own = section.href(asAdmin(appId))
  return path === own || path.startsWith(`${own}/`)
}

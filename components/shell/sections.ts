import { Braces, type LucideIcon, Table2 } from 'lucide-react'
import type { Route } from 'next'
import { pages } from '@/lib/model/routes'

export interface Section {
  readonly name: string
  /** Pressed after `g`. */
  readonly key: string
  readonly icon: LucideIcon
  readonly href: (appId: string) => Route
}

/** The sections there are, in the order of the rail. A section appears here with its page. */
export const sections: readonly Section[] = [
  { name: 'Data', key: 'd', icon: Table2, href: (appId) => pages.data(appId) },
  { name: 'Query', key: 'q', icon: Braces, href: (appId) => pages.query(appId) },
]

'use client'

import { useQuery } from '@tanstack/react-query'
import { Contrast, Keyboard, Moon, Sun, Table2, UserRoundSearch } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTheme } from 'next-themes'
import { useMemo } from 'react'
import type { AppSummary } from '@/lib/model/app'
import { formatTotal } from '@/lib/model/format-value'
import { admin, guest } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'
import { type WriteMode, writeModes } from '@/lib/model/write-mode'
import { countsQuery, schemaQuery } from '@/lib/queries/schema'
import { useApp } from '../acting'
import { lookOf } from '../identity-look'
import { modeLooks } from '../mode-choice'
import { identityOpening, keysOpening } from '../opening'
import { sections } from '../sections'
import { useActAs } from '../use-act-as'
import { useChooseMode } from '../use-choose-mode'
import { useIdentityIn } from '../use-identity-in'
import type { Command, CommandGroup } from './command'

/** Everything the palette can do without asking the backend. */
export function useCommands(apps: readonly AppSummary[]): readonly CommandGroup[] {
  const app = useApp()
  const router = useRouter()
  const actAs = useActAs()
  const chooseMode = useChooseMode()
  const identityIn = useIdentityIn()
  const { setTheme } = useTheme()
  const { data: schema } = useQuery(schemaQuery(app.appId))
  const { data: counts } = useQuery(countsQuery(app))

  return useMemo(
    () => [
      {
        title: 'Go to',
        commands: sections.map(({ name, key, icon, href }) => ({
          id: `section ${key}`,
          label: name,
          words: 'go to section',
          icon,
          keys: ['g', key],
          run: () => router.push(href(app)),
        })),
      },
      {
        title: 'Namespaces',
        commands: (schema?.namespaces ?? []).map(({ name }) => ({
          id: `namespace ${name}`,
          label: name,
          words: 'namespace',
          icon: Table2,
          note: formatTotal(counts?.[name]),
          run: () => router.push(pages.data(app, name)),
        })),
      },
      {
        title: 'Act as',
        commands: [
          ...[admin, guest].map((identity) => ({
            id: `act ${identity.kind}`,
            label: identity.kind === 'admin' ? 'Act as Admin' : 'Act as Guest',
            words: 'identity exit',
            icon: lookOf(identity).icon,
            run: () => actAs(identity),
          })),
          {
            id: 'act user',
            label: 'Act as a user…',
            words: 'identity impersonate',
            icon: UserRoundSearch,
            keys: ['a'],
            run: identityOpening.open,
          },
        ],
      },
      {
        title: 'Writes',
        commands: app.as.kind === 'admin' ? [] : modeCommands(chooseMode),
      },
      {
        title: 'Apps',
        commands: apps
          .filter(({ id }) => id !== app.appId)
          .map((each) => ({
            id: `app ${each.id}`,
            label: each.title ?? each.id,
            words: `switch app ${each.id} ${each.apiURI}`,
            icon: Table2,
            note: each.apiURI,
            run: () => router.push(pages.data(identityIn(each.id))),
          })),
      },
      {
        title: 'Settings',
        commands: [
          { value: 'light', label: 'Light theme', icon: Sun },
          { value: 'dark', label: 'Dark theme', icon: Moon },
          { value: 'system', label: 'Theme of the system', icon: Contrast },
        ]
          .map(({ value, label, icon }) => ({
            id: `theme ${value}`,
            label,
            words: 'settings appearance mode',
            icon,
            run: () => setTheme(value),
          }))
          .concat({
            id: 'keys',
            label: 'Show the keys',
            words: 'settings help shortcuts keyboard',
            icon: Keyboard,
            run: keysOpening.open,
          }),
      },
    ],
    [app, apps, router, actAs, chooseMode, identityIn, setTheme, schema, counts],
  )
}

function modeCommands(choose: (mode: WriteMode) => void): readonly Command[] {
  return writeModes.map((mode) => ({
    id: `mode ${mode}`,
    label: modeLooks[mode].label,
    words: 'mode of writes acting',
    icon: modeLooks[mode].icon,
    run: () => choose(mode),
  }))
}

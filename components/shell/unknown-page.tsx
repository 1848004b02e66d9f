'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { AppSummary } from '@/lib/model/app'
import { asAdmin } from '@/lib/model/identity'
import { findAppId, pages } from '@/lib/model/routes'
import { Mark } from './mark'

/** For an address nothing is at: an app that is not connected, or a page that does not exist. */
export function UnknownPage({ apps }: { apps: readonly AppSummary[] }) {
  const appId = findAppId(usePathname())
  const isUnknownApp = appId !== null && !apps.some(({ id }) => id === appId)

  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-6 py-12">
      <title>Not found · Understudy</title>
      <Mark className="mb-6 size-10" />
      <h1 className="font-semibold text-xl">
        {isUnknownApp ? 'There is no such app here' : 'There is no such page'}
      </h1>
      <p className="mt-2 text-muted [overflow-wrap:anywhere]">
        {isUnknownApp ? (
          <>
            This dashboard is not connected to an app with the id{' '}
            <span className="font-mono text-ink text-xs">{appId}</span>. The address may be
            mistyped, or it was made by a dashboard with other connections.
          </>
        ) : (
          'The address may be mistyped.'
        )}
      </p>
      <h2 className="mt-6 mb-2 font-medium">
        {apps.length > 0 ? 'Connected apps' : 'No app is connected'}
      </h2>
      {apps.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {apps.map((app) => (
            <li key={app.id}>
              <Link href={pages.data(asAdmin(app.id))} className="block px-3 py-2 hover:bg-hover">
                <span className="block font-medium">{app.title ?? 'An app'}</span>
                <span className="block font-mono text-muted text-xs">{app.id}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}

import Link from 'next/link'
import type { AppSummary } from '@/lib/model/app'
import { pages } from '@/lib/model/routes'
import { Mark } from './mark'

/** For an address nothing is at: a page that does not exist, or an app that is not connected. */
export function UnknownPage({ apps }: { apps: readonly AppSummary[] }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-6 py-12">
      <Mark className="mb-6 size-10" />
      <h1 className="font-semibold text-xl">There is no such page</h1>
      <p className="mt-2 text-muted">
        Either the address is mistyped, or this dashboard is not connected to that app.
      </p>
      <h2 className="mt-6 mb-2 font-medium">
        {apps.length > 0 ? 'Connected apps' : 'No app is connected'}
      </h2>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {apps.map((app) => (
          <li key={app.id}>
            <Link href={pages.data(app.id)} className="block px-3 py-2 hover:bg-hover">
              <span className="block font-medium">{app.title}</span>
              <span className="block font-mono text-muted text-xs">{app.id}</span>
            </Link>
          </li>
        ))}
      </ul>
    </main>
  )
}

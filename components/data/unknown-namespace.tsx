'use client'

import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { useApp } from '@/components/shell/acting'
import { NothingMatchesState } from '@/components/shell/states'
import { pages } from '@/lib/model/routes'
import type { AppSchema } from '@/lib/model/schema'

interface UnknownNamespaceProps {
  readonly name: string
  readonly schema: AppSchema
}

/** For an address that names a namespace the app does not have. */
export function UnknownNamespace({ name, schema }: UnknownNamespaceProps) {
  const app = useApp()
  return (
    <div className="flex min-w-0 flex-1 items-center justify-center overflow-y-auto">
      <NothingMatchesState title={`There is no namespace “${name}”`} icon={<SearchX />}>
        <p>It may have been renamed or deleted, or the address is mistyped. There are:</p>
        <ul className="mt-3 flex flex-wrap justify-center gap-1.5">
          {schema.namespaces.map((each) => (
            <li key={each.name}>
              <Link
                href={pages.data(app, each.name)}
                className="block rounded-md border border-line-strong px-2 py-0.5 text-ink hover:bg-hover"
              >
                {each.name}
              </Link>
            </li>
          ))}
        </ul>
      </NothingMatchesState>
    </div>
  )
}

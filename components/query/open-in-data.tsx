'use client'

import { Table2 } from 'lucide-react'
import Link from 'next/link'
import { useMemo } from 'react'
import { useApp } from '@/components/shell/acting'
import { buttonClass } from '@/components/ui/button'
import { toQueryView } from '@/lib/model/filter/query-view'
import { toSearch } from '@/lib/model/namespace-view'
import type { QueryText } from '@/lib/model/query-text'
import { pages } from '@/lib/model/routes'

/** The way to the Data page with the same records, where a filter can ask for them. */
export function OpenInData({ parsed }: { parsed: QueryText }) {
  const app = useApp()
  const found = useMemo(
    () => (parsed.kind === 'query' ? toQueryView(parsed.query) : null),
    [parsed],
  )
  if (!found) return null
  return (
    <Link
      href={pages.data(app, found.namespace, toSearch(found.view))}
      className={buttonClass({ variant: 'quiet', size: 'small' })}
    >
      <Table2 aria-hidden="true" className="size-3.5" />
      Open in Data
    </Link>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams, usePathname } from 'next/navigation'
import type { AppSummary } from '@/lib/model/app'
import { decodeSegment } from '@/lib/model/routes'
import { titleQuery } from '@/lib/queries/schema'
import { useApp } from './acting'
import { isIn, sections } from './sections'
import { useIdentityName } from './use-identity-name'

/** The title of a page of an app: as whom it is shown first, since tabs and histories cut it off. */
export function PageTitle({ app }: { app: AppSummary }) {
  const acting = useApp()
  const { name } = useIdentityName(acting)
  const path = usePathname()
  const { namespace } = useParams()
  const { data: title } = useQuery({ ...titleQuery(app.id), enabled: app.title === null })
  const parts = [
    acting.as.kind !== 'admin' && `as ${name}`,
    typeof namespace === 'string' && decodeSegment(namespace),
    sections.find((section) => isIn(section, acting, path))?.name,
    app.title ?? title,
    'Understudy',
  ]
  return <title>{parts.filter(Boolean).join(' · ')}</title>
}

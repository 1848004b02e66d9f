import { notFound } from 'next/navigation'
import { StopActing } from '@/components/identity/stop-acting'
import { Shell } from '@/components/shell/shell'
import { readApps } from '@/lib/data/apps'
import { currentViewer } from '@/lib/data/viewer'

export default async function AppLayout({ children, params }: LayoutProps<'/apps/[appId]'>) {
  const [{ appId }, { apps }] = await Promise.all([params, readApps(await currentViewer())])
  const app = apps.find((each) => each.id === appId)
  if (!app) notFound()

  return (
    <Shell app={app} apps={apps}>
      <StopActing />
      {children}
    </Shell>
  )
}

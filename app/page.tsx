import { redirect } from 'next/navigation'
import { NotConnected } from '@/components/shell/not-connected'
import { readApps } from '@/lib/data/apps'
import { currentViewer } from '@/lib/data/viewer'
import { asAdmin } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

export default async function HomePage() {
  const { apps, problem } = await readApps(await currentViewer())
  const [first] = apps
  if (first) redirect(pages.data(asAdmin(first.id)))
  return <NotConnected reason={problem} />
}

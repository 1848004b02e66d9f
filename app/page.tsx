import { redirect } from 'next/navigation'
import { NotConnected } from '@/components/shell/not-connected'
import { readApps } from '@/lib/data/apps'
import { currentViewer } from '@/lib/data/viewer'
import { pages } from '@/lib/model/routes'

export default async function HomePage() {
  const [first] = await readApps(await currentViewer())
  if (first) redirect(pages.data(first.id))
  return <NotConnected />
}

import { NotConnected } from '@/components/shell/not-connected'
import { UnknownPage } from '@/components/shell/unknown-page'
import { readApps } from '@/lib/data/apps'
import { currentViewer } from '@/lib/data/viewer'

export default async function NotFound() {
  const { apps, problem } = await readApps(await currentViewer())
  return problem ? <NotConnected reason={problem} /> : <UnknownPage apps={apps} />
}

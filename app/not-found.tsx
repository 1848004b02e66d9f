import { UnknownPage } from '@/components/shell/unknown-page'
import { readApps } from '@/lib/data/apps'
import { currentViewer } from '@/lib/data/viewer'

export default async function NotFound() {
  return <UnknownPage apps={await readApps(await currentViewer())} />
}

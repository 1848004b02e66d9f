export default async function DataPage({ params }: PageProps<'/apps/[appId]/data'>) {
  const { appId } = await params
  return <p className="p-4">{appId}</p>
}

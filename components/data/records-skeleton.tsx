import { Skeleton } from '@/components/ui/skeleton'

/** Toolbar and grid before anything of them is known, each where it will be. */
export function RecordsViewSkeleton() {
  return (
    <div role="status" className="flex min-w-0 flex-1 flex-col">
      <span className="sr-only">Loading</span>
      <div className="flex h-12 shrink-0 items-center border-line border-b px-3">
        <Skeleton className="h-4 w-32" />
      </div>
      <RecordsSkeleton />
      <div className="h-11 shrink-0 border-line border-t" />
    </div>
  )
}

const rows = Array.from({ length: 40 }, (_, row) => `row ${row}`)

/** The grid before its rows are here: as many lines as fit, each as high as a row. */
export function RecordsSkeleton() {
  return (
    <div aria-hidden="true" className="min-h-0 flex-1 overflow-hidden bg-surface">
      <div className="h-[34px] border-line-strong border-b bg-sunken" />
      {rows.map((row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-line border-b px-4">
          <Skeleton className="h-3 w-5" />
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-3 w-56 shrink" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="hidden h-3 w-24 sm:block" />
          <Skeleton className="hidden h-3 w-32 lg:block" />
        </div>
      ))}
    </div>
  )
}

const names = ['w-24', 'w-32', 'w-20', 'w-28', 'w-16', 'w-36']

/** The list of namespaces before it is here. */
export function PaneSkeleton() {
  return (
    <div aria-hidden="true" className="px-4 pt-16">
      {names.map((width) => (
        <div key={width} className="flex h-7 items-center">
          <Skeleton className={`h-3 ${width}`} />
        </div>
      ))}
    </div>
  )
}

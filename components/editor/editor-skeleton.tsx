import { Skeleton } from '@/components/ui/skeleton'

const widths = ['w-8', 'w-40', 'w-56', 'w-48', 'w-24', 'w-8']

/** Fills the place of the editor while it loads, with lines at the pitch of the text. */
export function EditorSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the editor"
      className="h-full overflow-hidden py-2 pl-14"
    >
      {widths.map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change
        <div key={line} className="flex h-5 items-center">
          <Skeleton className={`h-2.5 ${width}`} />
        </div>
      ))}
    </div>
  )
}

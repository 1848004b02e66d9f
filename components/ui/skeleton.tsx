import { cn } from './cn'

/** Stands where something will be, at the size it will have. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'block motion-safe:animate-[shimmer_1.4s_ease-in-out_infinite] rounded bg-hover',
        className,
      )}
    />
  )
}

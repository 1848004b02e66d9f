/** The product's mark: a figure and, a step behind it, the one who can take its part. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} role="img" aria-label="Understudy">
      <circle
        cx="19.5"
        cy="16"
        r="8.5"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.25"
        strokeDasharray="3 2.4"
      />
      <circle cx="12.5" cy="16" r="8.5" fill="var(--accent)" />
    </svg>
  )
}

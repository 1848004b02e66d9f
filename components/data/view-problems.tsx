import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'

interface ViewProblemsProps {
  readonly problems: readonly string[]
  /** Rewrites the address without them. */
  readonly onDismiss: () => void
}

/** What the address asked for and could not have. */
export function ViewProblems({ problems, onDismiss }: ViewProblemsProps) {
  if (problems.length === 0) return null
  return (
    <Alert
      tone="notice"
      className="mx-3 mb-2"
      title="Part of the address was left out"
      actions={
        <Button size="small" onClick={onDismiss}>
          Correct the address
        </Button>
      }
    >
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </Alert>
  )
}

import type { RuleCheck } from '@/lib/model/transaction'
import { CheckRow } from './check-row'

interface StepOutcomeProps {
  readonly checks: readonly RuleCheck[]
  /** What the backend said when it refused this step; null when it did not. */
  readonly refusal: string | null
  /** Whether the cards have changed since. */
  readonly isStale: boolean
}

/** What the last run said of one step. */
export function StepOutcome({ checks, refusal, isStale }: StepOutcomeProps) {
  if (checks.length === 0) {
    return <p className="text-danger-text text-xs [overflow-wrap:anywhere]">{refusal}</p>
  }
  return (
    <ul aria-label="Checks" className="space-y-1.5">
      {isStale && (
        <li className="text-notice-text text-xs">From before the last change of the steps:</li>
      )}
      {checks.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is of one run and never changes
        <CheckRow key={at} check={each} />
      ))}
    </ul>
  )
}

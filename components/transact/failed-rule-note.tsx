import type { FailedRule } from '@/lib/model/rule-hint'
import { RuleParts } from './rule-parts'

/** A rule that neither allowed nor refused: evaluating it failed, and that fails everything. */
export function FailedRuleNote({ rule }: { rule: FailedRule }) {
  const { path, message, record, explanation } = rule
  return (
    <div className="mt-2 rounded-md border border-line px-2.5 py-2 text-xs">
      <p className="font-medium">
        The rule failed{path && <code className="ml-1.5 font-mono text-2xs">{path}</code>}
      </p>
      {message && <p className="mt-1 [overflow-wrap:anywhere]">{message}</p>}
      {record && (
        <details className="mt-1.5">
          <summary className="w-fit rounded-sm text-muted">The record it stumbled over</summary>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="mt-1 max-h-60 overflow-auto rounded bg-sunken px-2 py-1 font-mono text-2xs"
          >
            {JSON.stringify(record, null, 2)}
          </pre>
        </details>
      )}
      {explanation && <RuleParts explanation={explanation} isOpen />}
    </div>
  )
}

'use client'

import { cn } from '@/components/ui/cn'
import type {
  ExplainedPart,
  ExplainedText,
  PartOutcome,
  RuleExplanation,
} from '@/lib/model/transaction'

/** How much of a value a line shows. */
const valueLength = 200

interface RulePartsProps {
  readonly explanation: RuleExplanation
  readonly isOpen: boolean
}

/** The value of every part of a rule, behind a line that unfolds. */
export function RuleParts({ explanation, isOpen }: RulePartsProps) {
  const texts = explanation.texts
    .map((each) => ({ ...each, parts: tellingParts(each) }))
    .filter(({ parts }) => parts.length > 0)
  if (texts.length === 0) return null
  return (
    <details open={isOpen} className="mt-1.5">
      <summary className="w-fit rounded-sm text-muted">Values of its parts</summary>
      {texts.map(({ name, parts }) => (
        <div key={name ?? ''} className="mt-1">
          {name !== null && <p className="font-mono text-2xs text-muted">bind {name}</p>}
          <table className="w-full border-collapse font-mono text-2xs leading-4">
            <thead className="sr-only">
              <tr>
                <th>Part</th>
                <th>Value</th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one text may stand in a rule twice, and the list never changes
                <tr key={index} className="border-line border-t align-top">
                  <td className="w-1/2 py-0.5 pr-2 text-ink [overflow-wrap:anywhere]">
                    {part.text}
                  </td>
                  <td className="py-0.5">
                    <PartValue part={part} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </details>
  )
}

const inputs = new Set(['data', 'newData', 'linkedData', 'auth', 'request', 'ruleParams'])

/**
 * The parts that say something: a list written out says nothing new, of a whole record its parts are
 * told that matter, and of a text that was not needed, one line is enough.
 */
function tellingParts({ parts }: ExplainedText): readonly ExplainedPart[] {
  const [whole] = parts
  if (whole?.outcomes.length === 0) return [whole]
  return parts.filter(({ text }) => !text.startsWith('[') && !inputs.has(text))
}

function PartValue({ part: { outcomes } }: { part: ExplainedPart }) {
  if (outcomes.length === 0) return <span className="font-sans text-muted">not needed</span>
  return outcomes.map((outcome, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: outcomes are in the order of evaluation and never change
      key={index}
      className={cn(
        'block [overflow-wrap:anywhere]',
        outcome.kind === 'error' || isFalse(outcome) ? 'text-danger-text' : 'text-ink',
      )}
    >
      {wordsOf(outcome)}
    </span>
  ))
}

function isFalse(outcome: PartOutcome): boolean {
  return outcome.kind === 'value' && outcome.value === false
}

function wordsOf(outcome: PartOutcome): string {
  switch (outcome.kind) {
    case 'value': {
      const text = JSON.stringify(outcome.value)
      return text.length > valueLength ? `${text.slice(0, valueLength)}…` : text
    }
    case 'error':
      return outcome.message
    case 'unknown':
      return 'unknown'
  }
}

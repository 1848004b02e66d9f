import { EngineError } from '@/backend/engine-error'
import type { CompiledRule } from '@/backend/rules/compile-rules'
import type { ExplainedText, Explanation } from '@/backend/rules/explain'
import type { RuleOrigin } from '@/backend/rules/find-rule'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { extraKey } from '../extra-key'

/** Which rule a check used: where it stands, and by what way it was found. */
export function explainRule(rule: CompiledRule | null): JsonObject {
  return rule ? { rule: ruleKinds[rule.origin], path: rule.path } : { rule: 'none', path: null }
}

const ruleKinds = {
  own: 'own',
  ownDefault: '$default',
  default: '$default',
  defaultDefault: '$default',
  builtIn: 'built-in',
} as const satisfies Record<RuleOrigin, string>

/**
 * How a rule came to its value: every sub-expression with its place in the text and what it came
 * to, and all that the rule looked at.
 */
export function toWireExplanation({ texts, inputs }: Explanation): JsonObject {
  return {
    texts: texts.map(toWireText),
    inputs: {
      ...inputs,
      refs: inputs.refs.map(({ source, path, values }) => ({ source, path, values })),
    },
  }
}

function toWireText({ name, text, steps }: ExplainedText): JsonObject {
  return {
    name,
    text,
    steps: steps.map((step) => ({
      start: step.start,
      end: step.end,
      text: step.text,
      count: step.count,
      outcomes: step.outcomes.map((outcome): JsonObject => ({ ...outcome })),
    })),
  }
}

/** The failure of a rule, with the record that it failed on and what led there. */
export function explainedFailure(
  failed: EngineError,
  {
    rule,
    entity,
    explanation,
  }: { rule: CompiledRule; entity: JsonObject | null; explanation: Explanation },
): EngineError {
  const hint: JsonObject = isJsonObject(failed.hint) ? failed.hint : {}
  const error: Json = explanation.error && { ...explanation.error }
  return new EngineError(failed.type, failed.message, {
    ...hint,
    [extraKey]: {
      ...explainRule(rule),
      entity,
      error,
      ...toWireExplanation(explanation),
    },
  })
}

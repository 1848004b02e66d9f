import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { z } from './browser-zod'
import { extraKey } from './extra-key'
import type { AppliedRule, RuleExplanation } from './transaction'

const json: z.ZodType<Json, Json> = z.json()
const text = z.string().nullish().catch(null)

const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: json }),
  z.object({ kind: z.literal('error'), message: z.string() }),
  z.object({ kind: z.literal('unknown') }),
])

const explainedText = z.object({
  name: z.string().nullable(),
  text: z.string(),
  steps: z.array(z.object({ text: z.string(), outcomes: z.array(outcome) })),
})

/** What our own embedded backend tells of a rule beyond the contract; others do not have it. */
export const ruleExtra = z
  .object({
    rule: text,
    path: z
      .union([z.string(), z.array(z.string())])
      .nullish()
      .catch(null),
    texts: z.array(explainedText).nullish().catch(null),
    /** Of a rule that could not be evaluated. */
    entity: z.custom<JsonObject>(isJsonObject).nullish().catch(null),
    error: z.object({ message: z.string() }).nullish().catch(null),
  })
  .nullish()
  .catch(null)

export type RuleExtra = z.infer<typeof ruleExtra>

/** A rule that could not be evaluated, and the record it stumbled over. */
export interface FailedRule extends Pick<AppliedRule, 'path' | 'origin'> {
  readonly message: string | null
  readonly record: JsonObject | null
  readonly explanation: RuleExplanation | null
}

/** Reads the hint of a refusal; null when it tells of no rule. */
export function parseRuleHint(hint: unknown): FailedRule | null {
  const extra = ruleExtra.parse(isJsonObject(hint) ? hint[extraKey] : null)
  if (!extra) return null
  return {
    ...whereOf(extra),
    message: extra.error?.message ?? null,
    record: extra.entity ?? null,
    explanation: toExplanation(extra),
  }
}

const origins = ['own', '$default', 'built-in'] as const

/** Where a rule stands, and whose it is. */
export function whereOf(extra: RuleExtra): Pick<AppliedRule, 'path' | 'origin'> {
  const path = extra?.path ?? null
  return {
    path: Array.isArray(path) ? path.join('.') : path,
    origin: origins.find((each) => each === extra?.rule) ?? null,
  }
}

/** The values of a rule's parts, or null where they are not told. */
export function toExplanation(extra: RuleExtra): RuleExplanation | null {
  if (!extra?.texts) return null
  return {
    texts: extra.texts.map(({ name, text, steps }) => ({ name, text, parts: steps })),
  }
}

import { parseQueryLink, toQueryLink } from './query-link'
import { type StepDraft, stepDrafts } from './step-draft'

/** A list of cards as an address brings it. */
export type StepsLink =
  | { readonly kind: 'none' }
  | { readonly kind: 'steps'; readonly steps: readonly StepDraft[] }
  | { readonly kind: 'broken' }

/** The URL form of a list of cards, or null when there is none or it is too long for an address. */
export function toStepsLink(steps: readonly StepDraft[]): string | null {
  return steps.length === 0 ? null : toQueryLink(JSON.stringify(steps.map(withoutKey)))
}

/** Reads what `toStepsLink` wrote; anything else is `broken`, never an exception. */
export function parseStepsLink(link: string | null): StepsLink {
  const parsed = parseQueryLink(link)
  if (parsed.kind === 'none') return parsed
  const steps = parsed.kind === 'text' ? parseSteps(parsed.text) : null
  return steps ? { kind: 'steps', steps } : { kind: 'broken' }
}

/** Cards from their JSON, with new keys; null for what is none. */
export function parseSteps(json: string): readonly StepDraft[] | null {
  const parsed = stepDrafts.safeParse(withKeys(parseJson(json)))
  return parsed.success ? parsed.data : null
}

function withoutKey({ key: _, ...step }: StepDraft): Omit<StepDraft, 'key'> {
  return step
}

// Keys only have to differ within a list that is read as a whole.
function withKeys(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.map((each, index) => ({ ...Object(each), key: `${index}` }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

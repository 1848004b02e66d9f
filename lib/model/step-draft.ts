import { z } from './browser-zod'
import type { Draft } from './parse-field'
import { type Action, actions } from './transaction'

/**
 * A step as it stands on its card. Everything is kept as typed, also what the chosen action or
 * namespace has no use for, so that changing one's mind loses nothing.
 */
export interface StepDraft {
  /** Tells the cards of one list apart; means nothing beyond it. */
  readonly key: string
  readonly action: Action
  readonly namespace: string
  readonly subject: SubjectDraft
  readonly fields: readonly FieldDraft[]
  readonly links: readonly LinkDraft[]
  /** Of update and merge: whether the record must exist. */
  readonly mustExist: boolean
}

export interface SubjectDraft {
  readonly by: 'id' | 'lookup'
  readonly id: string
  /** The unique attribute to look up by; empty when none is chosen. */
  readonly attribute: string
  readonly value: Draft
}

export interface FieldDraft {
  readonly name: string
  readonly draft: Draft
}

export interface LinkDraft {
  readonly label: string
  /** Ids, with anything but letters, digits and hyphens between them. */
  readonly targets: string
}

const draft = z.union([
  z.object({ kind: z.literal('null') }),
  z.object({ kind: z.literal('text'), text: z.string() }),
])

/** A list of cards as it is kept or linked to: anybody may have written it. */
export const stepDrafts: z.ZodType<readonly StepDraft[]> = z.array(
  z.object({
    key: z.string(),
    action: z.enum(actions),
    namespace: z.string(),
    subject: z.object({
      by: z.enum(['id', 'lookup']),
      id: z.string(),
      attribute: z.string(),
      value: draft,
    }),
    fields: z.array(z.object({ name: z.string(), draft })),
    links: z.array(z.object({ label: z.string(), targets: z.string() })),
    mustExist: z.boolean(),
  }),
)

const emptyText: Draft = { kind: 'text', text: '' }

interface NewStep {
  readonly key: string
  readonly action: Action
  readonly namespace: string
  readonly id: string
}

/** A card without anything on it yet. An update must find its record unless it is told otherwise. */
export function newStepDraft({ key, action, namespace, id }: NewStep): StepDraft {
  return {
    key,
    action,
    namespace,
    subject: { by: 'id', id, attribute: '', value: emptyText },
    fields: [],
    links: [],
    mustExist: true,
  }
}

/** Whether the action sets fields. */
export function setsFields(action: Action): boolean {
  return action === 'create' || action === 'update' || action === 'merge'
}

/** Whether the action makes or cuts links. */
export function setsLinks(action: Action): boolean {
  return action === 'link' || action === 'unlink'
}

import { z } from 'zod'
import type { Json, JsonObject } from '@/lib/base/json'
import { writeRef } from './requests/app'

export const actions = ['create', 'update', 'merge', 'link', 'unlink', 'delete'] as const

export type Action = (typeof actions)[number]

/** Names a record by the value of a unique attribute. */
export interface Lookup {
  readonly attribute: string
  readonly value: Json
}

/** The id of a record, or a look-up of one. */
export type Subject = string | Lookup

/** One step of a transaction, complete: what Instant calls an op (contract http.md 5.1). */
export type Step =
  | {
      readonly action: 'create'
      readonly namespace: string
      readonly subject: Subject
      readonly values: JsonObject
    }
  | {
      readonly action: 'update' | 'merge'
      readonly namespace: string
      readonly subject: Subject
      readonly values: JsonObject
      /** Whether the record must exist; else one that does not is created. */
      readonly mustExist: boolean
    }
  | {
      readonly action: 'link' | 'unlink'
      readonly namespace: string
      readonly subject: Subject
      /** The ids of the targets under each label. */
      readonly links: Readonly<Record<string, readonly string[]>>
    }
  | { readonly action: 'delete'; readonly namespace: string; readonly subject: Subject }

const json: z.ZodType<Json, Json> = z.json()
const values: z.ZodType<JsonObject, JsonObject> = z.record(z.string(), json)
const subject = z.union([z.uuid(), z.object({ attribute: z.string().min(1), value: json })])
const place = { namespace: z.string().min(1).max(200), subject }

const step: z.ZodType<Step, Step> = z.discriminatedUnion('action', [
  z.object({ action: z.literal('create'), ...place, values }),
  z.object({ action: z.enum(['update', 'merge']), ...place, values, mustExist: z.boolean() }),
  z.object({
    action: z.enum(['link', 'unlink']),
    ...place,
    links: z.record(z.string(), z.array(z.uuid()).min(1)),
  }),
  z.object({ action: z.literal('delete'), ...place }),
])

/** More steps than anybody makes by clicking. */
export const mostSteps = 500

/** Steps to be written, or tried, as one transaction. */
export const transactionRequest = z.object({
  ...writeRef,
  steps: z.array(step).min(1).max(mostSteps),
})

export type TransactionRequest = z.infer<typeof transactionRequest>

/** A transaction that was written. */
export interface Written {
  readonly txId: number
}

/** A transaction that was tried as somebody and rolled back. */
export interface DryRun {
  /** Whether every rule allowed it. */
  readonly isAllowed: boolean
  readonly checks: readonly RuleCheck[]
}

/** What came of a write: it is made, or it was a dry run. */
export type WriteOutcome =
  | ({ readonly kind: 'written' } & Written)
  | ({ readonly kind: 'tried' } & DryRun)

/** One question put to the rules: may this identity do this to this record? */
export interface RuleCheck {
  /** Whether a record or an attribute of the schema is judged. */
  readonly scope: string
  /** create, update, delete, link, unlink, view; of a link, several may be asked. */
  readonly action: string
  readonly namespace: string
  /** Null for an attribute. */
  readonly id: string | null
  readonly isAllowed: boolean
  /** What the rule came to, which need not be a boolean. */
  readonly value: Json
  /** Null when no rule applies, which allows. */
  readonly rule: AppliedRule | null
  /** The record before the transaction, and with all of its steps applied. */
  readonly data: JsonObject | null
  readonly newData: JsonObject | null
  /** How the value came about; null where the backend does not tell, as Instant's own. */
  readonly explanation: RuleExplanation | null
}

export interface AppliedRule {
  /** As written in the rules. */
  readonly code: string
  /** Where it stands in the rules, such as `tickets.allow.update`; null where that is not told. */
  readonly path: string | null
  /** Whether it is the namespace's own, a `$default`, or one that comes with Instant. */
  readonly origin: 'own' | '$default' | 'built-in' | null
}

/** The values of a rule's parts. */
export interface RuleExplanation {
  /** The binds it uses, and last the rule itself. */
  readonly texts: readonly ExplainedText[]
}

export interface ExplainedText {
  /** The bind's name; null for the rule. */
  readonly name: string | null
  readonly text: string
  readonly parts: readonly ExplainedPart[]
}

/** A sub-expression and what it came to. */
export interface ExplainedPart {
  readonly text: string
  /** In order: several inside a macro, none when it was not evaluated. */
  readonly outcomes: readonly PartOutcome[]
}

export type PartOutcome =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'unknown' }

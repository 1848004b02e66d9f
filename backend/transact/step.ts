import type { Json, JsonObject } from '@/lib/base/json'
import type { AttrDraft } from '../schema/draft'

/** How a step names an entity: by its id, or by the value of an attribute that is unique. */
export type Reference =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'lookup'; readonly attr: string; readonly value: Json }

/** What must be so of the entity before the transaction; null when nothing. */
export type Mode = 'create' | 'update' | null

/** A label and the entities at the other end. */
export interface LinkTargets {
  readonly label: string
  readonly targets: readonly Reference[]
}

interface Target {
  readonly namespace: string
  readonly entity: Reference
}

/** A step of a transaction after its form has been checked; names are not looked up yet. */
export type Step = AttrStep | EntityStep

export type AttrStep =
  | { readonly kind: 'add-attr'; readonly attr: AttrDraft }
  | { readonly kind: 'delete-attr' | 'restore-attr'; readonly id: string }

export type EntityStep =
  | (Target & {
      readonly kind: 'put' | 'merge'
      readonly mode: Mode
      /** Without the key `id`, which is ignored (contract semantics.md 5.1). */
      readonly values: readonly (readonly [label: string, value: Json])[]
    })
  | (Target & { readonly kind: 'link' | 'unlink'; readonly links: readonly LinkTargets[] })
  | (Target & { readonly kind: 'delete' })
  | (Target & { readonly kind: 'rule-params'; readonly params: JsonObject })

export function isAttrStep(step: Step): step is AttrStep {
  return step.kind === 'add-attr' || step.kind === 'delete-attr' || step.kind === 'restore-attr'
}

import { changeAttr, constrainAttr } from './change-attr'
import type { AttrDraft } from './draft'
import type { PlanStep } from './plan-step'
import type { Schema } from './schema'

/** The attributes that a schema will have when all steps have been carried out. */
export function projectAttrs(schema: Schema, steps: readonly PlanStep[]): readonly AttrDraft[] {
  const attrs = new Map(schema.attrs.map((attr) => [attr.id, attr]))
  for (const step of steps) {
    if (step.kind === 'delete-attr') attrs.delete(step.id)
    const attr = attrs.get(idOf(step))
    if (!attr) continue
    if (step.kind === 'update-attr') attrs.set(attr.id, changeAttr(attr, step.change))
    if (step.kind === 'constraint') attrs.set(attr.id, constrainAttr(attr, step))
  }
  const added = steps.flatMap((step) => (step.kind === 'add-attr' ? [step.attr] : []))
  return [...attrs.values(), ...added]
}

function idOf(step: PlanStep): string {
  switch (step.kind) {
    case 'add-attr':
      return step.attr.id
    case 'update-attr':
    case 'delete-attr':
    case 'restore-attr':
      return step.id
    case 'constraint':
      return step.attrId
  }
}

import { toDraft } from '@/lib/model/parse-field'
import {
  type AppSchema,
  type Attribute,
  findAttribute,
  findNamespace,
  type Namespace,
} from '@/lib/model/schema'
import type { FieldDraft, StepDraft } from '@/lib/model/step-draft'

/**
 * A card whose action or namespace is new, with the fields that a record made there cannot do without.
 * Fields go that nothing was typed into and nothing needs.
 */
export function withRequired(step: StepDraft, schema: AppSchema): StepDraft {
  const namespace = findNamespace(schema, step.namespace)
  if (!namespace) return step
  const kept = step.fields.filter(({ name, draft }) => {
    const text = draft.kind === 'text' ? draft.text : 'null'
    const isKnown = findAttribute(namespace, name) !== undefined
    return isKnown ? step.action === 'create' || text !== '' : text !== '' && text !== 'true'
  })
  const names = new Set(kept.map(({ name }) => name))
  const added = step.action === 'create' ? requiredOf(namespace) : []
  return {
    ...step,
    fields: [...kept, ...added.filter(({ name }) => !names.has(name)).map(toField)],
  }
}

function requiredOf({ attributes }: Namespace): readonly Attribute[] {
  return attributes.filter(({ isRequired, name }) => isRequired && name !== 'id')
}

function toField(attribute: Attribute): FieldDraft {
  return { name: attribute.name, draft: toDraft(undefined, attribute) }
}

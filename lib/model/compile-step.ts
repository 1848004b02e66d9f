import type { Json, JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import { checkStep, type StepPart, type StepProblem, wrong } from './check-step'
import { parseField } from './parse-field'
import {
  type AppSchema,
  type Attribute,
  findAttribute,
  findLink,
  findNamespace,
  type Namespace,
} from './schema'
import type { StepDraft } from './step-draft'
import type { Step, Subject } from './transaction'

/** What a card stands for: a step, or null while something is in its way. */
export interface CompiledStep {
  readonly step: Step | null
  readonly problems: readonly StepProblem[]
}

/** The step on a card, or what is wrong with it and where. The backend has the last word. */
export function compileStep(draft: StepDraft, schema: AppSchema): CompiledStep {
  const namespace = findNamespace(schema, draft.namespace)
  if (!namespace) {
    const part: StepPart = { kind: 'namespace' }
    const problem =
      draft.namespace === ''
        ? missing(part, 'Choose a namespace.')
        : wrong(part, `There is no namespace ${JSON.stringify(draft.namespace)}.`)
    return { step: null, problems: [problem] }
  }
  const problems: StepProblem[] = []
  const step = build(draft, { namespace, problems })
  // What is missing and what the schema has against the rest are told together.
  const known = new Set(problems.map(({ part }) => JSON.stringify(part)))
  const others = checkStep(step, schema).filter(({ part }) => !known.has(JSON.stringify(part)))
  const all = [...problems, ...others]
  return { step: all.length === 0 ? step : null, problems: all }
}

/** The ids in what was typed as the targets of a link, in order, each once. */
export function splitTargets(targets: string): readonly string[] {
  return [...new Set(targets.split(/[\s,;"'[\]]+/).filter((target) => target !== ''))]
}

interface Site {
  readonly namespace: Namespace
  /** Where to put what is wrong. */
  readonly problems: StepProblem[]
}

function build(draft: StepDraft, site: Site): Step {
  const { action } = draft
  const place = { namespace: site.namespace.name, subject: buildSubject(draft, site) }
  switch (action) {
    case 'create':
      return { action, ...place, values: buildValues(draft, site) }
    case 'update':
    case 'merge':
      return { action, ...place, values: buildValues(draft, site), mustExist: draft.mustExist }
    case 'link':
    case 'unlink':
      return { action, ...place, links: buildLinks(draft, site) }
    case 'delete':
      return { action, ...place }
  }
}

function buildSubject({ subject, action }: StepDraft, { namespace, problems }: Site): Subject {
  const part: StepPart = { kind: 'subject' }
  if (subject.by === 'id') {
    const id = subject.id.trim()
    if (id === '') problems.push(missing(part, `Name the record to ${action} by its id.`))
    else if (!isUuid(id)) problems.push(wrong(part, 'Not an id: an id is a UUID.'))
    return id.toLowerCase()
  }
  const attribute = findAttribute(namespace, subject.attribute)
  if (subject.attribute === '') problems.push(missing(part, 'Choose an attribute to look up by.'))
  if (!attribute) return { attribute: subject.attribute, value: null }
  const parsed = parseField(subject.value, attribute)
  if (subject.value.kind === 'text' && subject.value.text === '') {
    problems.push(missing(part, `Which ${attribute.name}?`))
  } else if (!parsed.ok) problems.push(wrong(part, parsed.error))
  const value = parsed.ok ? parsed.data : null
  if (parsed.ok && value === null) problems.push(wrong(part, 'No record is looked up by null.'))
  return { attribute: attribute.name, value }
}

// Attributes unknown to the schema are left to checkStep; their text counts as JSON.
function buildValues({ fields, action }: StepDraft, { namespace, problems }: Site): JsonObject {
  const values: [string, Json][] = fields.map(({ name, draft }) => {
    const attribute = findAttribute(namespace, name) ?? unknownAttribute(name)
    const parsed = parseField(draft, attribute)
    if (!parsed.ok && findAttribute(namespace, name)) {
      const isEmpty = draft.kind === 'text' && draft.text.trim() === ''
      const part: StepPart = { kind: 'field', name }
      problems.push(isEmpty ? missing(part, parsed.error) : wrong(part, parsed.error))
    }
    return [name, parsed.ok ? parsed.data : null]
  })
  if (fields.length === 0 && action !== 'create') {
    problems.push(missing({ kind: 'step' }, `Add a field to ${action}.`))
  }
  if (action === 'create') {
    const set = new Set(fields.map(({ name }) => name))
    for (const attribute of namespace.attributes) {
      if (!attribute.isRequired || attribute.name === 'id' || set.has(attribute.name)) continue
      const message = `${attribute.name} is required: add it.`
      problems.push(missing({ kind: 'step' }, message))
    }
  }
  return Object.fromEntries(values)
}

function buildLinks(
  { links, action }: StepDraft,
  { namespace, problems }: Site,
): Readonly<Record<string, readonly string[]>> {
  if (links.length === 0) {
    problems.push(missing({ kind: 'step' }, `Choose a link to ${action}.`))
  }
  const built = links.map(({ label, targets }): [string, readonly string[]] => {
    const ids = splitTargets(targets)
    const part: StepPart = { kind: 'link', name: label }
    const odd = ids.find((id) => !isUuid(id))
    const link = findLink(namespace, label)
    if (ids.length === 0) {
      const what = link ? ` of ${link.target}` : ''
      problems.push(missing(part, `Give the id of a record${what}.`))
    } else if (odd !== undefined) {
      problems.push(wrong(part, `Not an id: ${JSON.stringify(odd)}. An id is a UUID.`))
    } else if (link?.cardinality === 'one' && action === 'link' && ids.length > 1) {
      problems.push(wrong(part, `${label} links to one record; ${ids.length} are given.`))
    }
    return [label, ids.map((id) => id.toLowerCase())]
  })
  return Object.fromEntries(built)
}

function missing(part: StepPart, message: string): StepProblem {
  return { part, kind: 'missing', message }
}

/** How an attribute is edited that the schema does not have (any more). */
export function unknownAttribute(name: string): Attribute {
  return {
    name,
    type: 'any',
    isTyped: false,
    isIndexed: false,
    isUnique: false,
    isRequired: false,
    isSystem: false,
  }
}

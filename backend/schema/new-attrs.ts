import { EngineError, validationError } from '@/backend/engine-error'
import type { Attr } from './attr'
import { extensibleSystemNamespaces, isSystemNamespace } from './catalog'
import type { AttrDraft, Name } from './draft'
import type { Schema } from './schema'
import { toWireAttr } from './wire'

/**
 * The attributes that have to be stored so that the schema has all of `drafts`: an identical one
 * that is there already is left out. Refuses reserved namespaces, system columns, names that are
 * taken and ids that mean something else (contract semantics.md 5.7, 5.10; http.md 5.9).
 */
export function admitAttrs(schema: Schema, drafts: readonly AttrDraft[]): readonly AttrDraft[] {
  const taken = takenNames(schema)
  const admitted: AttrDraft[] = []
  const find = (id: string) => schema.attrById(id) ?? admitted.find((other) => other.id === id)
  for (const draft of drafts) {
    const holder = find(draft.id)
    if (holder && isSameAttr(holder, draft)) continue
    names(draft).forEach((name) => {
      refuseReserved(schema, draft, name)
    })
    if (draft.isRequired && isSystemNamespace(draft.forward.namespace)) throw requiredSystemAttr()
    if (holder?.catalog === 'user') throw idTaken(taken, draft)
    takeNames(taken, draft)
    admitted.push(draft)
  }
  return admitted
}

/** Refuses to give an attribute names that are reserved, or that another attribute has. */
export function admitNames(schema: Schema, from: Attr, to: Attr): void {
  const own = new Set(names(from).map(nameKey))
  const taken = takenNames(schema).names
  for (const name of names(to)) {
    if (own.has(nameKey(name))) continue
    refuseReserved(schema, to, name)
    if (taken.has(nameKey(name))) throw nameTaken(name)
  }
}

/** The refusal of a name that another attribute has (contract semantics.md 5.7). */
export function nameTaken({ namespace, label }: Name): EngineError {
  return new EngineError('record-not-unique', `\`${label}\` already exists on \`${namespace}\``, {
    'record-type': 'ident',
    etype: namespace,
    label,
  })
}

function isSameAttr(existing: AttrDraft, draft: AttrDraft): boolean {
  return JSON.stringify(toWireAttr(existing)) === JSON.stringify(toWireAttr(draft))
}

function takeNames(taken: TakenNames, draft: AttrDraft): void {
  for (const name of names(draft)) {
    const holder = taken.identIds.get(name.id)
    if (holder && !isSame(holder, name)) throw identConflict(name)
    if (taken.names.has(nameKey(name))) throw nameTaken(name)
    taken.names.add(nameKey(name))
    taken.identIds.set(name.id, name)
  }
}

/** Names are stored before attributes, so one that is taken under another id is told of first. */
function idTaken(taken: TakenNames, draft: AttrDraft): EngineError {
  const other = names(draft).find(
    (name) => taken.names.has(nameKey(name)) && !taken.identIds.has(name.id),
  )
  if (other) return nameTaken(other)
  const { id } = draft
  return raised(`The attribute with id ${id} conflicts with an existing attribute with id ${id}.`)
}

function refuseReserved(schema: Schema, draft: AttrDraft, { namespace, label }: Name): void {
  const refuse = (message: string) =>
    validationError('attributes', toWireAttr(draft), [{ message }])
  if (!isSystemNamespace(namespace)) return
  if (!extensibleSystemNamespaces.has(namespace)) {
    throw refuse(`$ is reserved for system tables. You can't create ${namespace}`)
  }
  const holder = schema.dataAttr(namespace, label) ?? schema.link(namespace, label)?.attr
  if (holder?.catalog === 'system') {
    throw refuse(`${namespace}.${label} is a system column and it already exists.`)
  }
}

function requiredSystemAttr(): EngineError {
  return new EngineError(
    'validation-failed',
    "You can't create a required system attribute. Make sure it's optional. https://www.instantdb.com/docs/users",
  )
}

function identConflict({ namespace, label }: Name): EngineError {
  return raised(`Another attribute for ${namespace}.${label} exists with different properties.`)
}

function raised(message: string): EngineError {
  return new EngineError('sql-raise', `Raised Exception: ${message}`)
}

interface TakenNames {
  readonly names: Set<string>
  /** By the id that a name has. */
  readonly identIds: Map<string, Name>
}

function takenNames(schema: Schema): TakenNames {
  const all = schema.attrs.flatMap(names)
  return {
    names: new Set(all.map(nameKey)),
    identIds: new Map(all.map((name): [string, Name] => [name.id, name])),
  }
}

function names(attr: AttrDraft) {
  return attr.kind === 'link' ? [attr.forward, attr.reverse] : [attr.forward]
}

function nameKey({ namespace, label }: Name): string {
  return `${namespace}\0${label}`
}

function isSame(a: Name, b: Name): boolean {
  return a.namespace === b.namespace && a.label === b.label
}

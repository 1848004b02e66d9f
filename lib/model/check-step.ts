import { type AppSchema, findAttribute, findLink, findNamespace, whyNotEditable } from './schema'
import type { Step, Subject } from './transaction'

/** Which part of a step something is about. */
export type StepPart =
  | { readonly kind: 'namespace' }
  | { readonly kind: 'subject' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'link'; readonly name: string }
  | { readonly kind: 'step' }

export interface StepProblem {
  readonly part: StepPart
  /** Missing: not filled in yet. Wrong: what is there cannot be. */
  readonly kind: 'missing' | 'wrong'
  readonly message: string
}

/**
 * What the schema has against a step. A name the schema does not have is refused, though Instant
 * would take it: a transaction creates the attributes it lacks, and a slip of the pen is none.
 */
export function checkStep(step: Step, schema: AppSchema): readonly StepProblem[] {
  const namespace = findNamespace(schema, step.namespace)
  if (!namespace) {
    return [wrong({ kind: 'namespace' }, `There is no namespace ${quote(step.namespace)}.`)]
  }
  const problems = [...checkSubject(step.subject)]
  switch (step.action) {
    case 'create':
    case 'update':
    case 'merge':
      for (const name of Object.keys(step.values)) {
        const message = whyNotSet(name)
        if (message) problems.push(wrong({ kind: 'field', name }, message))
      }
      return problems
    case 'link':
    case 'unlink':
      for (const name of Object.keys(step.links)) {
        if (!findLink(namespace, name)) {
          problems.push(
            wrong({ kind: 'link', name }, `${namespace.name} has no link ${quote(name)}.`),
          )
        }
      }
      return problems
    case 'delete':
      return problems
  }

  function checkSubject(subject: Subject): readonly StepProblem[] {
    if (typeof subject === 'string' || !namespace) return []
    const attribute = findAttribute(namespace, subject.attribute)
    if (attribute?.isUnique) return []
    const message = attribute
      ? `${attribute.name} is not unique in ${namespace.name}, so it names no record.`
      : `${namespace.name} has no attribute ${quote(subject.attribute)}.`
    return [wrong({ kind: 'subject' }, message)]
  }

  function whyNotSet(name: string): string | null {
    if (!namespace) return null
    const attribute = findAttribute(namespace, name)
    if (attribute) return whyNotEditable(namespace, attribute)
    return findLink(namespace, name)
      ? `${name} is a link: use a link step.`
      : `${namespace.name} has no attribute ${quote(name)}.`
  }
}

export function wrong(part: StepPart, message: string): StepProblem {
  return { part, kind: 'wrong', message }
}

function quote(name: string): string {
  return JSON.stringify(name)
}

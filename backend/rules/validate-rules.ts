import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { createBoundedParse } from './bounded-parse'
import { compileRule, oddBinds } from './compile-rule'
import { documentComplaint } from './document-size'
import type { RowAction } from './environment'
import type { FoundRule } from './find-rule'
import { parseRateLimits } from './parse-rate-limits'
import { type RuleIssue, unexpectedShape } from './rule-issue'
import { isNamespace, type NamespaceRules, type Rules, readRules } from './rules'

/**
 * All that keeps a document from being saved, in Instant's order: binds, actions, fields, rate
 * limits (contract semantics.md 6.8). Rules for `link`, `unlink` and `$default` are not compiled
 * here; they fail when used.
 */
export function validateRules(code: Json): readonly RuleIssue[] {
  if (!isJsonObject(code)) return [{ message: unexpectedShape, in: [] }]
  const complaint = documentComplaint(code)
  if (complaint !== null) return [{ message: complaint, in: [] }]
  const rules = readRules(code)
  const namespaces = [...rules.namespaces]
  const compile = createCompile(rules)
  return [
    ...shapeIssues(code),
    ...namespaces.flatMap(([name, { binds }]) => bindIssues(name, binds)),
    ...namespaces.flatMap(([name, own]) => actionIssues(compile, name, own)),
    ...namespaces.flatMap(([name, own]) => fieldIssues(compile, name, own)),
    ...parseRateLimits(code.$rateLimits).issues,
  ]
}

/** A document that looks like rules but would silently allow everything is refused. */
function shapeIssues(code: JsonObject): readonly RuleIssue[] {
  return Object.entries(code).flatMap(([name, value]): RuleIssue[] => {
    if (!isNamespace(name) || value === null) return []
    if (!isJsonObject(value)) return [{ message: unexpectedShape, in: [name] }]
    const allow = isJsonObject(value.allow) ? value.allow : {}
    const parts: readonly (readonly [Json | undefined, readonly string[]])[] = [
      [value.allow, [name, 'allow']],
      [value.fields, [name, 'fields']],
      [allow.link, [name, 'allow', 'link']],
      [allow.unlink, [name, 'allow', 'unlink']],
    ]
    return parts.flatMap(([part, path]): RuleIssue[] =>
      part === undefined || part === null || isJsonObject(part)
        ? []
        : [{ message: unexpectedShape, in: path }],
    )
  })
}

function bindIssues(namespace: string, binds: NamespaceRules['binds']): readonly RuleIssue[] {
  const at = [namespace, 'bind']
  return [
    ...(binds.isMisshapen ? [{ message: unexpectedShape, in: at }] : []),
    ...(binds.isOdd ? [{ message: oddBinds, in: at }] : []),
    ...binds.repeated.map((name) => ({
      message: 'bind should only contain a given variable name once',
      in: [...at, name],
    })),
  ]
}

const actions: readonly RowAction[] = ['view', 'create', 'update', 'delete']
const openNamespaces = new Set(['$users', '$files', '$default', '$streams'])

function actionIssues(compile: Compile, namespace: string, own: NamespaceRules): RuleIssue[] {
  return actions.flatMap((action) => {
    const path = [namespace, 'allow', action]
    if (namespace.startsWith('$') && !openNamespaces.has(namespace)) {
      return [{ message: reserved(namespace), in: path }]
    }
    const expression = own.allow.get(action)
    if (expression === undefined) return []
    if (namespace === '$users' && action === 'delete' && expression !== 'false') {
      return [{ message: usersAreKept, in: path }]
    }
    return compile({ namespace, action, path, expression })
  })
}

function reserved(namespace: string): string {
  return `The ${namespace} namespace is a reserved internal namespace that does not yet support rules.`
}

const usersAreKept =
  'The $users namespace doesn\'t support permissions for delete. Set `$users.allow.delete` to `"false"`.'

function fieldIssues(compile: Compile, namespace: string, own: NamespaceRules): RuleIssue[] {
  return [...own.fields].flatMap(([label, expression]) => {
    if (label === 'id') return [{ message: idIsShown(namespace), in: [namespace, 'fields'] }]
    const path = [namespace, 'fields', label]
    return compile({ namespace, action: 'view', path, expression })
  })
}

function idIsShown(namespace: string): string {
  return `You cannot set field rules for \`id\`. Use ${namespace} -> allow -> view instead`
}

type Candidate = Pick<FoundRule, 'namespace' | 'action' | 'path' | 'expression'>

type Compile = (rule: Candidate) => RuleIssue[]

/** Finds what is wrong with one rule after another of a document, parsing each text once. */
function createCompile(rules: Rules): Compile {
  const parse = createBoundedParse()
  return (rule) => {
    const program = compileRule(rules, { ...rule, origin: 'own', displayCode: null }, { parse })
    if (program.ok) return []
    return program.error.map(({ message, position }) => ({
      message,
      in: [...rule.path],
      ...(position && { position }),
    }))
  }
}

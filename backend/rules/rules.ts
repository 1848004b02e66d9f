import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { parseRateLimits } from './parse-rate-limits'
import type { RateLimits } from './rate-limit'
import { type Binds, readBinds } from './read-binds'

/**
 * A rule document by its parts (contract semantics.md 6.2). Expressions are as they stand there:
 * what is neither text nor boolean is complained about where it is used.
 */
export interface Rules {
  /** `$default` and `attrs` among them. */
  readonly namespaces: ReadonlyMap<string, NamespaceRules>
  readonly rateLimits: RateLimits
}

export interface NamespaceRules {
  /** By action or `$default`. */
  readonly allow: Expressions
  /** By label or `$default`. */
  readonly link: Expressions
  readonly unlink: Expressions
  /** By attribute. */
  readonly fields: Expressions
  readonly binds: Binds
}

export type Expressions = ReadonlyMap<string, Json>

/** Keys of a document that are no namespaces. */
export function isNamespace(key: string): boolean {
  return key !== '$rateLimits'
}

/** Reads whatever the document says, complaining about nothing; see `validateRules` for that. */
export function readRules(code: JsonObject): Rules {
  const namespaces = Object.entries(code).flatMap(([name, value]) =>
    isNamespace(name) ? [[name, readNamespace(value)] as const] : [],
  )
  return {
    namespaces: new Map(namespaces),
    rateLimits: parseRateLimits(code.$rateLimits).limits,
  }
}

function readNamespace(value: Json): NamespaceRules {
  const { allow, bind, fields }: JsonObject = isJsonObject(value) ? value : {}
  const actions = isJsonObject(allow) ? allow : {}
  return {
    allow: readExpressions(actions),
    link: readExpressions(actions.link),
    unlink: readExpressions(actions.unlink),
    fields: readExpressions(fields),
    binds: readBinds(bind),
  }
}

/** Null is as good as absent. */
function readExpressions(value: Json | undefined): Expressions {
  if (!isJsonObject(value)) return new Map()
  return new Map(Object.entries(value).filter(([, expression]) => expression !== null))
}

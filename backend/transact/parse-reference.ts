import type { ValidationIssue } from '@/backend/engine-error'
import { isJsonObject, type Json } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import { isUuid } from '@/lib/base/uuid'
import type { Reference } from './step'

/** Form says whether it may be a reference at all; the issue, why it is a bad lookup. */
type Parsed = Result<Reference, ValidationIssue>

/**
 * Reads a uuid, `[attr, value]`, `{attr: value}` or `lookup__attr__<json>` (contract http.md 5.2).
 * Null when it has none of these forms; an error when it is a lookup that cannot be read.
 */
export function parseReference(input: Json | undefined): Parsed | null {
  if (isUuid(input)) return { ok: true, data: { kind: 'id', id: input.toLowerCase() } }
  if (typeof input === 'string') return parseLookupText(input)
  if (Array.isArray(input)) {
    const [attr, value]: Json[] = input
    if (input.length !== 2 || typeof attr !== 'string' || value === undefined) return null
    return lookup(attr, value)
  }
  return isJsonObject(input) ? parseLookupObject(input) : null
}

function parseLookupObject(input: { readonly [attr: string]: Json }): Parsed {
  const [entry, ...others] = Object.entries(input)
  if (!entry || others.length > 0) {
    return {
      ok: false,
      error: { message: 'lookup must be an object with a single unique attr and value.' },
    }
  }
  return lookup(entry[0], entry[1])
}

function parseLookupText(input: string): Parsed | null {
  if (!input.startsWith('lookup__')) return null
  const [, attribute = '', ...rest] = input.split('__')
  const value = rest.join('__')
  const parsed = readJson(value)
  if (parsed) return lookup(attribute, parsed.value)
  return {
    ok: false,
    error: { message: 'lookup value is invalid', hint: { attribute, value } },
  }
}

function lookup(attr: string, value: Json): Parsed {
  return { ok: true, data: { kind: 'lookup', attr, value } }
}

/** JSON.parse has no other way to say no than to throw. */
function readJson(text: string): { readonly value: Json } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

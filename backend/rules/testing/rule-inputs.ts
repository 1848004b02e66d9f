import type { JsonObject } from '@/lib/base/json'
import type { Environment } from '../environment'
import { evaluate, type Inputs } from '../evaluate'
import { compileProgram, type Program } from '../program'
import { createRequestScope, type RequestFacts, type RequestScope } from '../request-scope'

/** The moment at which tests take place: 2026-03-04T05:06:07.890Z. */
export const nowMs = Date.UTC(2026, 2, 4, 5, 6, 7, 890)

/** A request by a guest, unless said otherwise. */
export function scopeOf(facts: Partial<RequestFacts> = {}): RequestScope {
  return createRequestScope({
    auth: null,
    ruleParams: null,
    timeMs: nowMs,
    ip: '1.2.3.4',
    origin: null,
    ...facts,
  })
}

interface Setting extends Partial<Environment> {
  readonly binds?: Readonly<Record<string, string>>
}

/** A program that must compile; view rules unless said otherwise. */
export function programOf(text: string, setting: Setting = {}): Program {
  const compiled = tryProgram(text, setting)
  if (compiled.ok) return compiled.data
  throw new Error(compiled.error.map(({ message }) => message).join(', '))
}

/** Messages of what keeps a text from being a program. */
export function complaintsOf(text: string, setting: Setting = {}): readonly string[] {
  const compiled = tryProgram(text, setting)
  return compiled.ok ? [] : compiled.error.map(({ message }) => message)
}

/** What a rule comes to on a row: its value, or what went wrong, or what it needs. */
export function outcomeOf(text: string, inputs: Partial<Inputs> = {}, setting: Setting = {}) {
  const program = programOf(text, setting)
  const result = evaluate(program, { scope: scopeOf(), ...inputs })
  switch (result.kind) {
    case 'value':
      return result.value
    case 'error':
      return { error: result.failure.message }
    case 'needs':
      return {
        refs: result.refs.map(({ source, path }) => `${source}:${path}`),
        limit: result.limit,
      }
  }
}

/** The same, when only a row matters. */
export function outcomeOn(data: JsonObject, text: string) {
  return outcomeOf(text, { data })
}

/** The program of a text, or what is wrong with it. */
export function tryProgram(text: string, { binds = {}, ...environment }: Setting = {}) {
  return compileProgram(
    { text, binds: new Map(Object.entries(binds)) },
    { action: 'view', rateLimits: new Map(), ...environment },
  )
}

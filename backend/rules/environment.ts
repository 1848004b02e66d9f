import type { RateLimits } from './rate-limit'

/** What an expression is asked about (contract semantics.md 6.2). */
export type Action = 'view' | 'create' | 'update' | 'delete' | 'link' | 'unlink'

/** The actions that have a rule of their own for every namespace. */
export type RowAction = Exclude<Action, 'link' | 'unlink'>

/** What names an expression may use (contract semantics.md 6.3). */
export interface Environment {
  readonly action: Action
  readonly rateLimits: RateLimits
}

const everywhere = ['data', 'auth', 'ruleParams', 'request', 'rateLimit'] as const

const byAction: Readonly<Record<Action, readonly Variable[]>> = {
  view: [],
  create: ['newData'],
  update: ['newData'],
  delete: [],
  link: ['newData', 'linkedData', 'actions'],
  unlink: ['newData', 'linkedData'],
}

export type Variable = (typeof everywhere)[number] | 'newData' | 'linkedData' | 'actions'

/** The variables of an action. Any other name is a compile error. */
export function variablesOf(action: Action): readonly Variable[] {
  return [...everywhere, ...byAction[action]]
}

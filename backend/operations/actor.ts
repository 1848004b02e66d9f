import type { User } from '../schema/user'

/** Who a request is made as (contract semantics.md 6.1). */
export type Actor = Admin | RuledActor

/** Whoever is not the admin: every rule is asked. */
export type RuledActor =
  /** Nobody: there is no user, so `auth` is null in every rule. */
  { readonly kind: 'guest' } | { readonly kind: 'user'; readonly user: User }

/** The holder of the app's admin token: no rule is asked. */
export interface Admin {
  readonly kind: 'admin'
}

export const admin: Admin = { kind: 'admin' }

/**
 * Who a request is made as. Only the admin exists so far; the HTTP layer refuses the others
 * before they get here, and every operation switches on `kind`, so adding one is a type error
 * until each has been thought of.
 */
export interface Actor {
  readonly kind: 'admin'
}

/** The holder of the app's admin token: no rule is asked. */
export const admin: Actor = { kind: 'admin' }

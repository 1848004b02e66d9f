import 'server-only'

/** What an operator may do. Each role includes those before it. */
export const roles = ['read', 'write', 'own'] as const

export type Role = (typeof roles)[number]

/** A person at the dashboard. Never a user of the app. */
export interface Operator {
  readonly kind: 'local'
  readonly role: Role
}

/**
 * Who is asking. The dashboard answers on loopback only, so whoever reaches it sits at this machine
 * and owns it; sign-in replaces this function and nothing else.
 */
export async function currentOperator(): Promise<Operator> {
  return { kind: 'local', role: 'own' }
}

export function isAllowed(operator: Operator, needed: Role): boolean {
  return roles.indexOf(operator.role) >= roles.indexOf(needed)
}

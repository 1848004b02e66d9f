import 'server-only'
import { InstantError } from '@/lib/model/instant-error'
import { currentOperator, isAllowed, type Operator, type Role } from '@/lib/operators/operator'

/**
 * Who asks. Every function of lib/data takes one first. As whom the app is asked is no part of it:
 * each request says so itself (`as`), and has no default.
 */
export interface Viewer {
  readonly operator: Operator
}

export async function currentViewer(): Promise<Viewer> {
  return { operator: await currentOperator() }
}

/** Raises `forbidden` unless the operator's role includes the needed one. */
export function requireRole(viewer: Viewer, needed: Role): void {
  if (isAllowed(viewer.operator, needed)) return
  throw new InstantError({
    code: 'forbidden',
    message: `Your role, ${viewer.operator.role}, does not include this. It needs ${needed}.`,
  })
}

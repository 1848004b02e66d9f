import 'server-only'
import { admin, type Identity } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import { currentOperator, isAllowed, type Operator, type Role } from '@/lib/operators/operator'

/** Who asks, and as whom the request is made. Every function of lib/data takes one first. */
export interface Viewer {
  readonly operator: Operator
  readonly identity: Identity
}

export async function currentViewer(): Promise<Viewer> {
  return { operator: await currentOperator(), identity: admin }
}

/** Raises `forbidden` unless the operator's role includes the needed one. */
export function requireRole(viewer: Viewer, needed: Role): void {
  if (isAllowed(viewer.operator, needed)) return
  throw new InstantError({
    code: 'forbidden',
    message: `Your role, ${viewer.operator.role}, does not include this. It needs ${needed}.`,
  })
}

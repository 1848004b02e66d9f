import 'server-only'
import type { InstantAPIError } from '@instantdb/admin'

/**
 * What a subscription may tell the browser of an error that may pass by itself. A rule that fails is
 * told in the backend's words; any other error could quote what it was sent, such as a token.
 */
export function toTrouble({ body }: Pick<InstantAPIError, 'body'>): string {
  const isOfRule = body?.type === 'permission-evaluation-failed' && body.message
  return isOfRule ? body.message : 'The backend cannot answer at the moment. It is asked again.'
}

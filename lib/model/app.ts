import { z } from 'zod'

export const appId = z.uuid()

/** An app the dashboard is connected to: what a browser may know of a connection. */
export interface AppSummary {
  readonly id: string
  readonly title: string
  /** Address of the Instant backend, without credentials. */
  readonly apiURI: string
}

/** An app the dashboard is connected to: what a browser may know of a connection. */
export interface AppSummary {
  readonly id: string
  /** Null when the connection names none: the backend may know it. */
  readonly title: string | null
  /** Address of the Instant backend, without credentials. */
  readonly apiURI: string
}

export interface AppList {
  readonly apps: readonly AppSummary[]
  /** Why what is configured cannot be used, or null. */
  readonly problem: string | null
}

/** What Next gives a route handler beside the request: the parameters in its path. */
export interface RouteContext {
  readonly params: Promise<Record<string, string | string[] | undefined>>
}

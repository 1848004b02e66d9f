import type { SchemaDefs } from '@/backend/demo/schema'

/** A new app and what is needed to be its admin. */
export interface TestApp {
  readonly apiURI: string
  readonly appId: string
  readonly adminToken: string
}

export interface AppOptions {
  readonly apiURI: string
  readonly title?: string
  /** In the JSON form of `i.schema` (contract http.md 6.13 b). */
  readonly schema?: SchemaDefs | object
  readonly rules?: object
}

/** Makes an app by the route that everybody has: `POST /dash/apps/ephemeral`. */
export async function makeApp({ apiURI, title, schema, rules }: AppOptions): Promise<TestApp> {
  const answer = await post(`${apiURI}/dash/apps/ephemeral`, {
    title: title ?? 'Test',
    ...(schema && { schema }),
    ...(rules && { rules: { code: rules } }),
  })
  const { app } = answer as { app: { id: string; 'admin-token': string } }
  return { apiURI, appId: app.id, adminToken: app['admin-token'] }
}

/** Pushes a schema and answers what the route answers, indexing jobs included. */
export function pushSchema(app: TestApp, schema: SchemaDefs | object): Promise<unknown> {
  return post(
    `${app.apiURI}/dash/apps/${app.appId}/schema/push/apply`,
    { schema, check_types: true, supports_background_updates: true },
    app.adminToken,
  )
}

/** Replaces the rules of an app. */
export function setRules(app: TestApp, rules: object): Promise<unknown> {
  return post(`${app.apiURI}/dash/apps/${app.appId}/rules`, { code: rules }, app.adminToken)
}

/** An answer that was not a success, with its body. */
export class RouteError extends Error {
  readonly status: number
  readonly body: unknown

  constructor(path: string, status: number, body: unknown) {
    super(`${path} answered ${status}: ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
  }
}

async function post(url: string, body: object, token?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  const parsed: unknown = parseJson(text)
  if (!answer.ok) throw new RouteError(new URL(url).pathname, answer.status, parsed)
  return parsed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

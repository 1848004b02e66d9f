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

/** A job that a push has left to be done, as its group is polled for. */
export interface IndexingJob {
  readonly id: string
  readonly job_type: string
  readonly job_status: string
  readonly work_estimate: number | null
  readonly work_completed: number
  readonly error: string | null
}

/** Pushes a schema, and waits for the jobs that it makes necessary; answers with those. */
export async function pushSchema(
  app: TestApp,
  schema: SchemaDefs | object,
): Promise<readonly IndexingJob[]> {
  const groupId = await beginPush(app, schema)
  if (groupId === null) return []
  for (;;) {
    const jobs = await pollJobs(app, groupId)
    const isOver = jobs.every(({ job_status }) => !/waiting|processing/.test(job_status))
    if (isOver) return jobs
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Pushes a schema; answers with the group of the jobs that are done in the background, if any. */
export async function beginPush(app: TestApp, schema: SchemaDefs | object): Promise<string | null> {
  const answer = await post(
    `${app.apiURI}/dash/apps/${app.appId}/schema/push/apply`,
    { schema, check_types: true, supports_background_updates: true },
    app.adminToken,
  )
  const { 'indexing-jobs': jobs } = answer as { 'indexing-jobs': { 'group-id': string } | null }
  return jobs?.['group-id'] ?? null
}

/** The jobs of a group as they are now. */
export async function pollJobs(app: TestApp, groupId: string): Promise<readonly IndexingJob[]> {
  const path = `/dash/apps/${app.appId}/indexing-jobs/group/${groupId}`
  const headers = { authorization: `Bearer ${app.adminToken}` }
  const answer = await fetch(`${app.apiURI}${path}`, { headers })
  if (!answer.ok) throw new RouteError(path, answer.status, await answer.text())
  return ((await answer.json()) as { jobs: readonly IndexingJob[] }).jobs
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

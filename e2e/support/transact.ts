import type { TestApp } from './make-app'

/** Sends steps as an app's admin; throws when they are refused. */
export async function transact(app: TestApp, steps: readonly unknown[]): Promise<void> {
  await post(app, '/admin/transact', { steps })
}

/** What a query gives to an app's admin. */
export async function ask(app: TestApp, query: object): Promise<Record<string, unknown[]>> {
  return (await post(app, '/admin/query', { query })) as Record<string, unknown[]>
}

async function post(
  { apiURI, appId, adminToken }: TestApp,
  path: string,
  body: object,
): Promise<unknown> {
  const answer = await fetch(`${apiURI}${path}?app_id=${appId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminToken}` },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}

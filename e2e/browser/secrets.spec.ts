import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@/e2e/support/browser-test'
import { allTokens, connectionOf } from '@/e2e/support/connections'
import { asAdmin } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

// What every page, answer and console line tells is watched by each test: see browser-test.ts.

test('no file that the browser can load holds a token', async () => {
  const tokens = await allTokens()
  const folder = join(process.cwd(), '.next/static')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const leaking: string[] = []
  for (const file of files) {
    const text = await readFile(join(file.parentPath, file.name), 'latin1')
    if (tokens.some((token) => text.includes(token))) leaking.push(file.name)
  }

  expect(files.length).toBeGreaterThan(10)
  expect(leaking).toEqual([])
})

test('no page, in HTML or as a payload of the router, holds a token', async ({ request }) => {
  const { appId } = await connectionOf('demo')
  const tokens = await allTokens()
  const addresses = [
    '/',
    pages.data(asAdmin(appId)),
    pages.data(asAdmin(appId), 'tickets'),
    pages.query(asAdmin(appId)),
    pages.users(asAdmin(appId)),
  ]
  for (const address of addresses) {
    for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
      const answer = await request.get(address, { headers })
      const text = `${JSON.stringify(answer.headers())}${await answer.text()}`
      expect(
        tokens.filter((token) => text.includes(token)),
        address,
      ).toEqual([])
    }
  }
})

test('a failure does not tell the token either', async ({ request }) => {
  const tokens = await allTokens()
  for (const app of ['wrongToken', 'unreachable'] as const) {
    const { appId } = await connectionOf(app)
    for (const path of ['schema', 'counts', 'namespaces/notes/records']) {
      const text = await (await request.get(`/api/apps/${appId}/${path}?as=admin`)).text()
      expect(
        tokens.filter((token) => text.includes(token)),
        path,
      ).toEqual([])
    }
  }
})

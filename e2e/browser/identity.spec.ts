import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace, recordPanel } from '@/e2e/support/data-page'
import { makeNameless, makeUser, sdkOf, writeLetter } from '@/e2e/support/people-app'
import { ask } from '@/e2e/support/transact'
import { asAdmin, guest, type Identity } from '@/lib/model/identity'
import { recordSearch } from '@/lib/model/namespace-view'
import { toQueryLink } from '@/lib/model/query-link'
import { pages } from '@/lib/model/routes'

test('a user is found by e-mail, acted as on every page, and left again', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  await writeLetter(app, ada, 'To Ada alone')
  await writeLetter(app, eve, 'To Eve alone')
  const grid = await openNamespace(page, app, 'letters')
  await expect(grid).toContainText('To Eve alone')

  await page.keyboard.press('a')
  await page.getByRole('button', { name: /^A user…/ }).click()
  await page.getByRole('searchbox', { name: 'Find a user by e-mail or id' }).fill(ada.email)
  await page
    .getByRole('list', { name: 'Users found' })
    .getByRole('button', { name: ada.email })
    .click()

  await expect(banner(page)).toContainText(`Acting as ${ada.email}`)
  await expect(grid).toContainText('To Ada alone')
  await expect(grid).not.toContainText('To Eve alone')
  await expect(page.getByText('hidden by rules')).toBeVisible()
  expect(page.url()).toContain(`as=${ada.id}`)
  expect(decodeURIComponent(page.url())).not.toContain(ada.email)

  await page.getByRole('link', { name: /^pins/ }).click()
  await expect(page.getByRole('grid', { name: 'Records of pins' })).toContainText('Pinned for all')
  await section(page, 'Query').click()
  await expect(page).toHaveURL(new RegExp(`/query\\?as=${ada.id}`))
  await expect(banner(page)).toContainText(`Acting as ${ada.email}`)

  await banner(page).getByRole('button', { name: 'Exit' }).click()
  await expect(banner(page)).toBeEmpty()
  await expect(page).not.toHaveURL(/as=/)
})

test('an empty grid says that rules hide all, or that there is nothing', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  await writeLetter(app, eve, 'To Eve alone')

  await openAs(page, { kind: 'user', id: ada.id }, 'letters')
  await expect(
    page.getByRole('heading', { name: /The rules hide all [\d,]+ records/ }),
  ).toBeVisible()
  await openAs(page, { kind: 'user', id: ada.id }, 'blanks')
  await expect(page.getByRole('heading', { name: 'No records in blanks yet' })).toBeVisible()
  await page.goto(pages.data(asApp(app, guest), 'pins', new URLSearchParams({ page: '7' })))
  await expect(page.getByRole('heading', { name: 'There is no page 7' })).toBeVisible()
})

test('a query that is shown runs again as whoever is acted as now', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  await writeLetter(app, ada, 'Asked as Ada')
  await writeLetter(app, eve, 'Asked as Eve')
  const link =
    toQueryLink("{ letters: { $: { where: { title: { $like: 'Asked as %' } } } } }") ?? ''
  await page.goto(pages.query(asAdmin(app.appId), new URLSearchParams({ q: link })))
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result).toContainText('Asked as Eve')

  await page.keyboard.press('a')
  await page.getByRole('button', { name: /^A user…/ }).click()
  await page.getByRole('searchbox', { name: 'Find a user by e-mail or id' }).fill(ada.email)
  await page
    .getByRole('list', { name: 'Users found' })
    .getByRole('button', { name: ada.email })
    .click()

  await expect(result).toContainText('Asked as Ada')
  await expect(result).not.toContainText('Asked as Eve')
  await banner(page).getByRole('button', { name: 'Exit' }).click()
  await expect(result).toContainText('Asked as Eve')
})

test('a record that a rule hides is not called deleted', async ({ page }) => {
  const app = await connectionOf('people')
  const eve = await makeUser(app)
  const id = await writeLetter(app, eve, 'To Eve alone')
  const search = recordSearch({ namespace: 'letters', id })
  await page.goto(pages.data(asApp(app, guest), 'letters', search))

  await expect(recordPanel(page, 'letters')).toContainText('the rules do not show it')
})

test('a write goes through as the user, and what the rules forbid is refused', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const letter = await writeLetter(app, ada, 'Draft')
  const as: Identity = { kind: 'user', id: ada.id }

  await page.goto(
    pages.data(asApp(app, as), 'letters', recordSearch({ namespace: 'letters', id: letter })),
  )
  await rename(page, 'letters', 'Sent')
  await expect(recordPanel(page, 'letters').getByRole('heading', { name: 'Sent' })).toBeVisible()

  const grid = await openAs(page, as, 'pins')
  await grid.getByRole('button', { name: 'Open record 1', exact: true }).click()
  await rename(page, 'pins', 'Taken over')
  await expect(recordPanel(page, 'pins').getByRole('alert')).toContainText('Permission denied')
  expect(JSON.stringify(await ask(app, { pins: {} }))).not.toContain('Taken over')
})

test('a query runs as whom the page acts', async ({ page }) => {
  const app = await connectionOf('people')
  const eve = await makeUser(app)
  await writeLetter(app, eve, 'To Eve alone')
  const q = toQueryLink('{ letters: {}, pins: {} }') ?? ''
  await page.goto(pages.query(asApp(app, guest), new URLSearchParams({ q })))

  const result = page.getByRole('region', { name: 'Result' })
  await expect(result).toContainText('Pinned for all')
  await expect(result.getByRole('list', { name: 'Records per namespace' })).toContainText(
    /letters\s*0/,
  )
})

test('a user without an e-mail is acted as by a token that is gone afterwards', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const nameless = await makeNameless(app)
  await writeLetter(app, nameless, 'To nobody by name')
  const grid = await openAs(page, { kind: 'user', id: nameless.id }, 'letters')
  await expect(grid).toContainText('To nobody by name')

  await page.goto('about:blank')
  // Its own session, made by the test, is still there; those of the dashboard are not.
  await expect.poll(() => sessionsOf(nameless.id)).toBe(1)
  await expect(sdkOf(app).auth.verifyToken(nameless.token)).resolves.toMatchObject({
    id: nameless.id,
  })
})

test('nobody is acted as, nor made, by the id of nobody', async ({ page }) => {
  const app = await connectionOf('people')
  const id = randomUUID()
  await page.goto(pages.data(asApp(app, { kind: 'user', id }), 'pins'))

  await expect(banner(page)).toContainText('There is no such user')
  await expect(page.getByText('identity-unavailable')).toBeVisible()
  await expect(page.getByText('Pinned for all')).toHaveCount(0)
  expect(await sdkOf(app).auth.getUser({ id })).toBeNull()
})

for (const as of ['', 'root', 'ada@example.com', 'guest&as=guest']) {
  test(`an address with as=${as} opens no page and reads no data`, async ({ page }) => {
    const app = await connectionOf('people')
    const reads: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/')) reads.push(request.url())
    })
    await page.goto(`${pages.data(asAdmin(app.appId), 'pins')}?as=${as}`)

    await expect(page.getByRole('heading', { name: 'As whom?' })).toBeVisible()
    await expect(page.getByText('Pinned for all')).toHaveCount(0)
    expect(reads).toEqual([])
    expect(await page.content()).not.toContain('Pinned for all')
  })
}

test('a read that does not say as whom is refused', async ({ request }) => {
  const { appId } = await connectionOf('people')
  const root = `/api/apps/${appId}`
  for (const path of ['counts', 'namespaces/pins/records', 'namespaces/pins/count']) {
    for (const search of ['', '?as=', '?as=root']) {
      const answer = await request.get(`${root}/${path}${search}`)
      expect(answer.status(), path + search).toBe(400)
      expect(await answer.text()).not.toContain('Pinned for all')
    }
  }
  const answer = await request.post(`${root}/query`, { data: { query: { pins: {} } } })
  expect(answer.status()).toBe(400)
})

function section(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name })
}

function banner(page: Page) {
  return page.getByRole('status', { name: 'Acting identity' })
}

function asApp({ appId }: { readonly appId: string }, as: Identity) {
  return { appId, as }
}

async function openAs(page: Page, as: Identity, namespace: string) {
  await page.goto(pages.data(asApp(await connectionOf('people'), as), namespace))
  const grid = page.getByRole('grid', { name: `Records of ${namespace}` })
  await expect(grid).toBeVisible()
  return grid
}

async function rename(page: Page, namespace: string, title: string): Promise<void> {
  const panel = recordPanel(page, namespace)
  await panel.getByText('title', { exact: true }).hover()
  await panel.getByRole('button', { name: 'Edit title' }).click()
  await panel.getByRole('textbox', { name: 'title' }).fill(title)
  await panel.getByRole('button', { name: 'Save' }).click()
}

async function sessionsOf(user: string): Promise<number> {
  const where = { $user: user }
  const app = await connectionOf('people')
  const { $userRefreshTokens = [] } = await ask(app, { $userRefreshTokens: { $: { where } } })
  return $userRefreshTokens.length
}

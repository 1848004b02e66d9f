import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace, recordPanel } from '@/e2e/support/data-page'
import type { TestApp } from '@/e2e/support/make-app'
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

  await actAsUser(page, ada)

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

  await leave(page)
  await expect(banner(page)).toHaveText('Acting as Admin.')
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

  await actAsUser(page, ada)

  await expect(result).toContainText('Asked as Ada')
  await expect(result).not.toContainText('Asked as Eve')
  await leave(page)
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

test('what is tried is judged and not written, until real writes are chosen', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const letter = await writeLetter(app, ada, 'Draft')
  const as: Identity = { kind: 'user', id: ada.id }
  await page.goto(
    pages.data(asApp(app, as), 'letters', recordSearch({ namespace: 'letters', id: letter })),
  )
  const panel = recordPanel(page, 'letters')

  await type(page, 'letters', 'Sent')
  await panel.getByRole('button', { name: 'Dry run' }).click()
  await expect(panel.getByRole('status')).toContainText('Dry run: would be allowed')
  await expect(panel.getByRole('textbox', { name: 'title' })).toHaveValue('Sent')
  expect(await titleOf(app, letter)).toBe('Draft')

  await chooseMode(page, 'Real writes')
  await expect(page).toHaveURL(/mode=real/)
  await expect(banner(page)).toContainText('Real writes')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('heading', { name: 'Sent' })).toBeVisible()
  expect(await titleOf(app, letter)).toBe('Sent')
})

test('a dry run names the rule that would refuse, and a real write is refused by it', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const as: Identity = { kind: 'user', id: ada.id }
  const grid = await openAs(page, as, 'pins')
  await grid.getByRole('button', { name: 'Open record 1', exact: true }).click()
  const panel = recordPanel(page, 'pins')

  await type(page, 'pins', 'Taken over')
  await panel.getByRole('button', { name: 'Dry run' }).click()
  await expect(panel.getByRole('alert')).toContainText('Dry run: would be refused')
  await expect(panel.getByRole('alert')).toContainText('pins.allow.update')
  await expect(panel.getByRole('alert')).toContainText('Nothing was written')

  await chooseMode(page, 'Real writes')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('alert')).toContainText('Permission denied')
  await expect(panel.getByRole('textbox', { name: 'title' })).toHaveValue('Taken over')
  expect(JSON.stringify(await ask(app, { pins: {} }))).not.toContain('Taken over')
})

test('a deletion is tried without deleting, and the dialog stays', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const letter = await writeLetter(app, ada, 'To be kept')
  const as: Identity = { kind: 'user', id: ada.id }
  const search = recordSearch({ namespace: 'letters', id: letter })
  await page.goto(pages.data(asApp(app, as), 'letters', search))

  await recordPanel(page, 'letters').getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Dry run' }).click()
  await expect(dialog.getByRole('status')).toContainText('Dry run: would be allowed')
  expect(await titleOf(app, letter)).toBe('To be kept')
})

test('view only, nothing can be changed, and each place says why', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const letter = await writeLetter(app, ada, 'Only to be read')
  const as: Identity = { kind: 'user', id: ada.id }
  const search = recordSearch({ namespace: 'letters', id: letter })
  await page.goto(pages.data({ appId: app.appId, as, mode: 'view' }, 'letters', search))
  const panel = recordPanel(page, 'letters')
  await expect(panel).toContainText('View only')
  await expect(panel.getByRole('button', { name: 'Edit title' })).toBeDisabled()
  await expect(panel.getByRole('button', { name: 'Delete…' })).toBeDisabled()

  await section(page, 'Transact').click()
  await expect(page).toHaveURL(/mode=view/)
  await expect(page.getByRole('region', { name: 'Steps' })).toContainText('View only')
  await page.goto(
    pages.users({ appId: app.appId, as, mode: 'view' }, new URLSearchParams({ user: ada.id })),
  )
  const user = page.getByRole('complementary')
  for (const name of ['Create token…', 'Sign out…', /^Delete/]) {
    await expect(user.getByRole('button', { name })).toBeDisabled()
  }
  await expect(user).toContainText('View only')
})

test('another identity begins with dry runs again, and Back and a reload keep what was', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const grid = await openAs(page, guest, 'pins')
  await chooseMode(page, 'Real writes')
  await page.reload()
  await expect(mode(page, 'Real writes')).toBeChecked()
  await expect(grid.getByRole('row').nth(1)).toBeVisible()

  await actAsUser(page, await makeUser(app))
  await expect(mode(page, 'Dry run')).toBeChecked()
  await expect(page).not.toHaveURL(/mode=/)
  await page.goBack()
  await expect(banner(page)).toContainText('Acting as Guest. Real writes')
  await page.goBack()
  await expect(mode(page, 'Dry run')).toBeChecked()
  await expect(grid).toContainText('Pinned for all')
})

test('an identity is chosen by the keyboard alone: found, moved to, taken', async ({ page }) => {
  const app = await connectionOf('people')
  const [ada, eve] = [await makeUser(app), await makeUser(app)]
  await openNamespace(page, app, 'pins')

  await page.keyboard.press('a')
  await page.keyboard.type(ada.email)
  await expect(identities(page).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(banner(page)).toContainText(`Acting as ${ada.email}`)

  await page.keyboard.press('a')
  await page.keyboard.type(eve.id)
  await expect(identities(page).getByRole('option', { name: eve.email })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(banner(page)).toContainText(`Acting as ${eve.email}`)

  await page.keyboard.press('a')
  await expect(page.getByRole('group', { name: 'Recent' })).toContainText(ada.email)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(banner(page)).toContainText('Acting as Guest')
})

test('a user is acted as from wherever one is shown', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const letter = await writeLetter(app, ada, 'To Ada alone')
  const search = recordSearch({ namespace: 'letters', id: letter })
  await page.goto(pages.data(asAdmin(app.appId), 'letters', search))
  await recordPanel(page, 'letters')
    .getByRole('button', { name: `Act as ${ada.email}` })
    .click()
  await expect(banner(page)).toContainText(`Acting as ${ada.email}`)
  await expect(recordPanel(page, 'letters')).toContainText('To Ada alone')

  const user = recordSearch({ namespace: '$users', id: ada.id })
  await page.goto(pages.data(asAdmin(app.appId), '$users', user))
  await recordPanel(page, '$users')
    .getByRole('button', { name: `Act as ${ada.email}` })
    .click()
  await expect(banner(page)).toContainText(`Acting as ${ada.email}`)

  await page.goto(pages.users(asAdmin(app.appId), new URLSearchParams({ q: ada.email })))
  await page
    .getByRole('grid')
    .getByRole('link', { name: `Act as ${ada.email}` })
    .click()
  await expect(page).toHaveURL(/\/data\//)
  await expect(banner(page)).toContainText(`Acting as ${ada.email}`)
})

test('the title of every page says as whom first', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  await openAs(page, { kind: 'user', id: ada.id }, 'pins')
  await expect(page).toHaveTitle(new RegExp(`^as ${ada.email} · pins · Data · `))
  await section(page, 'Query').click()
  await expect(page).toHaveTitle(new RegExp(`^as ${ada.email} · Query · `))
  await leave(page)
  await expect(page).toHaveTitle(/^Query · /)
})

test('the identity is heard when it changes, not from page to page', async ({ page }) => {
  await openAs(page, guest, 'pins')
  const heard = await banner(page).evaluateHandle((status) => {
    const texts: (string | null)[] = []
    new MutationObserver(() => texts.push(status.textContent)).observe(status, {
      subtree: true,
      childList: true,
      characterData: true,
    })
    return texts
  })
  await section(page, 'Query').click()
  await expect(page).toHaveURL(/query/)
  await chooseMode(page, 'View only')
  await expect(banner(page)).toContainText('View only')

  expect(await heard.jsonValue()).toEqual(['Acting as Guest. View only: Nothing can be changed.'])
})

test('two tabs act as two people, each as its own', async ({ page, context }) => {
  const app = await connectionOf('people')
  const [ada, eve] = [await makeUser(app), await makeUser(app)]
  await writeLetter(app, ada, 'To Ada alone')
  await writeLetter(app, eve, 'To Eve alone')
  const other = await context.newPage()
  await openAs(page, { kind: 'user', id: ada.id }, 'letters')
  await openAs(other, { kind: 'user', id: eve.id }, 'letters')

  for (const [tab, own, others] of [
    [page, 'To Ada alone', 'To Eve alone'],
    [other, 'To Eve alone', 'To Ada alone'],
    [page, 'To Ada alone', 'To Eve alone'],
  ] as const) {
    await tab.reload()
    const grid = tab.getByRole('grid', { name: 'Records of letters' })
    await expect(grid).toContainText(own)
    await expect(grid).not.toContainText(others)
  }
  await leave(other)
  await page.reload()
  await expect(banner(page)).toContainText(`Acting as ${ada.email}`)
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

test('a user without an e-mail is acted as by a token that ends when they are left', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const nameless = await makeNameless(app)
  await writeLetter(app, nameless, 'To nobody by name')
  const grid = await openAs(page, { kind: 'user', id: nameless.id }, 'letters')
  await expect(grid).toContainText('To nobody by name')
  // Its own session, made by the test, and that of the dashboard.
  await expect.poll(() => sessionsOf(nameless.id)).toBe(2)

  await leave(page)
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
  await expect(page.getByRole('heading', { name: 'This user is not there' })).toBeVisible()
  await expect(page.getByText('Pinned for all')).toHaveCount(0)
  expect(await sdkOf(app).auth.getUser({ id })).toBeNull()

  await leave(page)
  await expect(page.getByText('Pinned for all').first()).toBeVisible()
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

/** Types a title into the open record and leaves it there. */
async function type(page: Page, namespace: string, title: string): Promise<void> {
  const panel = recordPanel(page, namespace)
  await panel.getByText('title', { exact: true }).hover()
  await panel.getByRole('button', { name: 'Edit title' }).click()
  await panel.getByRole('textbox', { name: 'title' }).fill(title)
}

async function titleOf(app: TestApp, letter: string): Promise<unknown> {
  const { letters = [] } = await ask(app, { letters: { $: { where: { id: letter } } } })
  return Object(letters[0]).title
}

function mode(page: Page, label: string) {
  return actingBar(page).getByRole('radio', { name: label })
}

async function chooseMode(page: Page, label: string): Promise<void> {
  await actingBar(page).getByText(label, { exact: true }).click()
}

function actingBar(page: Page) {
  return page.getByRole('region', { name: 'Acting as' })
}

async function leave(page: Page): Promise<void> {
  await actingBar(page).getByRole('button', { name: 'Exit' }).click()
}

function identities(page: Page) {
  return page.getByRole('listbox', { name: 'Identities' })
}

async function actAsUser(page: Page, { email }: { readonly email: string }): Promise<void> {
  await page.keyboard.press('a')
  await page.getByRole('combobox', { name: 'Find whom to act as' }).fill(email)
  await identities(page).getByRole('option', { name: email }).click()
}

async function sessionsOf(user: string): Promise<number> {
  const where = { $user: user }
  const app = await connectionOf('people')
  const { $userRefreshTokens = [] } = await ask(app, { $userRefreshTokens: { $: { where } } })
  return $userRefreshTokens.length
}

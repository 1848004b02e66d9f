import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace, recordPanel } from '@/e2e/support/data-page'
import { switchTo } from '@/e2e/support/flaky-backend'
import { noteId } from '@/e2e/support/prepare-apps'
import { asAdmin } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

test.afterEach(() => switchTo('up'))

test('a backend that cannot be reached is named, with what to do', async ({ page }) => {
  const { appId } = await connectionOf('unreachable')
  await page.goto(pages.data(asAdmin(appId)))

  await expect(page.getByRole('main').getByRole('alert').first()).toContainText(
    'http://127.0.0.1:9 cannot be reached',
  )
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible()
})

test('a token that is not valid is said to be so, and is not shown', async ({ page }) => {
  const { appId } = await connectionOf('wrongToken')
  await page.goto(pages.data(asAdmin(appId)))

  await expect(page.getByRole('main').getByRole('alert').first()).toContainText(
    'does not know the admin token',
  )
})

test('when the backend goes down, the records in view stay and a retry brings news', async ({
  page,
}) => {
  const grid = await openNamespace(page, await connectionOf('flaky'), 'notes')
  await expect(grid.getByText('Note 12', { exact: true })).toBeVisible()

  await switchTo('down')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByText('Not up to date: the last refresh failed')).toBeVisible()
  await expect(grid.getByText('Note 12', { exact: true })).toBeVisible()
  await switchTo('up')
  await page.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByText('Not up to date')).toHaveCount(0)
})

test('an edit that could not be sent keeps what was typed, and can be saved later', async ({
  page,
}) => {
  await openNamespace(page, await connectionOf('flaky'), 'notes', { open: `notes:${noteId(3)}` })
  const panel = recordPanel(page, 'notes')
  await panel.getByText('Note 4', { exact: true }).last().dblclick()
  await panel.getByRole('textbox', { name: 'title' }).fill('Written while it was down')

  await switchTo('down')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('alert')).toContainText('Not saved')
  await expect(panel.getByRole('textbox', { name: 'title' })).toHaveValue(
    'Written while it was down',
  )
  await switchTo('up')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('heading', { name: 'Written while it was down' })).toBeVisible()
})

test('a query that cannot be sent keeps its text', async ({ page }) => {
  const { appId } = await connectionOf('flaky')
  await page.goto(pages.query(asAdmin(appId)))
  await page.locator('.monaco-editor').first().click()
  await page.keyboard.insertText('{ notes: {} }')
  await switchTo('down')
  await page.keyboard.press('ControlOrMeta+Enter')

  await expect(page.getByRole('region', { name: 'Result' }).getByRole('alert')).toBeVisible()
  await expect(page.locator('.monaco-editor').first()).toContainText('notes')
  await switchTo('up')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('12 records')
})

test('while the backend is silent the page is there, loading, and can be left', async ({
  page,
}) => {
  const { appId } = await connectionOf('flaky')
  await openNamespace(page, { appId }, 'notes')
  await switchTo('silent')

  await page
    .getByRole('navigation', { name: 'Namespaces' })
    .getByRole('link', { name: /^tags/ })
    .click()
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  await page.getByRole('link', { name: 'Query' }).click()
  await expect(page).toHaveURL(/\/query$/)
})

test('an app that is not connected is not found, and the connected ones are offered', async ({
  page,
}) => {
  const demo = await connectionOf('demo')
  for (const id of [crypto.randomUUID(), 'not-a-uuid']) {
    const answer = await page.goto(`/apps/${id}/data`)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('link', { name: new RegExp(demo.appId) })).toBeVisible()
  }
})

test('a namespace that does not exist is said not to, and the others are offered', async ({
  page,
}) => {
  const { appId } = await connectionOf('demo')
  await page.goto(pages.data(asAdmin(appId), 'tickts/../x'))

  await expect(page.getByText('There is no namespace “tickts/../x”')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'tickets', exact: true }).first().click()
  await expect(page.getByRole('grid', { name: 'Records of tickets' })).toBeVisible()
})

test('what is not valid in an address is left out and said', async ({ page }) => {
  const search = { sort: 'nothing', page: '-3', size: '7', dir: 'up', open: 'tickets:no-uuid' }
  await openNamespace(page, await connectionOf('demo'), 'tickets', search)

  const note = page.getByText('Part of the address was left out')
  await expect(note).toBeVisible()
  for (const value of ['nothing', 'page=-3', 'size=7', 'dir=up', 'open=tickets:no-uuid']) {
    await expect(page.getByRole('listitem').filter({ hasText: value }).first()).toBeVisible()
  }
  await page.getByRole('button', { name: 'Correct the address' }).click()
  await expect(note).toHaveCount(0)
})

test('a record that does not exist is said not to, and the grid stays', async ({ page }) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', {
    open: `tickets:${crypto.randomUUID()}`,
  })

  await expect(recordPanel(page, 'tickets')).toContainText('This record is not there')
  await expect(grid).toBeVisible()
})

test('a page past the last offers the last', async ({ page }) => {
  await openNamespace(page, await connectionOf('demo'), 'tickets', { page: '900' })

  await expect(page.getByText('There is no page 900')).toBeVisible()
  await page.getByRole('button', { name: /^Go to page/ }).click()
  await expect(page.getByText(/of 420/).first()).toBeVisible()
})

const question = 'POST of a question'
for (const [what, body] of [
  ['malformed JSON', '{"query": '],
  ['a query that is no object', '{"query": 3}'],
  ['nothing', ''],
] as const) {
  test(`${question} with ${what} is refused with a reason`, async ({ request }) => {
    const { appId } = await connectionOf('demo')
    const answer = await request.post(`/api/apps/${appId}/query`, {
      headers: { 'content-type': 'application/json' },
      data: Buffer.from(body),
    })

    expect(answer.status()).toBe(400)
    expect((await answer.text()).length).toBeGreaterThan(10)
  })
}

import { demoTotal, planDemo } from '@/backend/demo/plan'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { columnTexts, openNamespace, recordPanel } from '@/e2e/support/data-page'
import { noteId } from '@/e2e/support/prepare-apps'
import { ask, transact } from '@/e2e/support/transact'

const { counts } = planDemo(demoTotal)

test('the first page leads to the data of the demo app, with a count for every namespace', async ({
  page,
}) => {
  await page.goto('/')
  const namespaces = page.getByRole('navigation', { name: 'Namespaces' })

  await expect(page).toHaveURL(/\/apps\/[0-9a-f-]{36}\/data/)
  for (const [namespace, count] of Object.entries(counts)) {
    await expect(
      namespaces.getByRole('link', { name: `${namespace} ${count}`, exact: true }),
    ).toBeVisible()
  }
})

test('the namespace list can be searched, and says when nothing matches', async ({ page }) => {
  await openNamespace(page, await connectionOf('demo'), 'tickets')
  const namespaces = page.getByRole('navigation', { name: 'Namespaces' })
  const search = page.getByRole('searchbox', { name: 'Search namespaces' })

  await search.fill('invo')
  await expect(namespaces.getByRole('link')).toHaveText([/invoices/])
  await search.fill('no such thing')
  await expect(namespaces).toContainText('No namespace has “no such thing” in its name.')
})

test('a pinned namespace stands first, also after a reload, until it is unpinned', async ({
  page,
}) => {
  await openNamespace(page, await connectionOf('demo'), 'tickets')
  const namespaces = page.getByRole('navigation', { name: 'Namespaces' })
  await namespaces.getByRole('link', { name: /^teams/ }).hover()
  await namespaces.getByRole('button', { name: 'Pin teams' }).click()
  await expect(namespaces.getByRole('link').first()).toHaveText(/teams/)
  await page.reload()
  await expect(namespaces.getByRole('link').first()).toHaveText(/teams/)
  await namespaces.getByRole('button', { name: 'Unpin teams' }).click()
  await expect(namespaces.getByRole('link').first()).toHaveText(/articles/)
})

for (const [view, count] of [
  ['', 24],
  ['filter=name = "feature request"', 1],
  ['as=guest&compare=1', 24],
] as const) {
  test(`the HTML of a page has its records drawn, as they are asked for: ${view}`, async ({
    request,
  }) => {
    const { appId } = await connectionOf('demo')
    // A page does not wait long for its data, so on a busy machine one may come without.
    await expect(async () => {
      const html = await (await request.get(`/apps/${appId}/data/labels?${encodeURI(view)}`)).text()
      expect(html).toMatch(/role="grid".*feature request/s)
      expect(html.match(/role="row"[^>]*aria-rowindex/g)).toHaveLength(count + 1)
    }).toPass({ timeout: 25_000 })
  })
}

test('sorting by a column orders all records, not only those on the page', async ({ page }) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', { size: '50' })

  await grid
    .getByRole('columnheader', { name: /^number/ })
    .getByRole('button')
    .first()
    .click()
  await expect(page).toHaveURL(/sort=number/)
  await expect.poll(() => columnTexts(grid, 'number').then((texts) => texts[0])).toMatch(/^1,?001$/)
  await grid
    .getByRole('columnheader', { name: /^number/ })
    .getByRole('button')
    .first()
    .click()
  await expect.poll(() => columnTexts(grid, 'number').then((texts) => texts[0])).toMatch(/^1,?420$/)
})

test('pages follow each other without gaps, and Back returns', async ({ page }) => {
  const search = { sort: 'number', dir: 'asc', size: '50' }
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', search)

  await expect(page.getByText('1–50 of 420')).toBeVisible()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByText('51–100 of 420')).toBeVisible()
  await expect.poll(() => columnTexts(grid, 'number').then((texts) => texts[0])).toMatch(/^1,?051$/)
  await page.getByRole('button', { name: 'Last page' }).click()
  await expect(page.getByText('401–420 of 420')).toBeVisible()
  await page.goBack()
  await expect(page.getByText('51–100 of 420')).toBeVisible()
})

test('a record shows its values and its links in both directions, and links lead on', async ({
  page,
}) => {
  const search = { sort: 'number', dir: 'asc' }
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', search)
  await grid.getByRole('button', { name: 'Open record 3', exact: true }).click()
  const panel = recordPanel(page, 'tickets')

  await expect(panel.getByText('1003', { exact: true })).toBeVisible()
  const links = panel.getByRole('region', { name: 'Links' })
  await expect(links).toContainText('requester')
  await expect(links).toContainText('comments')
  await links
    .getByRole('listitem')
    .filter({ hasText: /^requester/ })
    .getByRole('button')
    .click()
  await expect(recordPanel(page, 'profiles')).toContainText('requestedTickets')
  await recordPanel(page, 'profiles')
    .getByRole('button', { name: /^Back to tickets/ })
    .click()
  await expect(panel).toBeVisible()
})

test('the address holds the whole view: a reload shows the same', async ({ page }) => {
  const search = { sort: 'number', dir: 'desc', size: '50', page: '2', hide: 'body,status' }
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', search)
  await grid.getByRole('button', { name: 'Open record 51', exact: true }).click()
  const panel = recordPanel(page, 'tickets')
  await expect(panel.getByText('1370', { exact: true })).toBeVisible()
  const before = { url: page.url(), numbers: await columnTexts(grid, 'number') }

  await page.reload()
  await expect(panel.getByText('1370', { exact: true })).toBeVisible()
  await expect.poll(() => columnTexts(grid, 'number')).toEqual(before.numbers)
  expect(page.url()).toBe(before.url)
  await expect(grid.getByRole('columnheader', { name: /^body/ })).toHaveCount(0)
})

test('one field is edited and stored, and nothing else of the record is touched', async ({
  page,
}) => {
  const workshop = await connectionOf('workshop')
  await openNamespace(page, workshop, 'notes', { open: `notes:${noteId(0)}` })
  const panel = recordPanel(page, 'notes')

  await panel.getByText('Note 1', { exact: true }).last().dblclick()
  await panel.getByRole('textbox', { name: 'title' }).fill('Note one, edited')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('heading', { name: 'Note one, edited' })).toBeVisible()
  await page.reload()
  await expect(panel.getByRole('heading', { name: 'Note one, edited' })).toBeVisible()
  const { notes } = await ask(workshop, { notes: { $: { where: { id: noteId(0) } } } })
  expect(notes).toEqual([
    expect.objectContaining({ title: 'Note one, edited', slug: 'note-1', amount: 0 }),
  ])
})

test('a refused edit says why and keeps what was typed', async ({ page }) => {
  const workshop = await connectionOf('workshop')
  await openNamespace(page, workshop, 'notes', { open: `notes:${noteId(1)}` })
  const panel = recordPanel(page, 'notes')

  await panel.getByText('note-2', { exact: true }).last().dblclick()
  await panel.getByRole('textbox', { name: 'slug' }).fill('note-3')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('alert')).toContainText('Not saved')
  await expect(panel.getByRole('alert')).toContainText('note-3')
  await expect(panel.getByRole('textbox', { name: 'slug' })).toHaveValue('note-3')
})

test('a value of the wrong type is not sent', async ({ page }) => {
  const workshop = await connectionOf('workshop')
  await openNamespace(page, workshop, 'notes', { open: `notes:${noteId(2)}` })
  const panel = recordPanel(page, 'notes')

  await panel.getByText('20', { exact: true }).last().dblclick()
  await panel.getByRole('textbox', { name: 'amount' }).fill('many')
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect(panel.getByRole('alert')).toBeVisible()
  const { notes } = await ask(workshop, { notes: { $: { where: { id: noteId(2) } } } })
  expect(notes).toEqual([expect.objectContaining({ amount: 20 })])
})

test('deleting a record says what becomes of its links, and it is gone', async ({ page }) => {
  const workshop = await connectionOf('workshop')
  const id = crypto.randomUUID()
  await transact(workshop, [['create', 'notes', id, { title: 'To be deleted' }]])
  await openNamespace(page, workshop, 'notes', { open: `notes:${id}` })

  await recordPanel(page, 'notes').getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
  await expect(dialog).toContainText('It cannot be undone.')
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  // First this: what is behind an open dialog counts as not there.
  await expect(dialog).toHaveCount(0)
  await expect(recordPanel(page, 'notes')).toHaveCount(0)
  await expect(page.getByRole('grid').getByText('To be deleted')).toHaveCount(0)
  expect((await ask(workshop, { notes: { $: { where: { id } } } })).notes).toEqual([])
})

test('markup in data is text', async ({ page }) => {
  const demo = await connectionOf('demo')
  const where = { subject: '<script>alert("hello")</script> in the customer name' }
  const { tickets } = await ask(demo, { tickets: { $: { where, limit: 1 } } })
  const [ticket] = tickets as { id: string }[]
  await openNamespace(page, demo, 'tickets', { open: `tickets:${ticket?.id}` })

  await expect(
    recordPanel(page, 'tickets').getByRole('heading', { name: where.subject }),
  ).toBeVisible()
})

test('the grid is usable by keyboard alone', async ({ page }) => {
  const search = { sort: 'number', dir: 'asc' }
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', search)

  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+Space')
  await expect(recordPanel(page, 'tickets')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(recordPanel(page, 'tickets')).toHaveCount(0)
  await expect(grid).toBeFocused()
})

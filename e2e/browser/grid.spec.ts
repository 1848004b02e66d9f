import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { columnTexts, openNamespace } from '@/e2e/support/data-page'
import { makeUser, writeLetter } from '@/e2e/support/people-app'

const byNumber = { sort: 'number', dir: 'asc', size: '50' }
const last = /^1,?420$/

test('the grid scrolls on through all records, each once, by cursor from the third page on', async ({
  page,
}) => {
  const cursors: (string | null)[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.pathname.endsWith('/tickets/records')) cursors.push(url.searchParams.get('after'))
  })
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', byNumber)

  const seen = new Set<string>()
  await expect(async () => {
    await grid.evaluate((element) => element.scrollBy(0, 400))
    const texts = await columnTexts(grid, 'number')
    for (const text of texts) seen.add(text)
    expect(texts.at(-1)).toMatch(last)
  }).toPass({ intervals: [60] })
  expect(seen.size).toBe(420)
  expect(cursors.filter((cursor) => cursor !== null).length).toBeGreaterThanOrEqual(6)
})

test('the address keeps where one has scrolled to, and a reload begins there', async ({ page }) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', byNumber)
  await expect(page.getByText('1–50 of 420')).toBeVisible()

  await grid.evaluate((element) => element.scrollTo(0, 32 * 60))
  await expect(page).toHaveURL(/page=2/)
  await expect(page.getByText('51–100 of 420')).toBeVisible()
  expect(await grid.evaluate((element) => element.scrollTop)).toBe(32 * 60)
  await page.reload()
  await expect.poll(() => columnTexts(grid, 'number').then((texts) => texts[0])).toMatch(/^1,?051$/)
})

test('scrolling up from a page that was jumped to brings the pages before it, without a jump', async ({
  page,
}) => {
  const search = { ...byNumber, page: '4' }
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', search)
  await expect.poll(() => columnTexts(grid, 'number').then((texts) => texts[0])).toMatch(/^1,?151$/)

  await grid.hover()
  await page.mouse.wheel(0, -1)
  await expect(grid.getByRole('button', { name: 'Open record 150', exact: true })).toBeAttached()
  expect(await grid.evaluate((element) => element.scrollTop)).toBe(32 * 50)
  await expect(grid.getByRole('button', { name: 'Open record 151', exact: true })).toBeInViewport()
})

test('a page that tells where it ends is read as whom the request names', async ({ request }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  await writeLetter(app, ada, 'To Ada alone')
  await writeLetter(app, eve, 'To Eve alone')
  const read = async (as: string) => {
    const search = `?as=${as}&isWalk=true&size=1000`
    const answer = await request.get(`/api/apps/${app.appId}/namespaces/letters/records${search}`)
    expect(answer.status()).toBe(200)
    return answer.text()
  }

  expect(await read('admin')).toContain('To Eve alone')
  expect(await read(ada.id)).toContain('To Ada alone')
  expect(await read(ada.id)).not.toContain('To Eve alone')
  expect(await read('guest')).not.toContain('alone')
})

test('what is no cursor is refused', async ({ request }) => {
  const { appId } = await connectionOf('demo')
  const path = `/api/apps/${appId}/namespaces/tickets/records`
  for (const after of ['x', '{}', '["e"]']) {
    const answer = await request.get(path, { params: { as: 'admin', isWalk: 'true', after } })
    expect(answer.status(), after).toBe(400)
  }
})

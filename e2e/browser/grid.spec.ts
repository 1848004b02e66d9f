import type { Locator, Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { columnTexts, openNamespace, recordPanel } from '@/e2e/support/data-page'
import { makeUser, writeLetter } from '@/e2e/support/people-app'
import { columnName, longLength, wideColumns } from '@/e2e/support/wide-app'

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

  // As far as rows are there: those of the second page may still be on their way.
  const scrollDown = () =>
    grid.evaluate((element) => {
      element.scrollTo(0, 32 * 60)
      return element.scrollTop
    })
  await expect.poll(scrollDown).toBe(32 * 60)
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

test('Shift and the arrows select a rectangle of cells, which is copied as a table', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', {
    ...byNumber,
    cols: 'number,subject',
  })
  const numbers = await columnTexts(grid, 'number')
  const subjects = await columnTexts(grid, 'subject')

  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(grid).toHaveAttribute('aria-multiselectable', 'true')
  await expect(grid.locator('[role=gridcell][aria-selected=true]')).toHaveCount(4)
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('Copied 4 cells (2 × 2)')).toBeVisible()
  const [plain, html] = await readClipboard(page)
  const lines = [1, 2].map((row) => `${numbers[row]?.replace(',', '')}\t${subjects[row]}`)
  expect(plain).toBe(lines.join('\n'))
  expect(html.match(/<td/g)).toHaveLength(4)

  await page.keyboard.press('Escape')
  await expect(grid.locator('[role=gridcell][aria-selected=true]')).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('Copied 1 cell', { exact: true })).toBeVisible()
  expect((await readClipboard(page))[0]).toBe(subjects[2])
})

test('cells are selected by dragging, by Shift and a click, and all at hand by a key', async ({
  page,
}) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'labels')
  const selected = grid.locator('[role=gridcell][aria-selected=true]')
  const cell = (row: number, column: number) => grid.locator(`[data-cell="${row}:${column}"]`)

  await cell(1, 0).hover()
  await page.mouse.down()
  await cell(2, 1).hover()
  await cell(3, 1).hover()
  await page.mouse.up()
  await expect(selected).toHaveCount(6)
  await cell(2, 1).click()
  await expect(selected).toHaveCount(0)
  await cell(0, 0).click({ modifiers: ['Shift'] })
  await expect(selected).toHaveCount(6)
  await expect(grid).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  const cells = await grid.locator('[data-cell]').count()
  await expect(selected).toHaveCount(cells)
})

test('going up from the first row at hand brings the rows before it', async ({ page }) => {
  const search = { ...byNumber, page: '4' }
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', search)
  await expect.poll(() => columnTexts(grid, 'number').then((texts) => texts[0])).toMatch(/^1,?151$/)

  await grid.focus()
  await page.keyboard.press('ArrowUp')
  await expect(grid.getByRole('button', { name: 'Open record 150', exact: true })).toBeInViewport()
  await expect.poll(() => rowOfCursor(grid)).toBe('151')
})

test('Ctrl with End and Home goes to the last and the first of all records', async ({ page }) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', byNumber)

  await grid.focus()
  await page.keyboard.press('ControlOrMeta+End')
  await expect(grid.getByRole('button', { name: 'Open record 420', exact: true })).toBeInViewport()
  await expect.poll(() => rowOfCursor(grid)).toBe('421')
  await page.keyboard.press('ControlOrMeta+Home')
  await expect(grid.getByRole('button', { name: 'Open record 1', exact: true })).toBeInViewport()
  await expect.poll(() => rowOfCursor(grid)).toBe('2')
})

test('when a following page cannot be read, it says so, keeps the rows, and tries again when told', async ({
  page,
}) => {
  await page.route(/tickets\/records\?.*page=2/, (route) => route.abort())
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', byNumber)

  const note = page.getByRole('alert').filter({ hasText: 'The records after these' })
  await expect(note).toBeVisible()
  await expect(grid.getByRole('button', { name: 'Open record 1', exact: true })).toBeVisible()
  await page.unrouteAll()
  await note.getByRole('button', { name: 'Retry' }).click()
  await expect(note).toHaveCount(0)
  await grid.evaluate((element) => element.scrollTo(0, 32 * 48))
  await expect(grid.getByRole('button', { name: 'Open record 60', exact: true })).toBeAttached()
})

test('Space shows all of a value, and Escape goes back to the cell', async ({ page }) => {
  const search = { cols: 'extra,at,day,text,label' }
  const grid = await openNamespace(page, await connectionOf('wide'), 'odds', search)
  const cellOf = (text: string) => grid.getByRole('gridcell').filter({ hasText: text })
  const popup = page.getByRole('dialog')

  await cellOf('"deep"').click()
  await page.keyboard.press('Space')
  await expect(popup.locator('pre')).toHaveText(
    JSON.stringify({ deep: { list: [1, 2, 3] } }, null, 2),
    { useInnerText: true },
  )
  await page.keyboard.press('Escape')
  await expect(popup).toHaveCount(0)
  await expect(grid).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(popup).toContainText('2026-03-14T02:00:00.000Z')
  await expect(popup).toContainText('UTC')
  await expect(popup).toContainText('From now')

  // With the next frame held back: what is typed at once is typed into the grid.
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0
  })
  await page.keyboard.press('Escape')
  expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true)
})

test('of a text of a million characters the beginning is shown, it is said, and all of it is copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const search = { cols: 'text' }
  const grid = await openNamespace(page, await connectionOf('wide'), 'odds', search)
  await grid.getByRole('gridcell').filter({ hasText: 'long long' }).click()
  await page.keyboard.press('Space')

  const popup = page.getByRole('dialog', { name: 'text' })
  await expect(popup).toContainText('The first 100,000 of 1,000,000 characters')
  expect((await popup.locator('pre').innerText()).length).toBe(100_000)
  await popup.getByRole('button', { name: 'Copy text' }).click()
  await expect(popup.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(
    await page.evaluate(() => navigator.clipboard.readText().then((text) => text.length)),
  ).toBe(longLength)
})

test('a pinned column stays in view, and a reload keeps it, the order and the height of rows', async ({
  page,
}) => {
  const demo = await connectionOf('demo')
  const grid = await openNamespace(page, demo, 'tickets')
  const heading = grid.getByRole('columnheader', { name: /^subject/ })

  await grid.focus()
  await page.keyboard.press('Control+ArrowUp')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Pin to the left' }).click()
  await expect(heading).toHaveAttribute('aria-colindex', '2')
  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.getByRole('button', { name: 'Move channel up' }).click()
  await page.getByRole('radio', { name: 'compact' }).check({ force: true })
  await page.keyboard.press('Escape')

  await expect(page).toHaveURL(/cols=/)
  // Another visit, by an address that says nothing of the columns.
  await openNamespace(page, demo, 'tickets')
  await expect(heading).toHaveAttribute('aria-colindex', '2')
  await grid.evaluate((element) => element.scrollTo(600, 0))
  const left = await heading.evaluate((element) => element.getBoundingClientRect().left)
  const gutter = await grid.evaluate((element) => element.getBoundingClientRect().left + 52)
  expect(Math.abs(left - gutter)).toBeLessThan(2)
  const row = grid.getByRole('row').nth(1)
  expect((await row.boundingBox())?.height).toBe(28)
  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.getByRole('button', { name: 'Reset columns' }).click()
  await expect(heading).toHaveAttribute('aria-colindex', '3')
})

test('what an address says of the columns counts before what the browser keeps', async ({
  page,
}) => {
  const demo = await connectionOf('demo')
  const grid = await openNamespace(page, demo, 'labels', { hide: 'color' })
  await page.getByRole('button', { name: /^Columns/ }).click()
  await page.getByRole('checkbox', { name: 'description' }).uncheck()

  await openNamespace(page, demo, 'labels', { hide: 'name' })
  await expect(grid.getByRole('columnheader', { name: /^name/ })).toHaveCount(0)
  await expect(grid.getByRole('columnheader', { name: /^color/ })).toHaveCount(1)
  await openNamespace(page, demo, 'labels')
  await expect(grid.getByRole('columnheader', { name: /^color/ })).toHaveCount(0)
  await expect(grid.getByRole('columnheader', { name: /^name/ })).toHaveCount(1)
})

test('a double click at the edge of a heading makes the column as wide as its values', async ({
  page,
}) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets')
  const heading = grid.getByRole('columnheader', { name: /^subject/ })
  await expect(grid.getByRole('button', { name: 'Open record 1', exact: true })).toBeVisible()

  await heading.locator('[aria-hidden=true].cursor-col-resize').dblclick()
  await expect(page).toHaveURL(/widths=subject/)
  await expect.poll(() => grid.locator('[data-cell$=":1"]').evaluateAll(cutOff)).toEqual([])
})

test('of five hundred columns those near the view are drawn, each under its own number', async ({
  page,
}) => {
  const grid = await openNamespace(page, await connectionOf('wide'), 'rows')
  await expect(grid).toHaveAttribute('aria-colcount', `${wideColumns + 2}`)
  await expect(grid.getByRole('columnheader', { name: /^n000/ })).toBeVisible()
  expect(await grid.getByRole('columnheader').count()).toBeLessThan(60)

  await grid.focus()
  await page.keyboard.press('End')
  const last = grid.getByRole('columnheader', { name: new RegExp(`^${columnName(499)}`) })
  await expect(last).toBeInViewport()
  await expect(last).toHaveAttribute('aria-colindex', `${wideColumns + 2}`)
  const [cell] = await columnTexts(grid, columnName(499))
  expect(cell).toMatch(/499$/)
  await expect(grid.getByRole('columnheader', { name: /^n000/ })).toHaveCount(0)
  expect(await grid.getByRole('columnheader').count()).toBeLessThan(60)
  // Headings stand over their cells.
  const left = await last.evaluate((element) => element.getBoundingClientRect().left)
  const cellLeft = await grid
    .locator(`[role=gridcell][aria-colindex="${wideColumns + 2}"]`)
    .first()
    .evaluate((element) => element.getBoundingClientRect().left)
  expect(cellLeft).toBe(left)
})

test.describe('in New York', () => {
  test.use({ timezoneId: 'America/New_York' })

  test('a date is told in the zone of the reader, a day is the same day, and nothing is told from null', async ({
    page,
  }) => {
    const grid = await openNamespace(page, await connectionOf('wide'), 'odds', {
      cols: 'label,at,day,text',
    })
    const rowOf = (label: string) =>
      grid.getByRole('row').filter({ has: page.getByText(label, { exact: true }) })
    const odd = rowOf('Odd').getByRole('gridcell')

    await expect(odd.nth(2)).toHaveText('2026-03-13 22:00')
    await expect(odd.nth(2).locator('time')).toHaveAttribute('title', /^2026-03-14 02:00 UTC/)
    await expect(odd.nth(3)).toHaveText('2026-03-14')
    await rowOf('Odd')
      .getByRole('button', { name: /^Open record/ })
      .click()
    const panel = recordPanel(page, 'odds')
    await expect(panel).toContainText('2026-03-13 22:00America/New_York2026-03-14 02:00 UTC')
    await expect(rowOf('Null').getByRole('gridcell').nth(2)).toHaveText('Not set')
    await expect(rowOf('Null').getByRole('gridcell').nth(4)).toHaveText('null')
  })
})

test('a link to many tells how many and the first; resting on one shows it, following it can be gone back from', async ({
  page,
}) => {
  const reads: string[] = []
  page.on('request', (request) => {
    if (/namespaces\/parts\/records\/./.test(request.url())) reads.push(request.url())
  })
  const search = { cols: 'label,parts' }
  const grid = await openNamespace(page, await connectionOf('wide'), 'odds', search)
  const cell = grid.getByRole('gridcell').filter({ hasText: 'Part 1' })
  await expect(cell).toHaveText(/^5Part 1Part 2Part 3$/)

  await cell.getByRole('button', { name: 'Part 2' }).hover()
  await expect(page.getByText(/^parts [0-9a-f]{8}$/)).toBeVisible()
  await expect(page.getByText('weight', { exact: true })).toBeVisible()
  expect(reads).toHaveLength(1)
  expect(reads[0]).toContain('as=admin')

  await cell.getByRole('button', { name: 'Part 2' }).click()
  await expect(recordPanel(page, 'parts')).toContainText('Part 2')
  await page.goBack()
  await expect(recordPanel(page, 'parts')).toHaveCount(0)
  await expect(grid).toBeVisible()
})

test('links to many are listed in full by Space, and copied by name', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const search = { cols: 'label,parts' }
  const grid = await openNamespace(page, await connectionOf('wide'), 'odds', search)
  const cell = grid.getByRole('gridcell').filter({ hasText: 'Part 1' })
  await cell.click({ position: { x: 6, y: 6 } })
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('Copied 1 cell', { exact: true })).toBeVisible()
  expect((await readClipboard(page))[0]).toBe('Part 1, Part 2, Part 3 and 2 more')

  await page.keyboard.press('Space')
  const list = page.getByRole('dialog', { name: 'parts' }).getByRole('listitem')
  await expect(list).toHaveText(['Part 1', 'Part 2', 'Part 3', 'Part 4', 'Part 5'])
})

test('what a link to many leads to is read as whom the request names', async ({ request }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  await writeLetter(app, ada, 'To Ada alone')
  await writeLetter(app, eve, 'To Eve alone')
  const read = async (as: string) => {
    const search = new URLSearchParams({ as, label: 'letters', ids: `${ada.id},${eve.id}` })
    const answer = await request.get(`/api/apps/${app.appId}/namespaces/$users/linked?${search}`)
    expect(answer.status()).toBe(200)
    return answer.text()
  }

  expect(await read('admin')).toContain('To Eve alone')
  expect(await read(ada.id)).toContain('To Ada alone')
  expect(await read(ada.id)).not.toContain('To Eve alone')
  expect(await read('guest')).not.toContain('alone')
})

/** What was copied, as text and as HTML. */
function readClipboard(page: Page): Promise<[plain: string, html: string]> {
  return page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    const read = async (type: string) => (await item?.getType(type))?.text() ?? ''
    return [await read('text/plain'), await read('text/html')]
  })
}

/** The `aria-rowindex` of the row where the keyboard is. */
function rowOfCursor(grid: Locator): Promise<string | null> {
  return grid.evaluate((element) => {
    const cell = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
    return cell?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? null
  })
}

/** The texts of cells that do not fit into them. */
function cutOff(cells: readonly Element[]): string[] {
  return cells
    .flatMap((cell) => [cell, ...cell.querySelectorAll('.truncate')])
    .filter((part) => part.scrollWidth > part.clientWidth)
    .map((part) => part.textContent ?? '')
}

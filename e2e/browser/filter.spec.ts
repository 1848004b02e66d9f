import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { columnTexts, openNamespace } from '@/e2e/support/data-page'
import { makeUser, writeLetter } from '@/e2e/support/people-app'
import { pages } from '@/lib/model/routes'

test('a filter is made by clicking, kept in the address, switched off and removed', async ({
  page,
}) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets')
  await expect(page.getByText('of 420')).toBeVisible()

  await newFilter(page, { attribute: 'status', operator: '=', value: 'open' })
  await expect(pill(page, 'status = "open"')).toBeVisible()
  await expect(page).toHaveURL(/filter=status/)
  await expect
    .poll(async () => new Set(await columnTexts(grid, 'status')))
    .toEqual(new Set(['open']))

  await newFilter(page, { attribute: 'priority', operator: '>=', value: '3' })
  await expect(pill(page, 'priority >= 3')).toBeVisible()
  await page.reload()
  await expect(pill(page, 'priority >= 3')).toBeVisible()
  await expect.poll(async () => Math.min(...(await numbers(page, 'priority')))).toBeGreaterThan(2)

  await page.getByRole('checkbox', { name: 'Ask for status = "open"' }).click()
  await expect(page).toHaveURL(/filter=off/)
  await expect.poll(async () => new Set(await columnTexts(grid, 'status')).size).toBeGreaterThan(1)
  await page.goBack()
  await expect(page.getByRole('checkbox', { name: 'Ask for status = "open"' })).toBeChecked()

  await page.getByRole('button', { name: 'Remove priority >= 3' }).click()
  await page.getByRole('button', { name: 'Remove status = "open"' }).click()
  await expect(page.getByText('of 420')).toBeVisible()
  await expect(page).not.toHaveURL(/filter/)
})

test('conditions on linked records and alternatives nest, as pills and as text', async ({
  page,
}) => {
  await openNamespace(page, await connectionOf('demo'), 'tickets')
  await writeText(page, 'status = closed and (priority >= 2 or labels.name = vip)')

  const group = page.getByRole('group', { name: 'Group: priority >= 2 or labels.name = "vip"' })
  await expect(group).toBeVisible()
  await expect(group.getByRole('button', { name: 'or', exact: true })).toBeVisible()
  const many = await total(page)
  await group.getByRole('button', { name: 'or', exact: true }).click()
  await expect(page.getByRole('button', { name: 'labels.name = "vip"', exact: true })).toBeVisible()
  await expect.poll(() => total(page)).toBeLessThan(many)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Write the filter as text' }).click()
  await expect(page.getByRole('textbox', { name: 'Filter as text' })).toHaveValue(
    'status = "closed" and (priority >= 2 and labels.name = "vip")',
  )
})

test('what cannot be asked stays in view with its reason and the fix', async ({ page }) => {
  await openNamespace(page, await connectionOf('demo'), 'tickets', {
    filter: 'priority > "3" and nothing = 1 and status = "open"',
  })
  await expect(page.getByText('Part of the filter is not asked for')).toBeVisible()
  await expect(
    page.getByText('tickets has no attribute or link called “nothing”.').last(),
  ).toBeVisible()
  await expect(page).toHaveURL(/nothing/)

  await page.getByRole('button', { name: 'Use 3', exact: true }).click()
  await expect(pill(page, 'priority > 3')).toBeVisible()
  await page.getByRole('button', { name: 'Remove nothing = 1' }).click()
  await expect(page.getByText('Part of the filter is not asked for')).toBeHidden()
})

test('a text that is no filter is kept as it was typed, with the place where it goes wrong', async ({
  page,
}) => {
  await openNamespace(page, await connectionOf('demo'), 'tickets', { filter: 'status = = "open"' })
  await expect(page.getByText('nothing of it counts')).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Filter as text' })
  await expect(field).toHaveValue('status = = "open"')
  await expect(page.getByText('Expected a value here, in place of “=”.')).toBeVisible()

  await field.fill('status = "open" and')
  await field.press('Enter')
  await expect(field).toHaveValue('status = "open" and')
  await field.fill('status = "open"')
  await field.press('Enter')
  await expect(pill(page, 'status = "open"')).toBeVisible()
})

test('/ searches all indexed text, and an empty grid says that the filter excludes the rest', async ({
  page,
}) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets')
  await expect(page.getByText('of 420')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('cannot')
  await expect(page).toHaveURL(/search=cannot/)
  await expect.poll(() => total(page)).toBeLessThan(420)
  for (const text of await columnTexts(grid, 'subject'))
    expect(text.toLowerCase()).toContain('cannot')

  await page.getByRole('searchbox', { name: 'Search tickets' }).fill('no such words anywhere')
  await expect(page.getByRole('heading', { name: 'No record of tickets matches' })).toBeVisible()
  await expect(page.getByText('The filter excludes all 420 records there are.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(page.getByText('of 420')).toBeVisible()
  await expect(page.getByRole('searchbox', { name: 'Search tickets' })).toHaveValue('')
})

test('a cell is filtered by with the right button, and by Shift F10', async ({ page }) => {
  const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', { sort: 'number' })
  await grid
    .getByRole('gridcell', { name: 'solved', exact: true })
    .first()
    .click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Filter: status = "solved"' }).click()
  await expect(pill(page, 'status = "solved"')).toBeVisible()
  await expect
    .poll(async () => new Set(await columnTexts(grid, 'status')))
    .toEqual(new Set(['solved']))

  await grid.getByRole('gridcell', { name: 'chat', exact: true }).first().click()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Filter: channel != "chat"' }).press('Enter')
  await expect(pill(page, 'channel != "chat"')).toBeVisible()
  await expect.poll(async () => await columnTexts(grid, 'channel')).not.toContain('chat')
  await expectAccessible(page)
})

test('a filter is asked as whom one acts as, and says when it is the rules that hide all', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  await writeLetter(app, eve, 'Only for Eve')
  const search = new URLSearchParams({ filter: 'title = "Only for Eve"' })
  await page.goto(
    pages.data({ appId: app.appId, as: { kind: 'user', id: ada.id } }, 'letters', search),
  )
  await expect(
    page.getByRole('heading', { name: /The rules hide all .* that match/ }),
  ).toBeVisible()
})

test('a view goes on in the query editor, and a query comes back as a view', async ({ page }) => {
  await openNamespace(page, await connectionOf('demo'), 'tickets', {
    filter: 'status = "open" and labels.name = "vip"',
    sort: 'number',
  })
  await page.getByRole('button', { name: 'Show as InstaQL' }).click()
  await page.getByRole('link', { name: 'Open in the query editor' }).click()
  await expect(page.locator('.monaco-editor').first()).toContainText('labels.name')

  await page.getByRole('link', { name: 'Open in Data' }).click()
  await expect(pill(page, 'labels.name = "vip"')).toBeVisible()
  await expect(page).toHaveURL(/sort=number/)
})

interface NewFilter {
  readonly attribute: string
  readonly operator: string
  readonly value: string
}

async function newFilter(page: Page, { attribute, operator, value }: NewFilter): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'New filter' })
  await form.getByRole('combobox', { name: 'Attribute' }).selectOption(attribute)
  await form.getByRole('combobox', { name: 'Operator' }).selectOption(operator)
  await form.getByRole('textbox', { name: 'Value' }).fill(value)
  await form.getByRole('button', { name: 'Add' }).click()
}

async function writeText(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Write the filter as text' }).click()
  const field = page.getByRole('textbox', { name: 'Filter as text' })
  await field.fill(text)
  await field.press('Enter')
}

function pill(page: Page, text: string) {
  return page.getByRole('button', { name: text, exact: true })
}

async function numbers(page: Page, column: string): Promise<number[]> {
  const texts = await columnTexts(page.getByRole('grid'), column)
  return texts.map(Number)
}

async function total(page: Page): Promise<number> {
  const text = await page.getByText(/ of [\d,]+$/).innerText()
  return Number(/of ([\d,]+)$/.exec(text)?.[1]?.replaceAll(',', ''))
}

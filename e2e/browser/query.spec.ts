import type { Locator, Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { holdRendering } from '@/e2e/support/hold-rendering'
import { asAdmin } from '@/lib/model/identity'
import { toQueryLink } from '@/lib/model/query-link'
import { pages } from '@/lib/model/routes'

test('a query is run with Mod+Enter and gives records with their figures', async ({ page }) => {
  await openQueryPage(page)
  await write(page, '{ labels: { $: { order: { name: "asc" }, limit: 3 } } }')
  await page.keyboard.press('ControlOrMeta+Enter')

  await expect(result(page)).toContainText('3 records')
  await expect(result(page)).toContainText('accessibility')
})

test('a query stays in the address: a reload runs it again', async ({ page }) => {
  await openQueryPage(page)
  await write(page, '{ teams: { lead: {} } }')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(result(page)).toContainText('teams.lead')

  await page.reload()
  await expect(result(page)).toContainText('teams.lead')
  await expect(editor(page)).toBeVisible()
})

test('Mod+Enter right after a letter runs the text with that letter', async ({ page }) => {
  await openQueryPage(page)
  const letRender = await holdRendering(page)
  await write(page, '{ labels: { $: { limit: 2 } } }')
  await page.keyboard.press('ControlOrMeta+Enter')
  await letRender()

  await expect(result(page)).toContainText('2 records')
})

test('a slip in the text is named with its line, and nothing is sent', async ({ page }) => {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await openQueryPage(page)
  await write(page, '{ tickets { $: { limit: 3 } } }')
  await page.keyboard.press('ControlOrMeta+Enter')

  await expect(page.getByRole('region', { name: 'Query text' }).getByRole('alert')).toContainText(
    /Line 1, column \d+/,
  )
  expect(sent).toEqual([])
})

for (const text of ['[1, 2]', '"tickets"', '42']) {
  test(`${text} is no query, and it says what one is`, async ({ page }) => {
    await openQueryPage(page)
    await write(page, text)
    await page.keyboard.press('ControlOrMeta+Enter')

    await expect(page.getByRole('region', { name: 'Query text' }).getByRole('alert')).toContainText(
      'A query is an object',
    )
  })
}

test('a refusal of the backend is shown in its words, and the text stays', async ({ page }) => {
  await openQueryPage(page)
  await write(page, '{ tickets: { $: { where: { subject: { $near: "x" } } } } }')
  await page.keyboard.press('ControlOrMeta+Enter')

  await expect(result(page).getByRole('alert')).toContainText('validation-failed')
  await expect(result(page).getByRole('alert')).toContainText('HTTP 400')
  await expect(page.getByText('$near')).toBeVisible()
})

test('after a refusal the last good result stays in view and is marked as old', async ({
  page,
}) => {
  await openQueryPage(page)
  await write(page, '{ teams: {} }')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(result(page)).toContainText('6 records')
  await write(page, '{ teams: { $: { limit: -1 } } }')
  await page.keyboard.press('ControlOrMeta+Enter')

  await expect(result(page).getByRole('alert')).toBeVisible()
  await expect(result(page)).toContainText('6 records')
})

test('a query without a match is told apart from one that failed', async ({ page }) => {
  await openQueryPage(page, '{ tickets: { $: { where: { number: 7 } } } }')

  await expect(result(page)).toContainText('The query ran and found no records')
})

test('an address with a broken query says so instead of failing', async ({ page }) => {
  const { appId } = await connectionOf('demo')
  await page.goto(pages.query(asAdmin(appId), new URLSearchParams({ q: '%%%' })))

  await expect(page.getByText('The address holds no readable query')).toBeVisible()
})

async function openQueryPage(page: Page, text?: string): Promise<void> {
  const { appId } = await connectionOf('demo')
  const link = text === undefined ? null : toQueryLink(text)
  await page.goto(pages.query(asAdmin(appId), link ? new URLSearchParams({ q: link }) : undefined))
  await expect(editor(page)).toBeVisible()
}

function editor(page: Page): Locator {
  return page.locator('.monaco-editor').first()
}

function result(page: Page): Locator {
  return page.getByRole('region', { name: 'Result' })
}

/** Replaces the text of the editor, as a paste would: no bracket is completed. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

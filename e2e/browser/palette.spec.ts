import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace, recordPanel } from '@/e2e/support/data-page'
import { makeUser, writeLetter } from '@/e2e/support/people-app'

test('the palette goes to pages and namespaces by a few letters and Enter', async ({ page }) => {
  const app = await connectionOf('people')
  await openNamespace(page, app, 'letters')
  await openPalette(page)
  await field(page).fill('pins')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: 'Records of pins' })).toBeVisible()

  await openPalette(page)
  await field(page).fill('query')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/query$/)
})

test('the palette opens while one types in the query editor', async ({ page }) => {
  const app = await connectionOf('people')
  await page.goto(`/apps/${app.appId}/query`)
  const editor = page.getByRole('textbox', { name: 'InstaQL query' })
  await editor.focus()
  await page.keyboard.type('{ pins')
  await openPalette(page)
  await page.keyboard.press('Escape')
  await expect(field(page)).toBeHidden()
})

test('the palette opens a record by its id', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const id = await writeLetter(app, ada, 'Found by id')
  await openNamespace(page, app, 'pins')
  await openPalette(page)
  await field(page).fill(id)
  await page.getByRole('option', { name: /Found by id/ }).click()
  await expect(recordPanel(page, 'letters')).toContainText('Found by id')
})

test('the palette acts as a user, and opens one', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  await openNamespace(page, app, 'letters')
  await openPalette(page)
  await field(page).fill(ada.email)
  await page.getByRole('option', { name: `Act as ${ada.email}` }).click()
  await expect(page.getByRole('status', { name: 'Acting identity' })).toContainText(ada.email)

  await openPalette(page)
  await field(page).fill(ada.email)
  await page.getByRole('option', { name: `${ada.email} open` }).click()
  await expect(page).toHaveURL(new RegExp(`/users\\?.*user=${ada.id}`))
})

test('the palette follows the rules of WCAG, with results and without', async ({ page }) => {
  const app = await connectionOf('people')
  await openNamespace(page, app, 'letters')
  await openPalette(page)
  await expectAccessible(page)
  await field(page).fill('act')
  await expect(page.getByRole('option', { name: 'Act as Guest' })).toBeVisible()
  await expectAccessible(page)
})

test('what the palette does not find it says', async ({ page }) => {
  const app = await connectionOf('people')
  await openNamespace(page, app, 'letters')
  await openPalette(page)
  await field(page).fill('no such thing at all')
  await expect(page.getByText('Nothing is found by “no such thing at all”.')).toBeVisible()
})

function field(page: Page) {
  return page.getByRole('combobox', { name: /^Search commands/ })
}

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await expect(field(page)).toBeFocused()
}

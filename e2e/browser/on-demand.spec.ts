import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace } from '@/e2e/support/data-page'

const identityField = (page: Page) => page.getByRole('combobox', { name: 'Find whom to act as' })
const paletteField = (page: Page) =>
  page.getByRole('combobox', { name: 'Search commands, namespaces, users and ids' })

test('what is typed while the field is still fetched gets into it', async ({ page }) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  const release = await holdScripts(page)
  await page.keyboard.press('a')
  await page.keyboard.type('adx')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('a?')
  await expect(identityField(page)).toBeHidden()
  release()
  await expect(identityField(page)).toHaveValue('ada?')
  await page.keyboard.type('!')
  await expect(identityField(page)).toHaveValue('ada?!')
})

test('so it does in the palette, and Escape leaves it before it is there', async ({ page }) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  const release = await holdScripts(page)
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('lost')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('pins')
  release()
  await expect(paletteField(page)).toHaveValue('pins')
})

test('what cannot be fetched is said, and tried again', async ({ page }) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  await page.route('**/*.js', (route) => route.abort())
  await page.getByRole('button', { name: 'Theme' }).click()
  const note = page
    .getByRole('alert')
    .filter({ hasText: 'A part of the page could not be fetched' })
  await expect(note).toBeVisible()
  await expectAccessible(page)
  await page.unroute('**/*.js')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('button', { name: 'Theme' }).click()
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible()
  await expect(note).toBeHidden()
})

test('a menu opens by key at its first command, and gives the focus back', async ({ page }) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  const button = page.getByRole('button', { name: 'Theme' })
  for (const key of ['Enter', 'Space', 'ArrowDown']) {
    await button.focus()
    await page.keyboard.press(key)
    await expect(page.getByRole('menu', { name: 'Theme' })).toBeVisible()
    await expect(page.getByRole('menuitemradio', { name: 'Light' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(button).toBeFocused()
    await expect(button).toHaveAttribute('aria-expanded', 'false')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { name: 'Light' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(button).toBeFocused()
})

test('a popover is closed by its button, by a press elsewhere, and by leaving it', async ({
  page,
}) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  const button = page.getByRole('button', { name: /^Columns/ })
  const popover = page.getByRole('dialog', { name: 'Columns' })
  await button.click()
  await expect(popover).toBeVisible()
  await button.click()
  await expect(popover).toBeHidden()
  await button.click()
  await page.getByRole('grid').click()
  await expect(popover).toBeHidden()
  await button.click()
  await popover.getByRole('radio', { name: 'normal' }).focus()
  await page.keyboard.press('Tab')
  await expect(popover).toBeHidden()
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
  await popover.getByRole('checkbox').first().focus()
  await page.keyboard.press('Shift+Tab')
  await expect(popover).toBeHidden()
  await expect(button).toBeFocused()
})

/** From now on no script comes, until the result is called. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/*.js', async (route) => {
    await released
    await route.continue()
  })
  return release
}

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

test('what is still fetched is left by a press elsewhere, and holds no more keys', async ({
  page,
}) => {
  const grid = await openNamespace(page, await connectionOf('people'), 'letters')
  const release = await holdScripts(page)
  const search = page.getByRole('searchbox', { name: 'Search letters' })
  await page.keyboard.press('a')
  await page.keyboard.type('lost')
  await search.click()
  await page.keyboard.type('kept')
  await expect(search).toHaveValue('kept')

  await page.getByRole('button', { name: 'Theme' }).click()
  await grid.click()
  release()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(paletteField(page)).toBeVisible()
  await expect(identityField(page)).toBeHidden()
  await expect(page.getByRole('menu')).toBeHidden()
})

test('what opens later takes over what is typed', async ({ page }) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  const release = await holdScripts(page)
  await page.keyboard.press('a')
  await page.keyboard.type('first')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('second')
  release()
  await expect(paletteField(page)).toHaveValue('second')
  await expect(identityField(page)).toBeHidden()
})

test('the palette and the choice of an identity give the focus back', async ({ page }) => {
  const grid = await openNamespace(page, await connectionOf('people'), 'letters')
  for (const [key, field] of [
    ['ControlOrMeta+k', paletteField(page)],
    ['a', identityField(page)],
  ] as const) {
    await grid.focus()
    await page.keyboard.press(key)
    await page.keyboard.type('x')
    await expect(field).toHaveValue('x')
    await page.keyboard.press('Escape')
    await expect(field).toBeHidden()
    await expect(grid).toBeFocused()
  }
})

test('opened again while it is open, the choice of an identity has the keys', async ({ page }) => {
  const grid = await openNamespace(page, await connectionOf('people'), 'letters')
  await grid.focus()
  await page.keyboard.press('a')
  await expect(identityField(page)).toBeFocused()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('act as a user')
  await expect(paletteField(page)).toHaveValue('act as a user')
  await page.keyboard.press('Enter')
  await expect(paletteField(page)).toBeHidden()
  await expect(identityField(page)).toBeFocused()
  await page.keyboard.type('ada')
  await expect(identityField(page)).toHaveValue('ada')
  await page.keyboard.press('Escape')
  await expect(grid).toBeFocused()
})

test('what cannot be fetched is said, and tried again', async ({ page }) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  await page.route('**/*.js', (route) => route.abort())
  const button = page.getByRole('button', { name: 'Theme' })
  await button.click()
  const note = page
    .getByRole('alert')
    .filter({ hasText: 'A part of the page could not be fetched' })
  await expect(note).toBeVisible()
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await expectAccessible(page)
  await note.getByRole('button', { name: 'Dismiss' }).click()
  await expect(note).toBeHidden()
  await button.click()
  await expect(note).toBeVisible()

  await page.unroute('**/*.js')
  await button.click()
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible()
  await expect(note).toBeHidden()
})

test('a menu opens by key at its first command, and gives the focus back', async ({ page }) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  const button = page.getByRole('button', { name: 'Theme' })
  for (const [key, first] of [
    ['Enter', 'Light'],
    ['Space', 'Light'],
    ['ArrowDown', 'Light'],
    ['ArrowUp', 'System'],
  ] as const) {
    await button.focus()
    await page.keyboard.press(key)
    await expect(page.getByRole('menu', { name: 'Theme' })).toBeVisible()
    await expect(page.getByRole('menuitemradio', { name: first })).toBeFocused()
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

test('each popover is closed by its button, also when its first field has the focus', async ({
  page,
}) => {
  await openNamespace(page, await connectionOf('people'), 'letters')
  for (const [button, dialog] of [
    [page.getByRole('button', { name: /^Acting as/ }), 'Act as…'],
    [page.getByRole('button', { name: 'Filter', exact: true }), 'New filter'],
  ] as const) {
    const popover = page.getByRole('dialog', { name: dialog })
    for (let times = 0; times < 2; times++) {
      await button.click()
      await expect(popover.locator(':focus')).toHaveCount(1)
      await button.click()
      await expect(popover).toBeHidden()
    }
  }
})

test('Tab out of the menu of steps goes to its button', async ({ page }) => {
  const { appId } = await connectionOf('people')
  await page.goto(`/apps/${appId}/transact`)
  const button = page.getByRole('button', { name: 'Add step' })
  for (let times = 0; times < 2; times++) {
    await button.focus()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('menu')).toBeHidden()
    await expect(button).toBeFocused()
    if (times > 0) continue
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem').first().click()
  }
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

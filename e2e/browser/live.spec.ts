import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace } from '@/e2e/support/data-page'
import { makeUser, writeLetter } from '@/e2e/support/people-app'
import type { Identity } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

const recordsOfLetters = '**/namespaces/letters/records?*'

test('a live page shows what others write, and pausing holds it back', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const grid = await openNamespace(page, app, 'letters')
  await page.getByRole('button', { name: 'Live' }).click()
  await expect(page).toHaveURL(/live=1/)
  await expect(page.getByText('Changes are shown as they happen')).toBeAttached()

  const first = `First ${Date.now()}`
  await writeLetter(app, ada, first)
  await expect(grid).toContainText(first)

  await page.getByRole('button', { name: 'Pause' }).click()
  const second = `Second ${Date.now()}`
  await writeLetter(app, ada, second)
  const show = page.getByRole('button', { name: /^Show [\d,]+ changes?/ })
  await expect(show).toBeVisible()
  await expect(grid).not.toContainText(second)
  await show.click()
  await expect(grid).toContainText(second)
})

test('what is just being read again when one pauses is held back as well', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const grid = await openNamespace(page, app, 'letters')
  // Once it follows, it reads the page again for what it may have missed.
  const isCurrent = page.waitForResponse(recordsOfLetters)
  await page.getByRole('button', { name: 'Live' }).click()
  await (await isCurrent).finished()

  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const isAsked = page.waitForRequest(recordsOfLetters)
  await page.route(recordsOfLetters, async (route) => {
    await released
    await route.continue()
  })
  const text = `Held back ${Date.now()}`
  await writeLetter(app, ada, text)
  await isAsked
  await page.getByRole('button', { name: 'Pause' }).click()
  release()

  const show = page.getByRole('button', { name: /^Show [\d,]+ changes?/ })
  await expect(show).toBeVisible()
  await page.waitForTimeout(500)
  await expect(grid).not.toContainText(text)
  await show.click()
  await expect(grid).toContainText(text)
})

test('a page that is not live stays as it is', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const grid = await openNamespace(page, app, 'letters')
  const subject = `Unseen ${Date.now()}`
  await writeLetter(app, ada, subject)
  await page.waitForTimeout(1500)
  await expect(grid).not.toContainText(subject)
})

test('as a user, a live page shows only what the rules show', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  await writeLetter(app, ada, 'There before')
  const as: Identity = { kind: 'user', id: ada.id }
  const search = new URLSearchParams({ live: '1' })
  await page.goto(pages.data({ appId: app.appId, as }, 'letters', search))
  const grid = page.getByRole('grid', { name: 'Records of letters' })
  await expect(page.getByText('Changes are shown as they happen')).toBeAttached()
  const own = `Own ${Date.now()}`
  const foreign = `Foreign ${Date.now()}`
  await writeLetter(app, eve, foreign)
  await writeLetter(app, ada, own)
  await expect(grid).toContainText(own)
  await expect(grid).not.toContainText(foreign)
})

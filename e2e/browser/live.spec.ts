import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace } from '@/e2e/support/data-page'
import { makeUser, writeLetter } from '@/e2e/support/people-app'
import type { Identity } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

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

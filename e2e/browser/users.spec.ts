import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { columnTexts } from '@/e2e/support/data-page'
import { makeNameless, makeUser, sdkOf, type TestUser, writeLetter } from '@/e2e/support/people-app'
import { ask, transact } from '@/e2e/support/transact'
import { asAdmin } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

test('the newest user comes first, and guests are listed without an e-mail', async ({ page }) => {
  const { appId } = await connectionOf('demo')
  await page.goto(pages.users(asAdmin(appId)))
  const grid = page.getByRole('grid', { name: 'Users' })

  await expect(grid).toContainText('no e-mail')
  await expect(grid.getByText('guest', { exact: true })).toBeVisible()
  await expect.poll(async () => (await columnTexts(grid, 'Created'))[0]).toMatch(/^\d{4}-/)
  const created = await columnTexts(grid, 'Created')
  expect(created).toEqual(created.toSorted().reverse())
})

test('a part of an e-mail finds users, in either case; what nobody has finds nobody', async ({
  page,
}) => {
  const { appId } = await connectionOf('demo')
  await page.goto(pages.users(asAdmin(appId)))
  const grid = page.getByRole('grid', { name: 'Users' })

  await searchFor(page, 'PRIYA')
  await expect(page.getByText('3 found', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(/q=PRIYA/)
  await page.reload()
  await expect(page.getByText('3 found', { exact: true })).toBeVisible()
  // What SQL would take for any letter is only itself here.
  await searchFor(page, 'priya_')
  await expect(grid.getByRole('heading', { name: 'Nobody is found' })).toBeVisible()
  await grid.getByRole('button', { name: 'Clear the search' }).click()
  await expect(grid).toContainText('newcomer@mail.example')
})

test('a user is found by id and by refresh token, which gets into no address', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  page.on('framenavigated', (frame) => addresses.push(frame.url()))
  await page.goto(pages.users(asAdmin(app.appId)))

  await searchFor(page, ada.id)
  await expect(page.getByText('Found by id')).toBeVisible()
  await searchFor(page, ada.token)
  await expect(page.getByText('Whose refresh token this is')).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Users' })).toContainText(ada.email)
  expect([...addresses, page.url()].filter((each) => each.includes(ada.token))).toEqual([])
})

test('a user in the address is shown with sessions, attributes, guests and links', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const visitor = await makeNameless(app)
  await linkGuest(visitor, ada)
  await writeLetter(app, ada, 'To Ada alone')
  const panel = await openUser(page, ada)

  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(ada.email)
  await expect(panel).toContainText(/Sessions\s*1/)
  await expect(panel.getByRole('region', { name: 'Attributes' })).toContainText('imageURL')
  await expect(panel.getByRole('link', { name: 'To Ada alone' })).toBeVisible()
  await panel.getByRole('button', { name: visitor.id.slice(0, 8) }).click()
  await expect(panel.getByText('Guest of')).toBeVisible()
  await page.goBack()
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(ada.email)
  await panel.getByRole('link', { name: 'Open in Data' }).click()
  await expect(page.getByRole('complementary', { name: 'Record of $users' })).toContainText(
    ada.email,
  )
})

test('acting as a user begins on their page', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const panel = await openUser(page, ada)
  await panel.getByRole('link', { name: 'Act as this user' }).click()

  await expect(page.getByRole('status', { name: 'Acting identity' })).toContainText(ada.email)
  await expect(page).toHaveURL(new RegExp(`/data/.*as=${ada.id}`))
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: 'Users' })
    .click()
  await expect(page.getByRole('region', { name: 'Acting as' })).toContainText('Not on this page')
})

test('signing out ends every session of the user and of nobody else', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  const { auth } = sdkOf(app)
  const second = await auth.createToken({ id: ada.id })
  const panel = await openUser(page, ada)
  await expect(panel).toContainText(/Sessions\s*2/)

  await panel.getByRole('button', { name: 'Sign out…' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('there are 2 now')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()

  await expect(panel).toContainText('signed out everywhere')
  await expect(auth.verifyToken(ada.token)).rejects.toThrow()
  await expect(auth.verifyToken(second)).rejects.toThrow()
  await expect(auth.verifyToken(eve.token)).resolves.toMatchObject({ id: eve.id })
})

test('deleting says what goes, wants the e-mail typed, and deletes', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const visitor = await makeNameless(app)
  await linkGuest(visitor, ada)
  const letter = await writeLetter(app, ada, 'Goes with Ada')
  const { auth } = sdkOf(app)
  const panel = await openUser(page, ada)

  await panel.getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('1 session')
  await expect(dialog).toContainText('1 linked guest')
  await expect(dialog).toContainText('1 of letters (letters)')
  const remove = dialog.getByRole('button', { name: 'Delete the user' })
  await expect(remove).toBeDisabled()
  await dialog.getByRole('textbox').fill('someone@else.example')
  await expect(remove).toBeDisabled()
  await dialog.getByRole('textbox').fill(ada.email)
  await remove.click()

  await expect(panel).toHaveCount(0)
  await expect.poll(() => auth.getUser({ id: ada.id })).toBeNull()
  expect(await auth.getUser({ id: visitor.id })).toBeNull()
  await expect(auth.verifyToken(ada.token)).rejects.toThrow()
  expect(JSON.stringify(await ask(app, { letters: {} }))).not.toContain(letter)
})

test('deleting somebody who is gone already says that there is no such user', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const panel = await openUser(page, ada)
  await panel.getByRole('button', { name: 'Delete…' }).click()
  await sdkOf(app).auth.deleteUser({ id: ada.id })
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('textbox').fill(ada.email)
  await dialog.getByRole('button', { name: 'Delete the user' }).click()

  await expect(dialog.getByRole('alert')).toContainText('There is no user')
})

test('a token is told only when it is asked for, signs in, and is told once', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeNameless(app)
  const panel = await openUser(page, ada)
  await panel.getByRole('button', { name: 'Create token…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create the token' }).click()
  await expect(dialog).toContainText('The token is covered')
  await expect(dialog.locator('code')).not.toContainText(/[0-9a-f]{8}-/)
  await dialog.getByRole('button', { name: /^Show token/ }).click()
  const token = await dialog.locator('code').innerText()

  await expect(sdkOf(app).auth.verifyToken(token)).resolves.toMatchObject({ id: ada.id })
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(await page.content()).not.toContain(token)
  await panel.getByRole('button', { name: 'Create token…' }).click()
  await expect(dialog.getByRole('button', { name: 'Create the token' })).toBeVisible()
})

test('a magic code signs in, and says how long', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const panel = await openUser(page, ada)
  await panel.getByRole('button', { name: 'Magic code…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Generate the code' }).click()
  await expect(dialog).toContainText('Valid for 24 hours')
  const code = await dialog.locator('output').innerText()

  const { user } = await sdkOf(app).auth.checkMagicCode(ada.email, code)
  expect(user.id).toBe(ada.id)
})

test('a user there is not, and a backend that is down, are told as that', async ({ page }) => {
  const app = await connectionOf('people')
  const panel = await openUser(page, { id: randomUUID() })
  await expect(panel.getByRole('heading', { name: 'There is no such user' })).toBeVisible()
  await page.goto(`${pages.users(asAdmin(app.appId))}?user=ada&page=none`)
  await expect(page.getByText('Part of the address was left out')).toBeVisible()

  const down = await connectionOf('unreachable')
  await page.goto(pages.users(asAdmin(down.appId)))
  await expect(page.getByRole('heading', { name: 'The users could not be read' })).toBeVisible()
})

test('an app without users says how one comes', async ({ page }) => {
  const { appId } = await connectionOf('workshop')
  await page.goto(pages.users(asAdmin(appId)))

  await expect(page.getByRole('heading', { name: 'No users yet' })).toBeVisible()
})

test('the keys g u lead to the users', async ({ page }) => {
  const { appId } = await connectionOf('demo')
  await page.goto(pages.data(asAdmin(appId), 'labels'))
  await expect(page.getByRole('grid', { name: 'Records of labels' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('u')

  await expect(page.getByRole('grid', { name: 'Users' })).toBeVisible()
})

async function searchFor(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search by e-mail, id or refresh token' }).fill(text)
}

async function openUser(page: Page, { id }: Pick<TestUser, 'id'>) {
  const { appId } = await connectionOf('people')
  await page.goto(pages.users(asAdmin(appId), new URLSearchParams({ user: id })))
  const panel = page.getByRole('complementary', { name: 'User' })
  await expect(panel).toBeVisible()
  return panel
}

async function linkGuest(visitor: TestUser, primary: TestUser): Promise<void> {
  await transact(await connectionOf('people'), [
    ['link', '$users', visitor.id, { linkedPrimaryUser: primary.id }],
  ])
}

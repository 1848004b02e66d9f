import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { makeUser, writeLetter } from '@/e2e/support/people-app'
import { ask, transact } from '@/e2e/support/transact'
import { pages } from '@/lib/model/routes'

test('beside what a user sees stands what the rules hide, behind a lock', async ({ page }) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const eve = await makeUser(app)
  const name = randomUUID()
  await writeLetter(app, ada, `${name} to Ada`)
  await writeLetter(app, eve, `${name} to Eve`)
  await openAs(page, { ...app, userId: ada.id }, 'letters', { filter: `title like "${name}%"` })
  const grid = page.getByRole('grid', { name: 'Records of letters' })
  await expect(grid).toContainText('to Ada')
  await expect(grid).not.toContainText('to Eve')

  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText(`${ada.email} sees 1 of 2`)).toBeVisible()
  await expect(grid).toContainText('to Eve')
  await expect(grid.getByRole('button', { name: /Hidden by the view rule/ })).toHaveCount(1)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Differences' }).click()
  await expect(grid).not.toContainText('to Ada')
  await expect(grid).toContainText('to Eve')
  await page.reload()
  await expect(grid).toContainText('to Eve')
  await expect(grid).not.toContainText('to Ada')
})

test('differences are looked for in the pages that follow, as far as one asks for', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  const shown = Array.from({ length: 1100 }, (_, at) => `Stamp ${at}`)
  for (const titles of [['The hidden'], shown]) {
    await transact(
      app,
      titles.map((title) => ['create', 'stamps', randomUUID(), { title }]),
    )
  }
  await openAs(page, { ...app, userId: ada.id }, 'stamps', { compare: '1', diff: '1' })

  await expect(page.getByRole('status').getByText('0 of records 1–1,000 differ.')).toBeVisible()
  await expect(page.getByText('No differences so far')).toBeVisible()
  await page.getByRole('button', { name: 'Look on' }).click()
  await expect(page.getByText('1 of records 1–1,101 differs.')).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Records of stamps' })).toContainText('The hidden')
  await expect(page.getByRole('button', { name: 'Look on' })).toHaveCount(0)
})

test('fields that a rule strips are hatched, and say why', async ({ page }) => {
  const demo = await connectionOf('demo')
  const { $users } = await ask(demo, { $users: { $: { where: { staffRole: 'agent' }, limit: 1 } } })
  const [agent] = $users as [{ id: string }]
  await openAs(page, { ...demo, userId: agent.id }, 'organizations', { compare: '1' })
  const grid = page.getByRole('grid', { name: 'Records of organizations' })
  const stripped = grid.getByText('Set, but a rule on its field or its target hides it')
  await expect(stripped.first()).toBeAttached()
  await expect(grid.getByRole('button', { name: /Hidden/ })).toHaveCount(0)
})

test('a record that a rule fails for is told apart, and the rest of the page can be read', async ({
  page,
}) => {
  const app = await connectionOf('people')
  const ada = await makeUser(app)
  for (const values of [
    { title: 'Easy', hint: 'tea' },
    { title: 'Hard' },
    { title: 'No', hint: '' },
  ]) {
    await transact(app, [['create', 'riddles', randomUUID(), values]])
  }
  await openAs(page, { ...app, userId: ada.id }, 'riddles')
  await expect(page.getByText('The records of riddles could not be read')).toBeVisible()
  await page.getByRole('button', { name: 'See for which records' }).click()

  const grid = page.getByRole('grid', { name: 'Records of riddles' })
  await expect(grid.getByRole('button', { name: /The rule fails for this record/ })).toHaveCount(1)
  await expect(grid.getByRole('button', { name: /Hidden by the view rule/ })).toHaveCount(1)
  await expect(grid).toContainText('Easy')
})

interface UserRef {
  readonly appId: string
  readonly userId: string
}

async function openAs(
  page: Page,
  { appId, userId }: UserRef,
  namespace: string,
  search?: Record<string, string>,
): Promise<void> {
  const app = { appId, as: { kind: 'user', id: userId } } as const
  await page.goto(pages.data(app, namespace, new URLSearchParams(search)))
}

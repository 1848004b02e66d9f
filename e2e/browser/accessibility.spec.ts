import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectLegible, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace, recordPanel } from '@/e2e/support/data-page'
import { customerId, openCustomer } from '@/e2e/support/demo-customer'
import { asAdmin, guest } from '@/lib/model/identity'
import { toQueryLink } from '@/lib/model/query-link'
import { pages } from '@/lib/model/routes'

type Visit = readonly [what: string, open: (page: Page) => Promise<void>]

const visits: readonly Visit[] = [
  [
    'the grid',
    async (page) => {
      await openNamespace(page, await connectionOf('demo'), 'tickets')
    },
  ],
  [
    'an open record',
    async (page) => {
      const grid = await openNamespace(page, await connectionOf('demo'), 'tickets')
      await grid.getByRole('button', { name: 'Open record 2', exact: true }).click()
      await expect(
        recordPanel(page, 'tickets').getByRole('region', { name: 'Links' }),
      ).toBeVisible()
    },
  ],
  [
    'a field being edited',
    async (page) => {
      const grid = await openNamespace(page, await connectionOf('demo'), 'teams')
      await grid.getByRole('button', { name: 'Open record 1', exact: true }).click()
      const panel = recordPanel(page, 'teams')
      await panel.getByText('name', { exact: true }).hover()
      await panel.getByRole('button', { name: 'Edit name' }).click()
      await expect(panel.getByRole('textbox', { name: 'name' })).toBeVisible()
    },
  ],
  [
    'the question before a deletion',
    async (page) => {
      const grid = await openNamespace(page, await connectionOf('demo'), 'organizations')
      await grid.getByRole('button', { name: 'Open record 1', exact: true }).click()
      await recordPanel(page, 'organizations').getByRole('button', { name: 'Delete…' }).click()
      await expect(page.getByText('It cannot be undone.')).toBeVisible()
    },
  ],
  [
    'the columns',
    async (page) => {
      await openNamespace(page, await connectionOf('demo'), 'teams')
      await page.getByRole('button', { name: /^Columns/ }).click()
      await expect(page.getByRole('checkbox').first()).toBeVisible()
    },
  ],
  [
    'an empty query page',
    async (page) => {
      const { appId } = await connectionOf('demo')
      await page.goto(pages.query(asAdmin(appId)))
      await expect(page.locator('.monaco-editor').first()).toBeVisible()
    },
  ],
  [
    'a query with its result',
    async (page) => {
      const { appId } = await connectionOf('demo')
      const q = toQueryLink('{ teams: { members: {} } }') ?? ''
      await page.goto(pages.query(asAdmin(appId), new URLSearchParams({ q })))
      await expect(page.getByRole('region', { name: 'Result' })).toContainText('teams.members')
      await expect(page.locator('.monaco-editor').first()).toBeVisible()
    },
  ],
  [
    'a refused query',
    async (page) => {
      const { appId } = await connectionOf('demo')
      const q = toQueryLink('{ teams: { $: { limit: -1 } } }') ?? ''
      await page.goto(pages.query(asAdmin(appId), new URLSearchParams({ q })))
      await expect(page.getByRole('region', { name: 'Result' }).getByRole('alert')).toBeVisible()
      await expect(page.locator('.monaco-editor').first()).toBeVisible()
    },
  ],
  [
    'steps of which one is not complete',
    async (page) => {
      const { appId } = await connectionOf('demo')
      await page.goto(pages.transact(asAdmin(appId)))
      for (const action of ['create', 'link']) {
        await page.getByRole('button', { name: 'Add step' }).click()
        await page.getByRole('menuitem', { name: action, exact: true }).click()
      }
      await page.getByRole('button', { name: 'Check' }).click()
      await page.mouse.move(0, 0)
      await expect(page.getByText('Choose a link to link.')).toBeVisible()
    },
  ],
  [
    'a dry run that is refused',
    async (page) => {
      const { appId } = await connectionOf('demo')
      await page.goto(pages.transact({ appId, as: guest }))
      await page.getByRole('button', { name: 'Add step' }).click()
      await page.getByRole('menuitem', { name: 'delete', exact: true }).click()
      await page.getByLabel('Id of the record').fill(crypto.randomUUID())
      await page.keyboard.press('ControlOrMeta+Enter')
      await expect(page.getByRole('list', { name: 'Checks' })).toContainText('Refused')
    },
  ],
  [
    'the choice of a user to act as',
    async (page) => {
      await openNamespace(page, await connectionOf('demo'), 'labels')
      await page.keyboard.press('a')
      const identities = page.getByRole('listbox', { name: 'Identities' })
      await expect(identities.getByRole('option').nth(2)).toBeVisible()
    },
  ],
  [
    'a page as a user, with all hidden',
    async (page) => {
      const { appId } = await connectionOf('demo')
      const id = await customerId()
      await page.goto(pages.data({ appId, as: { kind: 'user', id } }, 'teams'))
      await expect(page.getByRole('heading', { name: /The rules hide all/ })).toBeVisible()
    },
  ],
  [
    'a page as a guest',
    async (page) => {
      const { appId } = await connectionOf('demo')
      await page.goto(pages.data({ appId, as: guest }, 'labels'))
      await expect(page.getByRole('grid')).toBeVisible()
    },
  ],
  [
    'the users, one of them open',
    async (page) => {
      await openCustomer(page)
    },
  ],
  [
    'the question before a user is deleted',
    async (page) => {
      const panel = await openCustomer(page)
      await panel.getByRole('button', { name: 'Delete…' }).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  ],
  [
    'a token that is to be made',
    async (page) => {
      const panel = await openCustomer(page)
      await panel.getByRole('button', { name: 'Create token…' }).click()
      await expect(page.getByRole('button', { name: 'Create the token' })).toBeVisible()
    },
  ],
  [
    'an address that says no identity',
    async (page) => {
      const { appId } = await connectionOf('demo')
      await page.goto(`${pages.data(asAdmin(appId))}?as=nobody`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  ],
  [
    'a backend that is down',
    async (page) => {
      const { appId } = await connectionOf('unreachable')
      await page.goto(pages.data(asAdmin(appId)))
      await expect(page.getByRole('alert').first()).toBeVisible()
    },
  ],
  [
    'a page that does not exist',
    async (page) => {
      await page.goto('/apps/nowhere/data')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  ],
]

for (const [what, open] of visits) {
  test(`${what} has no accessibility violation, light or dark`, async ({ page }) => {
    await open(page)
    await settle(page)
    await expectAccessible(page)
    // The same elements in other colours.
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(page.locator('html')).toHaveClass(/\bdark\b/)
    await settle(page)
    await expectLegible(page)
  })
}

for (const width of [360, 720]) {
  test(`at ${width} px nothing is cut off sideways and the same rules hold`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 })
    await openNamespace(page, await connectionOf('demo'), 'tickets')
    await settle(page)

    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    )
  })
}

/** Colours are judged when nothing is fading or moving any more. What is taken away has ended, too. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  )
}

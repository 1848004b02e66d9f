import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace, recordPanel } from '@/e2e/support/data-page'
import { customerId, openCustomer } from '@/e2e/support/demo-customer'
import { ask } from '@/e2e/support/transact'
import { asAdmin, type Identity } from '@/lib/model/identity'
import { toQueryLink } from '@/lib/model/query-link'
import { pages } from '@/lib/model/routes'
import { newStepDraft } from '@/lib/model/step-draft'
import { toStepsLink } from '@/lib/model/steps-link'

/** Every page as a picture, for the README and for looking at: `npm run screenshots`. */
const folder = join(process.cwd(), 'docs/screenshots')
mkdirSync(folder, { recursive: true })

type Scene = readonly [name: string, open: (page: Page) => Promise<void>]

const scenes: readonly Scene[] = [
  [
    'data',
    async (page) => {
      const search = { sort: 'number', dir: 'desc' }
      const grid = await openNamespace(page, await connectionOf('demo'), 'tickets', search)
      const isWide = (page.viewportSize()?.width ?? 0) > 800
      if (!isWide) return
      await grid.getByRole('button', { name: 'Open record 4', exact: true }).click()
      await expect(
        recordPanel(page, 'tickets').getByRole('region', { name: 'Links' }),
      ).toBeVisible()
    },
  ],
  [
    'record',
    async (page) => {
      const grid = await openNamespace(page, await connectionOf('demo'), 'organizations')
      await grid.getByRole('button', { name: 'Open record 2', exact: true }).click()
      await expect(
        recordPanel(page, 'organizations').getByRole('region', { name: 'Links' }),
      ).toBeVisible()
    },
  ],
  [
    'query',
    async (page) => {
      const { appId } = await connectionOf('demo')
      const text =
        "{\n  tickets: {\n    $: {\n      where: { 'labels.name': 'vip' },\n      order: { number: 'desc' },\n      limit: 5,\n    },\n    requester: { organization: {} },\n    labels: {},\n  },\n}\n"
      const q = toQueryLink(text) ?? ''
      await page.goto(pages.query(asAdmin(appId), new URLSearchParams({ q })))
      await expect(page.locator('.monaco-editor').first()).toBeVisible()
      await expect(page.getByRole('region', { name: 'Result' })).toContainText(/records?/)
    },
  ],
  [
    'query-empty',
    async (page) => {
      const { appId } = await connectionOf('demo')
      await page.goto(pages.query(asAdmin(appId)))
      await expect(page.locator('.monaco-editor').first()).toBeVisible()
    },
  ],
  [
    'transact',
    async (page) => {
      const demo = await connectionOf('demo')
      const where = { staffRole: { $isNull: true } }
      const { $users } = await ask(demo, { $users: { $: { where, limit: 1 } } })
      const { tickets } = await ask(demo, { tickets: { $: { where: { number: 1001 } } } })
      const [user] = $users as [{ id: string }]
      const [ticket] = tickets as [{ id: string }]
      const step = {
        ...newStepDraft({ key: '', action: 'update', namespace: 'tickets', id: ticket.id }),
        fields: [{ name: 'subject', draft: { kind: 'text', text: 'Never mind' } } as const],
      }
      const steps = toStepsLink([step]) ?? ''
      const as: Identity = { kind: 'user', id: user.id }
      await page.goto(pages.transact({ appId: demo.appId, as }, new URLSearchParams({ steps })))
      await page.getByRole('button', { name: /^Dry run/ }).click()
      await expect(page.getByRole('region', { name: 'Outcome' })).toBeVisible()
    },
  ],
  [
    'users',
    async (page) => {
      await openCustomer(page)
    },
  ],
  [
    'acting-as',
    async (page) => {
      const { appId } = await connectionOf('demo')
      const id = await customerId()
      await page.goto(pages.data({ appId, as: { kind: 'user', id } }, 'tickets'))
      await expect(page.getByText('hidden by rules')).toBeVisible()
    },
  ],
  [
    'unreachable',
    async (page) => {
      const { appId } = await connectionOf('unreachable')
      await page.goto(pages.data(asAdmin(appId)))
      await expect(page.getByRole('alert').first()).toBeVisible()
    },
  ],
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test.describe('@screenshot', () => {
      test.use({
        colorScheme,
        viewport: { width, height: width === 390 ? 844 : 900 },
        contextOptions: { reducedMotion: 'reduce' },
      })

      for (const [name, open] of scenes) {
        const file = `${name}-${colorScheme}${width === 1440 ? '' : `-${width}`}.png`
        test(file, async ({ page }) => {
          await open(page)
          await page.mouse.move(0, 0)
          await page.evaluate(() => document.fonts.ready)
          await page.screenshot({ path: join(folder, file), animations: 'disabled', caret: 'hide' })
        })
      }
    })
  }
}

import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page, type Response } from '@playwright/test'
import { allTokens } from './connections'

interface Told {
  readonly where: string
  readonly text: string
}

/**
 * Playwright's test, with a watch over every page: whatever the browser is told (bodies, headers,
 * addresses, the console, the page as it stands at the end) holds no admin token, and no script
 * fails unseen.
 */
export const test = base.extend({
  page: async ({ page }, use) => {
    const told: Told[] = []
    const pending: Promise<void>[] = []
    const failures: string[] = []
    page.on('console', (message) => told.push({ where: 'the console', text: message.text() }))
    page.on('pageerror', (error) => failures.push(error.message))
    page.on('response', (response) => pending.push(keepBody(response, told)))
    page.on('request', (request) => {
      told.push({ where: 'a request', text: `${request.url()} ${request.postData() ?? ''}` })
    })
    useAfterLoading(page)
    await use(page)
    if (!page.isClosed()) {
      told.push({ where: 'the page', text: await page.content().catch(() => '') })
      // An event stream has its whole body only when the page is left.
      await page.goto('about:blank')
    }
    await Promise.all(pending)
    const tokens = await allTokens()
    const leaks = told.filter(({ text }) => tokens.some((token) => text.includes(token)))
    expect(leaks.map(({ where }) => where)).toEqual([])
    expect(tokens.length).toBeGreaterThan(0)
    expect(failures).toEqual([])
  },
})

export { expect }

/**
 * A grid that the server has drawn is busy until the browser has taken it over: so long after a page is
 * opened a click would go nowhere. People take longer to find what to click.
 */
function useAfterLoading(page: Page): void {
  const isTakenOver = () => expect(page.locator('[role=grid][aria-busy=true]')).toHaveCount(0)
  for (const name of ['goto', 'reload'] as const) {
    const load = page[name].bind(page) as (...args: unknown[]) => Promise<Response | null>
    page[name] = async (...args: unknown[]) => {
      const response = await load(...args)
      await isTakenOver()
      return response
    }
  }
}

async function keepBody(response: Response, told: Told[]): Promise<void> {
  const where = response.url()
  told.push({ where, text: JSON.stringify(response.headers()) })
  // A redirect has no body, and one that was cut off cannot be read.
  const body = await response.body().catch(() => null)
  if (body) told.push({ where, text: body.toString('latin1') })
}

/** The rules of WCAG 2.2 AA that a machine can check. Nothing is excluded. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  await expectNoViolation(new AxeBuilder({ page }).withTags(tags))
}

/** Those of the rules that a change of colours alone can break. */
export async function expectLegible(page: Page): Promise<void> {
  await expectNoViolation(
    new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']),
  )
}

async function expectNoViolation(rules: AxeBuilder): Promise<void> {
  const { violations } = await rules.analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
  expect(found).toEqual([])
}

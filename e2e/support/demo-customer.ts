import { expect, type Locator, type Page } from '@playwright/test'
import { must } from '@/lib/base/must'
import { asAdmin } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'
import { connectionOf } from './connections'
import { sdkOf } from './people-app'

/** Whom the demo's rules show little: a customer with tickets and a profile. */
const email = 'priya.mbeki12@mail.example'

export async function customerId(): Promise<string> {
  const user = await sdkOf(await connectionOf('demo')).auth.getUser({ email })
  return must(user, 'the demo is always the same').id
}

/** Opens the Users page with the customer beside the list. */
export async function openCustomer(page: Page): Promise<Locator> {
  const { appId } = await connectionOf('demo')
  const search = new URLSearchParams({ user: await customerId() })
  await page.goto(pages.users(asAdmin(appId), search))
  const panel = page.getByRole('complementary', { name: 'User' })
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(email)
  return panel
}

import { expect, type Locator, type Page } from '@playwright/test'
import { asAdmin } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'

/** Opens the records of a namespace and waits for the grid. */
export async function openNamespace(
  page: Page,
  { appId }: { readonly appId: string },
  namespace: string,
  search?: Record<string, string>,
): Promise<Locator> {
  await page.goto(pages.data(asAdmin(appId), namespace, new URLSearchParams(search)))
  const grid = page.getByRole('grid', { name: `Records of ${namespace}` })
  await expect(grid).toBeVisible()
  return grid
}

/** The texts of a column, top to bottom, as far as its rows are drawn. */
export async function columnTexts(grid: Locator, column: string): Promise<string[]> {
  const heading = grid.getByRole('columnheader', { name: new RegExp(`^${column}\\b`) }).first()
  const at = await heading.getAttribute('aria-colindex')
  return grid.locator(`[role=gridcell][aria-colindex="${at}"]`).allInnerTexts()
}

export function recordPanel(page: Page, namespace: string): Locator {
  return page.getByRole('complementary', { name: `Record of ${namespace}` })
}

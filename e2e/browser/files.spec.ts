import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { openNamespace, recordPanel } from '@/e2e/support/data-page'
import { ask } from '@/e2e/support/transact'
import { admin, guest } from '@/lib/model/identity'
import { api } from '@/lib/model/routes'

test('a file is shown by what it is: a picture on Space and in its record, a size, and the way to it', async ({
  page,
}) => {
  const demo = await connectionOf('demo')
  const path = 'public/handbook/screenshot-48.png'
  const grid = await openNamespace(page, demo, '$files', { filter: `path = "${path}"` })
  await expect(grid.getByRole('gridcell', { name: /^3\.4 kB$/ })).toBeVisible()
  const link = grid.getByRole('link', { name: `Open ${path} in a new tab` })
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')

  await grid.getByText(path, { exact: true }).click()
  await page.keyboard.press('Space')
  const popup = page.getByRole('dialog', { name: 'path' })
  await expect(popup.getByRole('img', { name: path })).toHaveJSProperty('complete', true)
  expect(
    await popup
      .getByRole('img', { name: path })
      .evaluate((img: HTMLImageElement) => img.naturalWidth),
  ).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+Space')
  await expect(recordPanel(page, '$files').getByRole('img', { name: path })).toBeVisible()
})

test('a file that is no picture is named by its type, and an empty one is not tried', async ({
  page,
}) => {
  const demo = await connectionOf('demo')
  const path = 'public/handbook/screenshot-54.png'
  const grid = await openNamespace(page, demo, '$files', { filter: `path = "${path}"` })
  await grid.getByText(path, { exact: true }).click()
  await page.keyboard.press('Space')
  const popup = page.getByRole('dialog', { name: 'path' })
  await expect(popup).toContainText('image/png')
  await expect(popup).toContainText('0 B')
  await expect(popup.getByRole('img')).toHaveCount(0)
})

test('a picture is read as whom the request names, and what is opened by itself may run nothing', async ({
  request,
}) => {
  const demo = await connectionOf('demo')
  const { $files } = await ask(demo, {
    $files: {
      $: { where: { 'content-type': 'image/svg+xml', path: { $like: 'tickets/%' } }, limit: 1 },
    },
  })
  const [{ id }] = $files as [{ id: string }]
  const seen = await request.get(api.picture({ appId: demo.appId, as: admin }, id))
  expect(seen.status()).toBe(200)
  expect(seen.headers()['content-type']).toBe('image/svg+xml')
  expect(seen.headers()['content-security-policy']).toContain('sandbox')
  expect(await seen.text()).toContain('<svg')

  const hidden = await request.get(api.picture({ appId: demo.appId, as: guest }, id))
  expect(hidden.status()).toBe(404)
  expect(await hidden.json()).toMatchObject({ error: { code: 'unknown-record' } })
  const unsaid = await request.get(`/api/apps/${demo.appId}/files/${id}/picture`)
  expect(unsaid.status()).toBe(400)
})

test('what is no picture is not given out by the dashboard', async ({ request }) => {
  const demo = await connectionOf('demo')
  const { $files } = await ask(demo, {
    $files: { $: { where: { 'content-type': 'text/csv' }, limit: 1 } },
  })
  const [{ id }] = $files as [{ id: string }]
  const refused = await request.get(api.picture({ appId: demo.appId, as: admin }, id))
  expect(refused.status()).toBe(404)
  expect(await refused.json()).toMatchObject({ error: { code: 'no-picture' } })
})

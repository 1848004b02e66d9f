import type { Locator, Page } from '@playwright/test'
import { expect, test } from '@/e2e/support/browser-test'
import { connectionOf } from '@/e2e/support/connections'
import { noteId } from '@/e2e/support/prepare-apps'
import { ask, transact } from '@/e2e/support/transact'
import { admin, guest, type Identity } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'
import { parseStepsLink } from '@/lib/model/steps-link'

test('as admin, records are made, linked and written in one transaction', async ({ page }) => {
  const workshop = await connectionOf('workshop')
  await openTransact(page, workshop, admin)
  const create = await addStep(page, 'create', 'notes')
  await create.getByRole('textbox', { name: 'title' }).fill('Made by steps')
  await addField(page, create, 'amount')
  await create.getByRole('textbox', { name: 'amount' }).fill('12.5')
  await addField(page, create, 'dueAt')
  await create.getByRole('checkbox', { name: 'null' }).last().check()
  const id = await create.getByLabel('Id of the record').inputValue()

  const tag = crypto.randomUUID()
  await transact(workshop, [['create', 'tags', tag, { name: 'from a test' }]])
  const link = await addStep(page, 'link', 'notes')
  await link.getByLabel('Id of the record').fill(id)
  await expect(link).toContainText('Not there yet: step 1 makes it')
  await addFromMenu(page, link, 'Add link', 'tags')
  await link.getByLabel('Ids for tags').fill(tag)
  await expect(link).toContainText('There: from a test')
  await expect(code(page)).toContainText(`db.tx.notes['${id}'].link({`)
  await expect(code(page)).toContainText(`tags: '${tag}'`)

  await page.getByRole('button', { name: /^Run/ }).click()
  await expect(outcome(page)).toContainText(/Written\s*tx \d+/)
  const { notes } = await ask(workshop, { notes: { $: { where: { id } }, tags: {} } })
  expect(notes).toEqual([
    expect.objectContaining({
      title: 'Made by steps',
      amount: 12.5,
      dueAt: null,
      tags: [expect.objectContaining({ id: tag })],
    }),
  ])

  await outcome(page).getByRole('link', { name: id }).first().click()
  await expect(page.getByRole('heading', { name: 'Made by steps' })).toBeVisible()
})

test('what is not complete is said on its card, nothing is sent and nothing typed is lost', async ({
  page,
}) => {
  const sent = watchActions(page)
  await openTransact(page, await connectionOf('workshop'), admin)
  const update = await addStep(page, 'update', 'notes')
  await update.getByLabel('Id of the record').fill('not an id')
  await addField(page, update, 'amount')
  await update.getByRole('textbox', { name: 'amount' }).fill('many')
  await page.keyboard.press('ControlOrMeta+Enter')

  await expect(update).toContainText('an id is a UUID')
  await expect(update).toContainText('Not a number')
  await expect(page.getByText('Step 1 needs attention first.')).toBeVisible()
  await expect(update.getByRole('textbox', { name: 'amount' })).toHaveValue('many')
  expect(sent).toEqual([])
})

test('a refusal of the backend stands at its card, in the backend’s words', async ({ page }) => {
  await openTransact(page, await connectionOf('workshop'), admin)
  const first = await addStep(page, 'update', 'notes')
  await first.getByLabel('Id of the record').fill(noteId(4))
  await addField(page, first, 'title')
  await first.getByRole('textbox', { name: 'title' }).fill('Never written')
  const second = await addStep(page, 'update', 'notes')
  await second.getByLabel('Id of the record').fill(noteId(5))
  await addField(page, second, 'slug')
  await second.getByRole('textbox', { name: 'slug' }).fill('note-7')
  await page.getByRole('button', { name: /^Run/ }).click()

  await expect(outcome(page).getByRole('alert')).toContainText('Nothing was written')
  await expect(outcome(page)).toContainText('record-not-unique')
  await expect(second).toContainText('unique attribute')
  await expect(first).not.toContainText('unique attribute')
})

test('as a user who may not, a dry run is refused and names the rule; as admin there is none', async ({
  page,
}) => {
  const demo = await connectionOf('demo')
  const [ticket] = await find(demo, 'tickets', { number: 1001 })
  const [customer] = await find(demo, '$users', { staffRole: { $isNull: true } })
  const user: Identity = { kind: 'user', id: customer.id }
  await openTransact(page, demo, user)
  const deletion = await addStep(page, 'delete', 'tickets')
  await deletion.getByLabel('Id of the record').fill(ticket.id)
  await page.getByRole('button', { name: /^Dry run/ }).click()

  await expect(outcome(page).getByRole('alert')).toContainText('may not do this')
  await expect(outcome(page)).toContainText('tickets.allow.delete')
  await expect(deletion.getByRole('list', { name: 'Checks' })).toContainText('Refused')
  expect(await find(demo, 'tickets', { id: ticket.id })).toHaveLength(1)

  await page.goto(pages.transact({ appId: demo.appId, as: admin }))
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByText('Rules were not tried')).toBeVisible()
})

test('a dry run writes nothing, and writing for real is a choice of its own', async ({ page }) => {
  const workshop = await connectionOf('workshop')
  await openTransact(page, workshop, guest)
  const update = await addStep(page, 'update', 'notes')
  await update.getByLabel('Id of the record').fill(noteId(6))
  await addField(page, update, 'amount')
  await update.getByRole('textbox', { name: 'amount' }).fill('-1')
  await page.getByRole('button', { name: /^Dry run/ }).click()
  await expect(outcome(page)).toContainText('Guest may do this')
  await expect(update.getByRole('list', { name: 'Checks' })).toContainText('No rule applies')
  expect(await find(workshop, 'notes', { id: noteId(6), amount: 60 })).toHaveLength(1)

  await page.getByText('Real writes', { exact: true }).click()
  await page.getByRole('button', { name: /^Write as Guest/ }).click()
  await expect(outcome(page)).toContainText('Written')
  expect(await find(workshop, 'notes', { id: noteId(6), amount: -1 })).toHaveLength(1)
})

test('a mode chosen right after typing stays chosen, and what was typed is in the address', async ({
  page,
}) => {
  await openTransact(page, await connectionOf('workshop'), guest)
  const update = await addStep(page, 'update', 'notes')
  await update.getByLabel('Id of the record').fill(noteId(6))
  await page.getByRole('radio', { name: 'Real writes' }).evaluate((radio: HTMLInputElement) => {
    setTimeout(() => radio.click())
    // On a page so busy that the address follows what was typed between the choice and its drawing.
    const end = performance.now() + 400
    while (performance.now() < end);
  })

  await expect(page.getByRole('button', { name: /^Write as Guest/ })).toBeVisible()
  await expect(page).toHaveURL((url) => url.searchParams.get('mode') === 'real')
  await expect(page).toHaveURL((url) => {
    const link = parseStepsLink(url.searchParams.get('steps'))
    return link.kind === 'steps' && link.steps[0]?.subject.id === noteId(6)
  })
})

test('steps are moved, duplicated, removed and brought back with the keyboard', async ({
  page,
}) => {
  await openTransact(page, await connectionOf('workshop'), admin)
  const create = await addStep(page, 'create', 'notes')
  await create.getByRole('textbox', { name: 'title' }).fill('First')
  await addStep(page, 'delete', 'tags')

  await page.getByRole('button', { name: 'Step 2: delete tags' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.getByRole('button', { name: 'Step 1: delete tags' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ControlOrMeta+d')
  await expect(page.getByRole('button', { name: 'Step 3: create notes' })).toBeFocused()
  await expect(card(page, 3).getByRole('textbox', { name: 'title' })).toHaveValue('First')
  await page.keyboard.press('Delete')
  await expect(page.getByRole('group', { name: /^Step/ })).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(card(page, 3).getByRole('textbox', { name: 'title' })).toHaveValue('First')
})

test('a draft survives a reload by its address, and without it is offered', async ({ page }) => {
  const workshop = await connectionOf('workshop')
  await openTransact(page, workshop, admin)
  const create = await addStep(page, 'create', 'notes')
  await create.getByRole('textbox', { name: 'title' }).fill('Half done')
  await expect(page).toHaveURL(/steps=/)
  await page.reload()
  await expect(create.getByRole('textbox', { name: 'title' })).toHaveValue('Half done')

  await page.goto(pages.query({ appId: workshop.appId, as: admin }))
  await page.goto(pages.transact({ appId: workshop.appId, as: admin }))
  await expect(page.getByText('1 step from before is kept in this tab')).toBeVisible()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(create.getByRole('textbox', { name: 'title' })).toHaveValue('Half done')
})

test('g t goes to the page', async ({ page }) => {
  const { appId } = await connectionOf('workshop')
  await page.goto(pages.data({ appId, as: admin }, 'notes'))
  await expect(page.getByRole('grid')).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('t')

  await expect(page.getByRole('button', { name: 'Add step' })).toBeVisible()
})

async function openTransact(page: Page, { appId }: { appId: string }, as: Identity): Promise<void> {
  await page.goto(pages.transact({ appId, as }))
  await expect(page.getByRole('button', { name: 'Add step' })).toBeVisible()
}

/** Adds a step at the end and gives its card. */
async function addStep(page: Page, action: string, namespace: string): Promise<Locator> {
  const steps = page.getByRole('group', { name: /^Step \d/ })
  const number = (await steps.count()) + 1
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
  await card(page, number).getByLabel('Namespace').selectOption(namespace)
  return card(page, number)
}

function card(page: Page, number: number): Locator {
  return page.getByRole('group', { name: new RegExp(`^Step ${number}:`) })
}

async function addField(page: Page, step: Locator, name: string): Promise<void> {
  await addFromMenu(page, step, 'Add field', name)
}

async function addFromMenu(page: Page, step: Locator, menu: string, name: string): Promise<void> {
  await step.getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${name}\\b`) }).click()
}

function outcome(page: Page): Locator {
  return page.getByRole('region', { name: 'Outcome' })
}

function code(page: Page): Locator {
  return page.getByRole('region', { name: 'The same as code' })
}

/** Server actions that the page calls from now on. */
function watchActions(page: Page): string[] {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.headers()['next-action']) sent.push(request.url())
  })
  return sent
}

async function find(
  app: Awaited<ReturnType<typeof connectionOf>>,
  namespace: string,
  where: object,
): Promise<[{ id: string }]> {
  const found = await ask(app, { [namespace]: { $: { where, limit: 1 } } })
  return found[namespace] as [{ id: string }]
}

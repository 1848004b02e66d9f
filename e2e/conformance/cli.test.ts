import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeApp, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { transact } from '@/e2e/support/transact'

/*
 * The unmodified instant-cli, run as a developer runs it, in a project of its own. It reaches nothing
 * but the backend: its address is given, and no login is needed with an admin token.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(root, 'node_modules/instant-cli/bin/index.js')

let backend: RunningBackend
let app: TestApp
let project: string

beforeAll(async () => {
  backend = await startBackend()
}, 120_000)
afterAll(() => backend.stop())

beforeEach(async () => {
  app = await makeApp({ apiURI: backend.apiURI, title: 'From the CLI' })
  project = await mkdtemp(join(tmpdir(), 'understudy-cli-'))
  await symlink(join(root, 'node_modules'), join(project, 'node_modules'))
  await write('package.json', JSON.stringify({ dependencies: { '@instantdb/core': '1.0.67' } }))
})
afterEach(() => rm(project, { recursive: true, force: true }))

const posts = schemaFile(`posts: i.entity({
  title: i.string().indexed(),
  views: i.number().optional(),
}),
comments: i.entity({ text: i.string() }),`)

test('a schema and rules are pushed, and a second push finds nothing to do', async () => {
  await write('instant.schema.ts', posts)
  await write('instant.perms.ts', permsFile({ posts: { allow: { view: 'true' } } }))

  const first = await run('push', 'all')
  expect(first.output).toContain('CREATE NAMESPACE  posts')
  expect(first.output).toContain('Permissions updated!')
  expect(first.code).toBe(0)

  const second = await run('push', 'all')
  expect(second.output).toContain('No schema changes to apply!')
  expect(second.output).toContain('No perms changes to apply!')
})

test('what was pushed is pulled', async () => {
  await write('instant.schema.ts', posts)
  await write('instant.perms.ts', permsFile({ posts: { allow: { delete: 'false' } } }))
  await run('push', 'all')
  await rm(join(project, 'instant.schema.ts'))
  await rm(join(project, 'instant.perms.ts'))

  expect((await run('pull')).code).toBe(0)

  const schema = await readFile(join(project, 'instant.schema.ts'), 'utf8')
  expect(schema).toContain('title: i.string().indexed()')
  expect(schema).toContain('views: i.number().optional()')
  expect(schema).toMatch(/has: ["']one["']/)
  expect(await readFile(join(project, 'instant.perms.ts'), 'utf8')).toMatch(/delete: ["']false["']/)
})

test('a rename keeps the values, and what is left out is deleted', async () => {
  await write('instant.schema.ts', posts)
  await run('push', 'schema')
  const id = crypto.randomUUID()
  await transact(app, [['create', 'posts', id, { title: 'Kept', views: 3 }]])
  await write(
    'instant.schema.ts',
    schemaFile('posts: i.entity({ name: i.string().indexed() }),', false),
  )

  const pushed = await run('push', 'schema', '--rename', 'posts.title:posts.name')

  expect(pushed.code).toBe(0)
  const found = await run('query', '{ posts: {} }', '--admin')
  expect(JSON.parse(found.stdout)).toEqual({ posts: [{ id, name: 'Kept' }] })
})

test('values that a new constraint forbids are shown, and the push fails', async () => {
  await write('instant.schema.ts', schemaFile('posts: i.entity({ views: i.any() }),', false))
  await run('push', 'schema')
  const id = crypto.randomUUID()
  await transact(app, [['create', 'posts', id, { views: 'many' }]])
  await write('instant.schema.ts', schemaFile('posts: i.entity({ views: i.number() }),', false))

  const { code, output } = await run('push', 'schema')

  expect(code).not.toBe(0)
  expect(output).toContain('many')
  expect(output).toContain(id)
})

test('two records with one value stop a unique constraint', async () => {
  await write('instant.schema.ts', schemaFile('posts: i.entity({ slug: i.string() }),', false))
  await run('push', 'schema')
  await transact(
    app,
    [1, 2].map(() => ['create', 'posts', crypto.randomUUID(), { slug: 'taken' }]),
  )
  await write(
    'instant.schema.ts',
    schemaFile('posts: i.entity({ slug: i.string().unique() }),', false),
  )

  const { code, output } = await run('push', 'schema')

  expect(code).not.toBe(0)
  expect(output).toContain('taken')
})

test('a rule that does not compile is refused with its place', async () => {
  await write('instant.perms.ts', permsFile({ posts: { allow: { view: 'lol' } } }))
  const { code, output } = await run('push', 'perms')
  expect(code).not.toBe(0)
  expect(output).toContain("undeclared reference to 'lol'")
})

test('a query runs as an identity', async () => {
  await write('instant.perms.ts', permsFile({ posts: { allow: { view: 'false' } } }))
  await run('push', 'perms')
  await transact(app, [['update', 'posts', crypto.randomUUID(), { title: 'Hidden' }]])
  expect((await run('query', '{ posts: {} }', '--admin')).stdout).toContain('Hidden')
  expect(JSON.parse((await run('query', '{ posts: {} }', '--as-guest')).stdout)).toEqual({
    posts: [],
  })
})

test('`info` names the app', async () => {
  const { code, output } = await run('info')
  expect(output).toContain('From the CLI')
  expect(code).toBe(0)
})

interface Run {
  readonly code: number
  readonly stdout: string
  /** Both streams. */
  readonly output: string
}

function run(...words: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [cli, ...words, '--yes'],
      {
        cwd: project,
        timeout: 60_000,
        env: {
          NODE_ENV: 'test',
          PATH: process.env.PATH,
          HOME: project,
          CI: '1',
          NO_COLOR: '1',
          INSTANT_CLI_API_URI: app.apiURI,
          INSTANT_APP_ID: app.appId,
          INSTANT_APP_ADMIN_TOKEN: app.adminToken,
        },
      },
      (error, stdout, stderr) => {
        const code = error ? Number(error.code ?? 1) : 0
        resolve({ code, stdout, output: stdout + stderr })
      },
    )
    child.stdin?.end()
  })
}

function write(name: string, text: string): Promise<void> {
  return writeFile(join(project, name), text)
}

function schemaFile(entities: string, hasLink = true): string {
  const link = `postComments: {
    forward: { on: 'comments', has: 'one', label: 'post', onDelete: 'cascade' },
    reverse: { on: 'posts', has: 'many', label: 'comments' },
  },`
  return `import { i } from '@instantdb/core'
export default i.schema({ entities: { ${entities} }, links: { ${hasLink ? link : ''} } })
`
}

function permsFile(code: object): string {
  return `export default ${JSON.stringify(code)}\n`
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

test('no address of the dashboard is written by hand', () => {
  const written = sources('app', 'components', 'lib')
    .filter(({ path }) => path !== 'lib/model/routes.ts')
    .flatMap(({ path, text }) =>
      [...text.matchAll(handWritten)].map((match) => `${path}: ${match[0].trim()}`),
    )

  expect(written).toEqual([])
})

test('the scan finds an address however it is written', () => {
  const samples = [
    '<a href="/apps/x">',
    "<Link href={'/apps'}>",
    '<Link href={`/apps`}>',
    "router.push('/apps')",
    'redirect(`/`)',
    "fetch('/api/x')",
    '<form action="/api/x">',
  ]
  expect(samples.filter((sample) => sample.match(handWritten) === null)).toEqual([])
})

test('every export of lib/actions is made by defineAction, and each file is a server action file', () => {
  for (const { path, text } of sources('lib/actions')) {
    expect(text, path).toMatch(/^'use server'\n/)
    for (const line of text.split('\n').filter((each) => each.startsWith('export'))) {
      expect(line, path).toMatch(
        /^export const \w+ = defineAction\($|^export const \w+ = defineAction\(.+\)$/,
      )
    }
  }
})

test('every route handler is made by defineRead, defineQuestion where it needs a body, definePicture where it answers none, or defineStream where it lasts', () => {
  for (const { path, text } of sources('app/api')) {
    const made = text.split('\n').filter((each) => each.startsWith('export'))
    expect(made.length, path).toBeGreaterThan(0)
    for (const line of made)
      expect(line, path).toMatch(
        /^export const (GET = define(Read|Picture|Stream)|POST = defineQuestion)\(/,
      )
  }
})

test('what writes at a backend does so behind the doors that decide whether it is meant', () => {
  const doors = ['lib/data/users.ts', 'lib/data/write-steps.ts', 'lib/instant/client.ts']
  const writes =
    /\.(transact|debugTransact|deleteUser|createToken|signOut|generateMagicCode|signInWith\w*)\(|\b(writeAs|manageUsers)\(/
  const elsewhere = sources('app', 'lib/actions', 'lib/data', 'lib/instant')
    .filter(({ path, text }) => !doors.includes(path) && writes.test(text))
    .map(({ path }) => path)

  expect(elsewhere).toEqual([])
})

test('requests reach the browser as types only: a page carries no zod for their schemas', () => {
  const imported = sources('components', 'lib/queries').flatMap(({ path, text }) =>
    [...text.matchAll(/^(?:import (?!type )|\} )[^\n]*from '@\/lib\/model\/requests\/\w+'/gm)].map(
      ([line]) => `${path}: ${line}`,
    ),
  )
  expect(imported).toEqual([])
})

test('what must stay on the server says so', () => {
  const unmarked = sources('lib/instant', 'lib/data', 'lib/operators')
    .filter(({ text }) => /process\.env|adminToken|@instantdb\/admin|next\/headers/.test(text))
    .filter(({ text }) => !text.startsWith("import 'server-only'"))
    .map(({ path }) => path)

  expect(unmarked).toEqual([])
})

const handWritten =
  /(\b(href|action)=\{?["'`]\/|\b(push|replace|prefetch|redirect|permanentRedirect|fetch)\(["'`]\/)[^\n]*/g

function sources(...folders: readonly string[]) {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) =>
        join(entry.parentPath, entry.name),
      ),
    )
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }))
}

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareDataDirectory } from './data-directory'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'understudy-'))
})
afterEach(() => rmSync(parent, { recursive: true }))

test('a new data directory is for its owner alone, and can be prepared again', () => {
  const { path } = prepareDataDirectory(join(parent, 'a', 'b'))
  writeFileSync(join(path, 'anything'), '')

  expect(prepareDataDirectory(path).path).toBe(path)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('a directory with other files is refused and left as it is', () => {
  writeFileSync(join(parent, 'thesis.doc'), '')

  expect(() => prepareDataDirectory(parent)).toThrow(
    `${parent} holds other files (such as thesis.doc) and is no data directory of Understudy. ` +
      'Choose an empty or a new directory.',
  )
  expect(readdirSync(parent)).toEqual(['thesis.doc'])
})

test('the top of a fresh volume is as good as an empty directory', () => {
  mkdirSync(join(parent, 'lost+found'))

  expect(prepareDataDirectory(parent).path).toBe(parent)
})

test('a file in its place is one clear line', () => {
  const file = join(parent, 'file')
  writeFileSync(file, '')
  const message = /^The data directory .* cannot be made, since a file is in its place\./

  expect(() => prepareDataDirectory(file)).toThrow(message)
  expect(() => prepareDataDirectory(join(file, 'below'))).toThrow(message)
})

test('the files of another Postgres are refused', () => {
  const { files } = prepareDataDirectory(parent)
  mkdirSync(files)
  writeFileSync(join(files, 'PG_VERSION'), '17\n')

  expect(() => prepareDataDirectory(parent)).toThrow('was made by Postgres 17')
})

import { expect, test } from 'vitest'
import { join, raw, sql, toQuery } from './sql'

test('placeholders are numbered in reading order across nested fragments', () => {
  const inner = sql`b = ${2} and c = ${3}`

  expect(toQuery(sql`a = ${1} and (${inner}) or d = ${4}`)).toEqual({
    text: 'a = $1 and (b = $2 and c = $3) or d = $4',
    values: [1, 2, 3, 4],
  })
})

test('fragments join with a separator and none joins to nothing', () => {
  expect(toQuery(join([sql`a = ${1}`, sql`b`, sql`c = ${2}`], sql` and `))).toEqual({
    text: 'a = $1 and b and c = $2',
    values: [1, 2],
  })
  expect(toQuery(join([], sql`, `))).toEqual({ text: '', values: [] })
})

test('an interpolated string is bound, never spliced', () => {
  expect(toQuery(sql`select ${'1; drop table x'} ${raw('asc')}`)).toEqual({
    text: 'select $1 asc',
    values: ['1; drop table x'],
  })
})

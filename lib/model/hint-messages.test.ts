import { expect, test } from 'vitest'
import { hintMessages } from './hint-messages'

test.each<[rule: string, hint: unknown, expected: string[]]>([
  [
    'reasons come before the general remark',
    { errors: [{ message: 'a' }], message: 'b' },
    ['a', 'b'],
  ],
  ['what the message says already is not repeated', { message: 'no title' }, []],
  ['the same reason is told once', { errors: [{ message: 'a' }, { message: 'a' }] }, ['a']],
  ['a hint of another shape says nothing', { args: [1] }, []],
  ['no hint says nothing', undefined, []],
  ['null says nothing', null, []],
  ['a reason that is not text says nothing', { errors: [{ message: 1 }, null, 'x'] }, []],
])('%s', (_rule, hint, expected) => {
  expect(hintMessages({ code: 'x', message: 'Refused: no title', hint })).toEqual(expected)
})

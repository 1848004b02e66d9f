import { expect, test } from 'vitest'
import { cursorText } from '@/lib/model/cursor'
import { toPageEnd } from './page-end'

const endCursor = ['e', 'a', 'value', 1_700_000_000_000]
const told = (cursor: unknown) => ({ notes: { endCursor: cursor, hasNextPage: true } })

test('the cursor of a page comes back as it was told', () => {
  const { cursor, hasNext } = toPageEnd(told(endCursor), 'notes')
  expect(hasNext).toBe(true)
  expect(cursorText.parse(cursor)).toEqual(endCursor)
})

test.each([
  ['no page info', {}],
  ['nothing at all', undefined],
  ['a cursor of another shape', told(['e'])],
])('%s leaves the end of a page unknown', (_, info) => {
  expect(toPageEnd(info, 'notes')).toEqual({ cursor: null, hasNext: null })
})

test('a cursor too long for an address is not told, but that there is more is', () => {
  const long = ['e', 'a', 'x'.repeat(3000), 0]
  expect(toPageEnd(told(long), 'notes')).toEqual({ cursor: null, hasNext: true })
})

test.each(['', 'no json', '{}', '["e"]', `"${'x'.repeat(3000)}"`])(
  'what is no cursor is refused: %.20s',
  (text) => {
    expect(cursorText.safeParse(text).success).toBe(false)
  },
)

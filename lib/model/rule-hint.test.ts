import { expect, test } from 'vitest'
import { parseRuleHint } from './rule-hint'

test('a rule that failed tells where it stands, why, and over which record', () => {
  const understudy = {
    rule: 'own',
    path: ['posts', 'allow', 'update'],
    entity: { id: 'e', level: null },
    error: { message: 'no such overload', start: 0, end: 4, line: 1, column: 1, name: null },
    texts: [{ name: null, text: 'data.level > 1', steps: [] }],
    inputs: {},
  }

  expect(parseRuleHint({ 'data-type': 'evaluation', understudy })).toEqual({
    path: 'posts.allow.update',
    origin: 'own',
    message: 'no such overload',
    record: { id: 'e', level: null },
    explanation: { texts: [{ name: null, text: 'data.level > 1', parts: [] }] },
  })
})

test.each([[undefined], [null], ['text'], [{ errors: [] }], [{ understudy: 'x' }]])(
  'a hint that tells of no rule is none (%j)',
  (hint) => {
    expect(parseRuleHint(hint)).toBeNull()
  },
)

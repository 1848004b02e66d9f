import { expect, test } from 'vitest'
import { toRefusals } from './refusals'
import type { RuleCheck } from './transaction'

test('a rule that refuses several records is named once, and what is allowed is not', () => {
  const checks = [
    check({ id: 'a', isAllowed: false }),
    check({ id: 'b', isAllowed: false }),
    check({ id: 'c', isAllowed: true }),
  ]

  expect(toRefusals(checks)).toEqual([
    { what: 'update notes', rule: 'notes.allow.update', code: 'false', count: 2 },
  ])
})

test('a rule whose place is not told is named by what it judges', () => {
  expect(toRefusals([check({ isAllowed: false, rule: null })])).toEqual([
    { what: 'update notes', rule: 'the rule for update notes', code: null, count: 1 },
  ])
})

function check(change: Partial<RuleCheck>): RuleCheck {
  return {
    scope: 'object',
    action: 'update',
    namespace: 'notes',
    id: 'a',
    isAllowed: true,
    value: false,
    rule: { code: 'false', path: 'notes.allow.update', origin: 'own' },
    data: null,
    newData: null,
    explanation: null,
    ...change,
  }
}

import { expect, test } from 'vitest'
import { toDryRun, wireDryRun } from './wire-checks'

const check = {
  scope: 'object',
  action: 'update',
  etype: 'goals',
  eid: 'e',
  bindings: { data: { id: 'e' }, 'new-data': { id: 'e', title: 'x' }, 'rule-params': null },
  program: { etype: 'goals', action: 'update', code: 'cel.bind(…)', 'display-code': 'isOwner' },
  'check-result': false,
  'check-pass?': false,
}

test('a check of Instant’s own backend is read without an explanation', () => {
  expect(read([check])).toEqual([
    {
      scope: 'object',
      action: 'update',
      namespace: 'goals',
      id: 'e',
      isAllowed: false,
      value: false,
      rule: { code: 'isOwner', path: null, origin: null },
      data: { id: 'e' },
      newData: { id: 'e', title: 'x' },
      explanation: null,
    },
  ])
})

test('where no rule applies there is none, and attributes have no id', () => {
  const attr = { ...check, scope: 'attr', etype: 'attrs', eid: undefined, program: {} }

  expect(read([attr])).toEqual([expect.objectContaining({ id: null, rule: null })])
})

test('the embedded backend tells where the rule stands and what its parts came to', () => {
  const steps = [
    { start: 0, end: 7, text: 'isOwner', count: 1, outcomes: [{ kind: 'value', value: false }] },
  ]
  const understudy = {
    rule: '$default',
    path: ['goals', 'allow', '$default'],
    texts: [{ name: null, text: 'isOwner', steps }],
  }

  const [told] = read([{ ...check, understudy }])
  expect(told?.rule).toEqual({ code: 'isOwner', path: 'goals.allow.$default', origin: '$default' })
  expect(told?.explanation?.texts[0]?.parts).toEqual([
    { text: 'isOwner', outcomes: [{ kind: 'value', value: false }] },
  ])
})

test('an explanation in another form is left out; the verdict stays', () => {
  const [told] = read([{ ...check, understudy: { texts: [{ nothing: 'known' }], path: 7 } }])

  expect(told).toMatchObject({ isAllowed: false, explanation: null, rule: { path: null } })
})

function read(checks: readonly unknown[]) {
  return toDryRun(
    wireDryRun.parse({ 'tx-id': 1, 'all-checks-ok?': false, 'check-results': checks }),
  ).checks
}

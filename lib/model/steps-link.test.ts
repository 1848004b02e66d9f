import { expect, test } from 'vitest'
import { toQueryLink } from './query-link'
import { newStepDraft, type StepDraft } from './step-draft'
import { parseStepsLink, toStepsLink } from './steps-link'

const step: StepDraft = {
  ...newStepDraft({ key: 'x', action: 'update', namespace: 'tickets', id: 'not yet an id' }),
  fields: [
    { name: 'subject', draft: { kind: 'text', text: 'Ünï — 😀' } },
    { name: 'dueAt', draft: { kind: 'null' } },
  ],
  links: [{ label: 'labels', targets: 'a, b' }],
}

test('a link brings the cards as they were typed, complete or not', () => {
  expect(parseStepsLink(toStepsLink([step, step]))).toEqual({
    kind: 'steps',
    steps: [
      { ...step, key: '0' },
      { ...step, key: '1' },
    ],
  })
})

test('no cards need no link', () => {
  expect([toStepsLink([]), parseStepsLink(null)]).toEqual([null, { kind: 'none' }])
})

test('what is too long for an address has no link', () => {
  const long: StepDraft = { ...step, links: [{ label: 'labels', targets: 'x'.repeat(7000) }] }

  expect(toStepsLink([long])).toBeNull()
})

test.each([
  ['%%%'],
  [toQueryLink('no json')],
  [toQueryLink('{"steps":[]}')],
  [toQueryLink('[{"action":"drop"}]')],
  [toQueryLink('[null]')],
  ['~abc'],
])('%s is broken, and no exception', (link) => {
  expect(parseStepsLink(link)).toEqual({ kind: 'broken' })
})

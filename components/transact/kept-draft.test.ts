import { beforeEach, expect, test } from 'vitest'
import { newStepDraft } from '@/lib/model/step-draft'
import { emptyDraft, keepDraft, keptDraft } from './kept-draft'

const step = newStepDraft({ key: '0', action: 'create', namespace: 'notes', id: 'typed so far' })

beforeEach(() => {
  const kept = new Map<string, string>()
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    },
  })
})

const draft = { steps: [step], offered: [step, { ...step, key: '1' }], links: ['ab', 'abc'] }

test('a draft comes back as it was, for its app alone', () => {
  keepDraft('app', draft)

  expect([keptDraft('app'), keptDraft('other')]).toEqual([draft, emptyDraft])
})

test('what was offered is kept without other steps, too', () => {
  keepDraft('app', { ...draft, steps: [], links: [] })

  expect(keptDraft('app')).toEqual({ ...draft, steps: [], links: [] })
})

test('without steps nothing is kept', () => {
  keepDraft('app', draft)
  keepDraft('app', { ...emptyDraft, links: ['abc'] })

  expect(keptDraft('app')).toEqual(emptyDraft)
})

test.each(['', '{', '[1]', '{"steps":[{"action":"create"}],"offered":7}'])(
  'what is no draft (%s) is none',
  (text) => {
    sessionStorage.setItem('understudy:transact:app', text)

    expect(keptDraft('app')).toEqual(emptyDraft)
  },
)

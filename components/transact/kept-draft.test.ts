import { beforeEach, expect, test } from 'vitest'
import { newStepDraft } from '@/lib/model/step-draft'
import { keepDraft, keptDraft } from './kept-draft'

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

test('a draft comes back as it was, for its app alone', () => {
  keepDraft('app', [step])

  expect([keptDraft('app'), keptDraft('other')]).toEqual([[step], []])
})

test('without steps nothing is kept', () => {
  keepDraft('app', [step])
  keepDraft('app', [])

  expect(keptDraft('app')).toEqual([])
})

test.each(['', '{', '[1]', '[{"action":"create"}]'])('what is no draft (%s) is none', (text) => {
  sessionStorage.setItem('understudy:transact:app', text)

  expect(keptDraft('app')).toEqual([])
})

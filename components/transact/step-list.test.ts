import { expect, test } from 'vitest'
import { newStepDraft, type StepDraft } from '@/lib/model/step-draft'
import { changeSteps, duplicateStep, type StepListChange } from './step-list'

const [a, b, c] = [card('a'), card('b'), card('c')]

test.each<[rule: string, change: StepListChange, keys: string]>([
  ['a step is added at the end', { kind: 'add', step: card('d') }, 'abcd'],
  ['or where it was', { kind: 'add', step: card('d'), at: 1 }, 'adbc'],
  ['a step moves up', { kind: 'move', key: 'b', by: -1 }, 'bac'],
  ['a step moves down', { kind: 'move', key: 'b', by: 1 }, 'acb'],
  ['the first does not move up', { kind: 'move', key: 'a', by: -1 }, 'abc'],
  ['the last does not move down', { kind: 'move', key: 'c', by: 1 }, 'abc'],
  ['a step that is gone does not move', { kind: 'move', key: 'x', by: 1 }, 'abc'],
  ['a step is removed', { kind: 'remove', key: 'b' }, 'ac'],
  ['steps from before come first', { kind: 'prepend', steps: [card('d')] }, 'dabc'],
])('%s', (_rule, change, keys) => {
  expect(
    changeSteps([a, b, c], change)
      .map(({ key }) => key)
      .join(''),
  ).toBe(keys)
})

test('a copy of what is created has a new id; one of what is changed is of the same record', () => {
  const fresh = { key: 'new', id: 'new id' }

  expect(duplicateStep({ ...a, action: 'create' }, fresh).subject.id).toBe('new id')
  expect(duplicateStep(a, fresh)).toEqual({ ...a, key: 'new' })
})

function card(key: string): StepDraft {
  return newStepDraft({ key, action: 'update', namespace: 'notes', id: 'id' })
}

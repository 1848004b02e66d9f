import { expect, test } from 'vitest'
import type { AppSchema, Link, Namespace } from '@/lib/model/schema'
import type { RuleCheck, Step } from '@/lib/model/transaction'
import { blameSteps, placeChecks } from './place-checks'

const note = '6f1d6e0a-2b0f-4f0e-9a7e-0d1f2b3c4d5e'
const tag = '0c9e3c5e-6c0d-4c0a-8a0b-1f2e3d4c5b6a'

const update: Step = {
  action: 'update',
  namespace: 'notes',
  subject: note,
  values: { title: 'x' },
  mustExist: true,
}
const bySlug: Step = { ...update, subject: { attribute: 'slug', value: 'a' } }
const link: Step = { action: 'link', namespace: 'notes', subject: note, links: { tags: [tag] } }
const deletion: Step = { action: 'delete', namespace: 'notes', subject: note }

test.each<[rule: string, check: Partial<RuleCheck>, step: Step, isPlaced: boolean]>([
  ['an update stands at its step', { action: 'update' }, update, true],
  ['an upsert may be judged as a create', { action: 'create' }, update, true],
  ['an update of another record does not', { action: 'update', id: tag }, update, false],
  ['nor the deletion of the same', { action: 'delete' }, update, false],
  ['a looked-up record is known by its value', { data: { slug: 'a' } }, bySlug, true],
  ['also when it is made', { data: null, newData: { slug: 'a' } }, bySlug, true],
  ['another value is another record', { data: { slug: 'b' } }, bySlug, false],
  ['a link asks about the record', { action: 'update' }, link, true],
  ['and about its target', { action: 'view', namespace: 'tags', id: tag }, link, true],
  ['but not about others', { action: 'view', namespace: 'tags', id: note }, link, false],
  ['a deletion stands at its step', { action: 'delete' }, deletion, true],
  ['what goes with it does not', { action: 'delete', namespace: 'tags' }, deletion, false],
  ['an attribute is of no step', { scope: 'attr', namespace: 'attrs', id: null }, update, false],
])('%s', (_rule, partial, step, isPlaced) => {
  const check: RuleCheck = { ...base, ...partial }

  expect(placeChecks([check], [step], schema)).toEqual(
    isPlaced ? { ofSteps: [[check]], others: [] } : { ofSteps: [[]], others: [check] },
  )
})

test('where a link has a rule of its own, what else is asked of its ends is of other steps', () => {
  const [ofUpdate, ofLink] = [
    { ...base, action: 'update' },
    { ...base, action: 'link' },
  ]

  expect(placeChecks([ofUpdate, ofLink], [update, link], schema)).toEqual({
    ofSteps: [[ofUpdate], [ofLink]],
    others: [],
  })
})

test.each<[rule: string, message: string, hint: unknown, blamed: number[]]>([
  ['a place names the step', '', { errors: [{ in: [2, 1] }] }, [2]],
  ['an id in the message does', `Updating entities that don't exist: ${note}`, null, [0, 2, 3]],
  ['a value that is taken', '', { etype: 'notes', label: 'slug', value: '"a"' }, [1]],
  ['a value that one step sets', '', { etype: 'notes', label: 'title', value: '"x"' }, [0, 1]],
  ['a value that no step sets', '', { etype: 'notes', label: 'title', value: '"y"' }, []],
  ['a namespace, when that is all', '', { input: ['notes', 'object'] }, [0, 1, 2, 3]],
  ['nothing, when nothing is told', 'sorry', undefined, []],
])('a refusal is blamed on steps: %s', (_rule, message, hint, blamed) => {
  const failure = { code: 'x', message, hint }

  expect(blameSteps(failure, [update, bySlug, link, deletion])).toEqual(blamed)
})

const base: RuleCheck = {
  scope: 'object',
  action: 'update',
  namespace: 'notes',
  id: note,
  isAllowed: true,
  value: true,
  rule: null,
  data: null,
  newData: null,
  explanation: null,
}

const tags: Link = {
  label: 'tags',
  target: 'tags',
  targetLabel: 'notes',
  cardinality: 'many',
  isForward: true,
  isRequired: false,
  deletesTargets: false,
}

const notes: Namespace = {
  name: 'notes',
  isSystem: false,
  attributes: [],
  links: [tags],
  titleAttribute: null,
}

const schema: AppSchema = { title: null, namespaces: [notes] }

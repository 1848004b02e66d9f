import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import type { AppSchema, Attribute, Namespace } from '@/lib/model/schema'
import { checkTerm, findEnd, operatorsFor } from './check-term'
import { addTo, type FilterGroup, noFilter, replaceAt, termsOf } from './filter'
import { fromWhere } from './from-where'
import { parseFilter } from './parse-filter'
import { printFilter } from './print-filter'
import { quickSearch } from './quick-search'
import { toWhere } from './to-where'
import { valueTerms } from './value-terms'

test.each<[text: string, where: Json]>([
  ['', null],
  ['status = open', { status: 'open' }],
  ['status != open', { status: { $ne: 'open' } }],
  ['a > 1 and b <= 2', { a: { $gt: 1 }, b: { $lte: 2 } }],
  ['a > 1 and a < 5', { and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }] }],
  ['owner.a = 1 and owner.b = 2', { and: [{ 'owner.a': 1 }, { 'owner.b': 2 }] }],
  ['a = 1 and (b = 2 or c = 3)', { and: [{ a: 1 }, { or: [{ b: 2 }, { c: 3 }] }] }],
  ['tag in (x, y)', { tag: { $in: ['x', 'y'] } }],
  ['a is null or b is not null', { or: [{ a: { $isNull: true } }, { b: { $isNull: false } }] }],
  [
    'name like "a%" or name ilike "b%"',
    { or: [{ name: { $like: 'a%' } }, { name: { $ilike: 'b%' } }] },
  ],
  ['off a = 1 and b = 2', { b: 2 }],
  ['off a = 1', null],
  ['a = 1 and off (b = 2 or c = 3)', { a: 1 }],
])('%s asks for its where', (text, where) => {
  expect(toWhere(read(text))).toEqual(where)
})

test.each([
  'status = "open"',
  'a > 1 and b <= 2',
  'a > 1 and a < 5',
  'owner.a = 1 and owner.b = 2',
  'a = 1 and (b = 2 or c in (1, 2))',
  'a is null or b is not null',
])('%s comes back from its where', (text) => {
  const back = fromWhere(toWhere(read(text)))
  expect(back && printFilter(back)).toBe(text)
})

test.each<[why: string, where: Json]>([
  ['conditions on a link that share the linked record', { 'owner.a': 1, 'owner.b': 2 }],
  ['several operators in one', { a: { $gt: 1, $lt: 2 } }],
  ['an unknown operator', { a: { $near: 1 } }],
  ['a list as a value', { a: [1] }],
  ['an empty or', { or: [] }],
])('%s is no filter', (_why, where) => {
  expect(fromWhere(where)).toBeNull()
})

test.each<[text: string, reason: string | null, fix: string | null]>([
  ['title = "x"', null, null],
  ['owner.name = "x"', null, null],
  ['owner = "6a1f8f1e-6f0a-4b60-9a53-3d9f2d3c1c11"', null, null],
  ['owner is null', null, null],
  ['note = 5', null, null],
  ['size > 3', null, null],
  ['size > "3"', 'goals.size holds numbers, which "3" is not.', 'Use 3'],
  ['size > "big"', 'goals.size holds numbers, which "big" is not.', null],
  ['title = 5', 'goals.title holds text, which 5 is not.', 'Use "5"'],
  ['title in ("a", 5)', 'goals.title holds text, which 5 is not.', 'Use "5"'],
  ['isDone = "true"', 'goals.isDone holds booleans, which "true" is not.', 'Use true'],
  ['due < "tomorrow"', 'goals.due holds dates, which "tomorrow" is not.', null],
  ['title ilike "x%"', null, null],
  ['plain ilike "x%"', 'goals.plain needs an index for this: add it in the schema.', 'Use ='],
  [
    'note > 3',
    'goals.note needs an index and a checked type for this: add it in the schema.',
    null,
  ],
  ['plain in ("a", null)', 'null in a list needs an index: write “or … is null” instead.', null],
  ['owner > 3', 'owner is a link: compare an attribute of people.', null],
  ['owner = "x"', 'owner is compared with ids, which "x" is not.', null],
  ['size ilike "1%"', 'goals.size holds numbers, and only text can be compared so.', null],
  ['Title = "x"', 'goals has no attribute or link called “Title”.', 'Use title'],
  ['owner.nam = "x"', 'people has no attribute or link called “nam”.', 'Use name'],
  ['nothing = 1', 'goals has no attribute or link called “nothing”.', null],
  ['title.name = 1', 'goals.title is no link, so nothing follows it.', null],
])('%s: %s', (text, reason, fix) => {
  const [term] = termsOf(read(text))
  const issue = term ? checkTerm(term, place) : null
  expect([issue?.reason ?? null, issue?.fix?.label ?? null]).toEqual([reason, fix])
  if (issue?.fix) expect(checkTerm(issue.fix.term, place)).toBeNull()
})

test('what cannot be compared so is offered with its reason', () => {
  const end = findEnd(['note'], place)
  const refused = end ? operatorsFor(end).filter(({ whyNot }) => whyNot !== null) : []
  expect(refused.map(({ operator }) => operator)).toEqual(['>', '>=', '<', '<=', 'ilike', 'like'])
})

test('a quick search looks for the text itself in all indexed text', () => {
  const found = quickSearch(' 50%_\\ ', goals)
  expect(found && toWhere(found)).toEqual({ title: { $ilike: '%50\\%\\_\\\\%' } })
})

test('a quick search for an id finds the record', () => {
  const id = '6a1f8f1e-6f0a-4b60-9a53-3d9f2d3c1c11'
  const found = quickSearch(id, goals)
  expect(found && toWhere(found)).toEqual({ id })
})

test('a quick search with nothing to look in is none', () => {
  expect(quickSearch('x', { ...goals, attributes: [] })).toBeNull()
})

test.each<[column: string, value: Json | undefined, terms: readonly string[]]>([
  [
    'size',
    5,
    ['size = 5', 'size != 5', 'size >= 5', 'size <= 5', 'size is not null', 'size is null'],
  ],
  ['isDone', true, ['isDone = true', 'isDone != true', 'isDone >= true', 'isDone <= true']],
  ['note', 'x', ['note = "x"', 'note != "x"', 'note is not null', 'note is null']],
  ['note', { deep: 1 }, ['note is not null', 'note is null']],
  ['title', null, ['title is not null', 'title is null']],
  ['owner', undefined, ['owner is not null', 'owner is null']],
])('of %s the value %j suggests what can be asked', (column, value, terms) => {
  const suggested = valueTerms(column, value, place)
  const texts = suggested.map((term) => printFilter({ ...noFilter, of: [term] }))
  expect(texts.slice(0, terms.length)).toEqual(terms)
})

test('a part is replaced, removed and added where it stands', () => {
  const filter = read('a = 1 and (b = 2 or c = 3)')
  const other = read('x = 9').of[0] ?? null
  expect(printFilter(replaceAt(filter, [1, 0], other))).toBe('a = 1 and (x = 9 or c = 3)')
  expect(printFilter(replaceAt(filter, [1, 0], null))).toBe('a = 1 and c = 3')
  expect(printFilter(replaceAt(filter, [1], null))).toBe('a = 1')
  expect(other && printFilter(addTo(filter, [1], other))).toBe(
    'a = 1 and (b = 2 or c = 3 or x = 9)',
  )
  expect(other && printFilter(addTo(noFilter, [], other))).toBe('x = 9')
})

function read(text: string): FilterGroup {
  const parsed = parseFilter(text)
  if (parsed.kind === 'wrong') throw new Error(parsed.problem.message)
  return parsed.filter
}

const attribute = (name: string, more: Partial<Attribute> = {}): Attribute => ({
  name,
  type: 'string',
  isTyped: true,
  isIndexed: true,
  isUnique: false,
  isRequired: false,
  isSystem: false,
  ...more,
})

const goals: Namespace = {
  name: 'goals',
  isSystem: false,
  titleAttribute: 'title',
  attributes: [
    attribute('id'),
    attribute('title'),
    attribute('plain', { isIndexed: false }),
    attribute('size', { type: 'number' }),
    attribute('isDone', { type: 'boolean' }),
    attribute('due', { type: 'date' }),
    attribute('note', { type: 'any', isTyped: false, isIndexed: false }),
  ],
  links: [
    {
      label: 'owner',
      target: 'people',
      targetLabel: 'goals',
      cardinality: 'one',
      isForward: true,
      isRequired: false,
      deletesTargets: false,
    },
  ],
}
const people: Namespace = {
  name: 'people',
  isSystem: false,
  titleAttribute: 'name',
  attributes: [attribute('id'), attribute('name')],
  links: [],
}
const schema: AppSchema = { title: null, namespaces: [goals, people] }
const place = { namespace: goals, schema }

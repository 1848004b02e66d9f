import { expect, test } from 'vitest'
import { compileStep, splitTargets } from './compile-step'
import type { Draft } from './parse-field'
import type { AppSchema, Attribute, AttributeType, Link } from './schema'
import { newStepDraft, type StepDraft } from './step-draft'
import type { Step } from './transaction'

const note = '6f1d6e0a-2b0f-4f0e-9a7e-0d1f2b3c4d5e'
const tag = '0c9e3c5e-6c0d-4c0a-8a0b-1f2e3d4c5b6a'

test.each<[rule: string, draft: StepDraft, step: Step]>([
  [
    'values are of their attribute’s type',
    card('update', { fields: { title: 'x', amount: '1.5', isDone: 'false', extra: '{"a":[1]}' } }),
    {
      action: 'update',
      namespace: 'notes',
      subject: note,
      values: { title: 'x', amount: 1.5, isDone: false, extra: { a: [1] } },
      mustExist: true,
    },
  ],
  [
    'null is a value of its own',
    card('merge', { fields: { amount: null }, mustExist: false }),
    {
      action: 'merge',
      namespace: 'notes',
      subject: note,
      values: { amount: null },
      mustExist: false,
    },
  ],
  [
    'an id is in lower case without space around it',
    card('delete', { id: ` ${note.toUpperCase()} ` }),
    { action: 'delete', namespace: 'notes', subject: note },
  ],
  [
    'a record is looked up by a unique attribute',
    card('delete', { lookup: ['slug', 'a'] }),
    { action: 'delete', namespace: 'notes', subject: { attribute: 'slug', value: 'a' } },
  ],
  [
    'a link has each target once',
    card('link', { links: { tags: `${tag},\n${tag}` } }),
    { action: 'link', namespace: 'notes', subject: note, links: { tags: [tag] } },
  ],
  [
    'what the action has no use for stays out of the step',
    card('delete', { fields: { title: 'x' }, links: { tags: 'x' } }),
    { action: 'delete', namespace: 'notes', subject: note },
  ],
])('%s', (_rule, draft, step) => {
  expect(compileStep(draft, schema)).toEqual({ step, problems: [] })
})

test.each<[rule: string, draft: StepDraft, kind: 'missing' | 'wrong', message: RegExp]>([
  ['a namespace', { ...card('delete', {}), namespace: '' }, 'missing', /Choose a namespace/],
  ['a namespace that is there', { ...card('delete', {}), namespace: 'x' }, 'wrong', /no namespace/],
  ['an id', card('delete', { id: '' }), 'missing', /by its id/],
  ['an id that is one', card('delete', { id: '12' }), 'wrong', /UUID/],
  ['a unique attribute', card('delete', { lookup: ['title', 'a'] }), 'wrong', /not unique/],
  ['a value to look up', card('delete', { lookup: ['slug', ''] }), 'missing', /Which slug/],
  ['a field', card('update', {}), 'missing', /Add a field/],
  ['a value', card('update', { fields: { amount: '' } }), 'missing', /Not a number/],
  ['a value of its type', card('update', { fields: { amount: 'x' } }), 'wrong', /Not a number/],
  ['a known attribute', card('update', { fields: { nope: '1' } }), 'wrong', /no attribute "nope"/],
  ['links in a step for links', card('update', { fields: { tags: '1' } }), 'wrong', /is a link/],
  ['the id to stay', card('update', { fields: { id: 'x' } }), 'wrong', /never changes/],
  ['what is required', card('create', {}), 'missing', /title is required/],
  ['what is required not null', card('create', { fields: { title: null } }), 'wrong', /required/],
  ['a link', card('link', {}), 'missing', /Choose a link/],
  ['a known link', card('link', { links: { nope: tag } }), 'wrong', /no link "nope"/],
  ['a target', card('unlink', { links: { tags: ' ' } }), 'missing', /a record of tags/],
  ['a target that is an id', card('link', { links: { tags: 'x' } }), 'wrong', /Not an id: "x"/],
  [
    'one target of one',
    card('link', { links: { owner: `${tag} ${note}` } }),
    'wrong',
    /one record/,
  ],
])('a card needs %s', (_rule, draft, kind, message) => {
  const { step, problems } = compileStep(draft, schema)

  expect(step).toBeNull()
  expect(problems).toEqual([
    expect.objectContaining({ kind, message: expect.stringMatching(message) }),
  ])
})

test('targets may be separated as people and programs separate them', () => {
  expect(splitTargets(`a, b;c\n["d", 'e']`)).toEqual(['a', 'b', 'c', 'd', 'e'])
})

interface CardOptions {
  readonly id?: string
  readonly lookup?: readonly [attribute: string, text: string]
  readonly fields?: Readonly<Record<string, string | null>>
  readonly links?: Readonly<Record<string, string>>
  readonly mustExist?: boolean
}

function card(action: StepDraft['action'], options: CardOptions): StepDraft {
  const { id = note, lookup, fields = {}, links = {}, mustExist = true } = options
  const blank = newStepDraft({ key: 'k', action, namespace: 'notes', id })
  return {
    ...blank,
    ...(lookup && {
      subject: { by: 'lookup', id: '', attribute: lookup[0], value: text(lookup[1]) },
    }),
    fields: Object.entries(fields).map(([name, typed]) => ({
      name,
      draft: typed === null ? { kind: 'null' } : text(typed),
    })),
    links: Object.entries(links).map(([label, targets]) => ({ label, targets })),
    mustExist,
  }
}

function text(typed: string): Draft {
  return { kind: 'text', text: typed }
}

const attribute = (name: string, type: AttributeType, flags: Partial<Attribute> = {}) => ({
  name,
  type,
  isTyped: true,
  isIndexed: false,
  isUnique: false,
  isRequired: false,
  isSystem: false,
  ...flags,
})

const link = (label: string, target: string, cardinality: Link['cardinality']): Link => ({
  label,
  target,
  targetLabel: 'notes',
  cardinality,
  isForward: true,
  isRequired: false,
  deletesTargets: false,
})

const schema: AppSchema = {
  title: null,
  namespaces: [
    {
      name: 'notes',
      isSystem: false,
      attributes: [
        attribute('id', 'string', { isUnique: true }),
        attribute('title', 'string', { isRequired: true }),
        attribute('slug', 'string', { isUnique: true }),
        attribute('amount', 'number'),
        attribute('isDone', 'boolean'),
        attribute('extra', 'json'),
      ],
      links: [link('tags', 'tags', 'many'), link('owner', '$users', 'one')],
      titleAttribute: 'title',
    },
  ],
}

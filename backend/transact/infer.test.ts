import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import type { AttrKey, NamespaceKey } from '../schema/attr'
import { draftDataAttr, draftLinkAttr } from '../schema/draft'
import { createSchema } from '../schema/schema'
import { inferAttrs } from './infer'
import { parseSteps } from './parse'
import { isAttrStep } from './step'

const id = '00000000-0000-4000-8000-000000000001'

const attrs = [
  draftDataAttr({ namespace: 'users', label: 'id' }, { isUnique: true }),
  draftDataAttr({ namespace: 'users', label: 'name' }),
  draftDataAttr({ namespace: 'users', label: 'a.b' }, { isUnique: true }),
  draftLinkAttr({
    forward: { namespace: 'users', label: 'posts' },
    reverse: { namespace: 'posts', label: 'author' },
  }),
].map((draft, n) => {
  const key = (1000 + n) as AttrKey
  return draft.kind === 'data' ? { ...draft, key, indexKey: key } : { ...draft, key }
})
const schema = createSchema(1, attrs, [{ name: 'users', key: 1000 as NamespaceKey }])

test.each<[rule: string, steps: Json[], names: string[]]>([
  ['what is there is not missing', [['update', 'users', id, { name: 1, id: 2 }]], []],
  ['a namespace needs its id', [['update', 'goals', id, {}]], ['goals.id data unique']],
  [
    'values are plain attributes',
    [['merge', 'goals', id, { title: 1 }]],
    ['goals.id data unique', 'goals.title data'],
  ],
  [
    'a name is inferred once',
    [
      ['update', 'users', id, { x: 1 }],
      ['create', 'users', id, { x: 2 }],
    ],
    ['users.x data'],
  ],
  [
    'links are many to many, to the namespace of their name',
    [['link', 'users', id, { todos: id }]],
    ['users.todos link todos.users'],
  ],
  [
    'unlinks need them too',
    [['unlink', 'users', id, { todos: id }]],
    ['users.todos link todos.users'],
  ],
  [
    'either name of a link will do',
    [['link', 'posts', id, { author: id }]],
    ['posts.id data unique'],
  ],
  [
    'a name inferred for a link is known from its other side',
    [
      ['link', 'users', id, { todos: id }],
      ['link', 'todos', id, { users: id }],
    ],
    ['users.todos link todos.users', 'todos.id data unique'],
  ],
  [
    'look-up attributes come first, unique and indexed',
    [
      ['update', 'goals', id, { slug: 1 }],
      ['delete', 'goals', ['slug', 'x']],
    ],
    ['goals.slug data unique indexed', 'goals.id data unique'],
  ],
  [
    'a delete needs no id',
    [['delete', 'goals', ['slug', 'x']]],
    ['goals.slug data unique indexed'],
  ],
  [
    'nor anything else',
    [
      ['delete', 'goals', id],
      ['ruleParams', 'goals', id, {}],
    ],
    [],
  ],
  [
    'a link to a look-up is one to one, with the look-up attribute over there',
    [['link', 'users', id, { task: [['slug', 'x']] }]],
    ['users.task link one unique indexed task.users', 'task.slug data unique indexed'],
  ],
  [
    'a link that is there keeps its shape',
    [['link', 'posts', id, { author: 'lookup__email__"x"' }]],
    ['users.email data unique indexed', 'posts.id data unique'],
  ],
  [
    'targets of unlinks make no attributes',
    [['unlink', 'users', id, { posts: 'lookup__slug__1' }]],
    [],
  ],
  [
    'a look-up through a link makes the link',
    [['update', 'prefs', ['users.id', id], {}]],
    ['prefs.users link one unique indexed users.prefs', 'prefs.id data unique'],
  ],
  ['unless its name is an attribute', [['update', 'users', ['a.b', 1], {}]], []],
])('%s', (_rule, steps, names) => {
  const entitySteps = parseSteps(steps).flatMap((step) => (isAttrStep(step) ? [] : [step]))
  expect(inferAttrs(schema, entitySteps).map(describeDraft)).toEqual(names)
})

test('a look-up through anything but the id of a link is refused', () => {
  for (const name of ['test.isbn', 'a.id.b', '.id']) {
    expect(() =>
      inferAttrs(
        schema,
        parseSteps([['delete', 'users', [name, 1]]]).flatMap((step) =>
          isAttrStep(step) ? [] : [step],
        ),
      ),
    ).toThrow(`Validation failed for lookup: ${name} is not a valid lookup attribute.`)
  }
})

function describeDraft(draft: ReturnType<typeof inferAttrs>[number]): string {
  return [
    `${draft.forward.namespace}.${draft.forward.label}`,
    draft.kind,
    ...(draft.kind === 'link' && draft.cardinality === 'one' ? ['one'] : []),
    ...(draft.isUnique ? ['unique'] : []),
    ...(draft.isIndexed ? ['indexed'] : []),
    ...(draft.reverse ? [`${draft.reverse.namespace}.${draft.reverse.label}`] : []),
  ].join(' ')
}

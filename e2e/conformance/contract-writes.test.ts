import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ContractApp,
  makeContractApp,
  type SchemaSpec,
  write,
} from '@/e2e/support/contract-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'

/**
 * Writes, sentence by sentence (contract semantics.md 2.3 and 5, http.md 5), over HTTP. Every row has
 * an app of its own. What transactions mean beyond that is pinned beside the operation.
 */
let backend: RunningBackend

beforeAll(async () => {
  backend = await startBackend()
})

afterAll(() => backend.stop())

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(
  (letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`,
)
const text = (attr: string, value: unknown) => `lookup__${attr}__${JSON.stringify(value)}`

const schema: SchemaSpec = {
  namespaces: {
    users: {
      handle: 'string unique indexed',
      email: 'string unique',
      nick: 'string indexed',
      age: 'number',
      ok: 'boolean indexed',
      born: 'date indexed',
      day: 'date',
      extra: 'json',
      code: 'any unique indexed',
    },
    posts: { slug: 'string unique indexed', title: 'any' },
    teams: { name: 'string unique' },
    cards: { n: 'number unique' },
  },
  links: [
    'posts.author one <-> users.posts many',
    'users.card one <-> cards.holder one',
    'teams.members many <-> users.teams many',
    'teams.badges many <-> cards.team one',
  ],
}

interface Case {
  readonly schema?: SchemaSpec
  readonly before?: readonly unknown[]
  readonly steps: readonly unknown[]
  readonly strict?: boolean
}

interface Refusal {
  /** `validation-failed` unless told otherwise. */
  readonly type?: string
  readonly message: string | RegExp
  readonly hint?: object
}

describe('what is refused', () => {
  const attrX = { ...wireAttr('users', 'x'), id: a, 'forward-identity': [b, 'users', 'x'] }
  const invalidId = (printed: string) =>
    `Validation failed for steps: Invalid entity ID '${printed}'. Entity IDs must be UUIDs or lookup references.`
  const ofType = (attr: string, type: string, given: string) =>
    `Invalid value type for users.${attr}. Value must be a ${type} but the provided value type is ${given}.`
  const taken = (attr: string, value: string) =>
    `\`${attr}\` is a unique attribute on \`users\` and an entity already exists with \`users.${attr}\` = ${value}`
  const issue = (error: object, message?: string) => ({
    'data-type': 'steps',
    errors: [message === undefined ? error : { message, ...error }],
  })
  const user = [['create', 'users', a, { handle: 'ann', email: 'a@x.co' }]]

  test.each<
    [rule: string, theCase: Case, body: { type?: string; message: string | RegExp; hint?: object }]
  >([
    [
      'a namespace is a text',
      { steps: [['update', 1, a, {}]] },
      { message: 'Validation failed for steps', hint: issue({ expected: 'string?', in: [0, 1] }) },
    ],
    [
      'values are an object',
      { steps: [['update', 'goals', a, 2]] },
      { message: 'Validation failed for steps', hint: issue({ expected: 'map?', in: [0, 3] }) },
    ],
    [
      'values are no list',
      { steps: [['create', 'goals', a, []]] },
      { message: 'Validation failed for steps', hint: issue({ expected: 'map?', in: [0, 3] }) },
    ],
    [
      'values are not null',
      { steps: [['merge', 'goals', a, null]] },
      { message: 'Validation failed for steps', hint: issue({ expected: 'map?', in: [0, 3] }) },
    ],
    [
      'links are an object',
      { steps: [['link', 'goals', a, 'x']] },
      { message: 'Validation failed for steps', hint: issue({ expected: 'map?', in: [0, 3] }) },
    ],
    [
      'parameters of rules are an object',
      { steps: [['ruleParams', 'goals', a, 1]] },
      { message: 'Validation failed for steps', hint: issue({ expected: 'map?', in: [0, 3] }) },
    ],
    [
      'an attribute is an object',
      { steps: [['add-attr', 'goals']] },
      { message: 'Validation failed for steps', hint: issue({ expected: 'map?', in: [0, 1] }) },
    ],
    [
      'an id is no number',
      { steps: [['delete', 'goals', 12345]] },
      { message: invalidId('12345'), hint: { 'data-type': 'steps', errors: [{ in: [0, 2] }] } },
    ],
    [
      'an id is no other text',
      { steps: [['update', 'goals', 'x', {}]] },
      { message: invalidId('x'), hint: { 'data-type': 'steps', errors: [{ in: [0, 2] }] } },
    ],
    [
      'the step of a bad id is named',
      {
        steps: [
          ['update', 'goals', a, {}],
          ['update', 'goals', 'bad', {}],
        ],
      },
      { message: invalidId('bad'), hint: { errors: [{ in: [1, 2] }] } },
    ],
    [
      'an unknown action',
      { steps: [['updatez', 'goals', a, {}]] },
      { message: /^Validation failed for steps/, hint: { 'data-type': 'steps' } },
    ],
    [
      'a step is a list',
      { steps: [{}] },
      { message: /^Validation failed for steps/, hint: { 'data-type': 'steps' } },
    ],
    [
      'update-attr is not supported',
      { steps: [['update-attr', {}]] },
      {
        message: 'Validation failed for action: Unsupported action update-attr',
        hint: { 'data-type': 'action' },
      },
    ],
    [
      'a link target is a reference',
      { steps: [['link', 'goals', a, { todos: 'x' }]] },
      { message: 'Validation failed for steps', hint: { 'data-type': 'steps' } },
    ],
    [
      'every link target is',
      { steps: [['link', 'goals', a, { todos: [b, 3] }]] },
      { message: 'Validation failed for steps', hint: { 'data-type': 'steps' } },
    ],
    [
      'an unlink target is',
      { steps: [['unlink', 'goals', a, { todos: 'x' }]] },
      { message: 'Validation failed for steps', hint: { 'data-type': 'steps' } },
    ],
    [
      'upsert is a boolean',
      { steps: [['update', 'goals', a, {}, { upsert: 'no' }]] },
      { message: 'Validation failed for steps' },
    ],

    [
      'missing attributes, for who is strict',
      {
        steps: [['update', 'goals', a, { myFavoriteColor: 'x' }]],
        schema: { namespaces: { goals: { title: 'string' } } },
        strict: true,
      },
      {
        message: 'Validation failed for steps: Attributes are missing in your schema',
        hint: {
          'data-type': 'steps',
          input: [['update', 'goals', a, { myFavoriteColor: 'x' }]],
          errors: [
            {
              message: 'Attributes are missing in your schema',
              hint: { attributes: ['goals.myFavoriteColor'] },
            },
          ],
        },
      },
    ],
    [
      'a missing namespace has a missing id',
      { steps: [['update', 'goals', a, { title: 'x' }]], strict: true },
      {
        message: 'Validation failed for steps: Attributes are missing in your schema',
        hint: { errors: [{ hint: { attributes: ['goals.id', 'goals.title'] } }] },
      },
    ],
    [
      'a missing link',
      { schema, steps: [['link', 'users', a, { tasks: b }]], strict: true },
      {
        message: 'Validation failed for steps: Attributes are missing in your schema',
        hint: { errors: [{ hint: { attributes: ['users.tasks'] } }] },
      },
    ],
    [
      'a missing look-up attribute',
      { schema, steps: [['update', 'users', ['nope', 1], {}]], strict: true },
      {
        message: 'Validation failed for steps: Attributes are missing in your schema',
        hint: { errors: [{ hint: { attributes: ['users.nope'] } }] },
      },
    ],

    [
      'create of what is there',
      { schema, before: user, steps: [['create', 'users', a, { nick: 'x' }]] },
      {
        message: `Validation failed for tx-step: Creating entities that exist: ${a}, ${a}`,
        hint: { 'data-type': 'tx-step' },
      },
    ],
    [
      'create after its deletion',
      {
        schema,
        before: user,
        steps: [
          ['delete', 'users', a],
          ['create', 'users', a, {}],
        ],
      },
      { message: `Validation failed for tx-step: Creating entities that exist: ${a}` },
    ],
    [
      'create of what a link was stored for',
      { schema, before: [['link', 'users', a, { card: b }]], steps: [['create', 'users', a, {}]] },
      { message: `Validation failed for tx-step: Creating entities that exist: ${a}` },
    ],
    [
      'update without upsert of what is not there',
      { schema, steps: [['update', 'users', a, { nick: 'x' }, { upsert: false }]] },
      {
        message: `Validation failed for tx-step: Updating entities that don't exist: ${a}, ${a}`,
        hint: { 'data-type': 'tx-step' },
      },
    ],
    [
      'merge without upsert of what is not there',
      { schema, steps: [['merge', 'users', a, { extra: {} }, { upsert: false }]] },
      { message: /^Validation failed for tx-step: Updating entities that don't exist: a/ },
    ],
    [
      'update without upsert of what the transaction makes',
      {
        schema,
        steps: [
          ['create', 'users', a, {}],
          ['update', 'users', a, {}, { upsert: false }],
        ],
      },
      { message: `Validation failed for tx-step: Updating entities that don't exist: ${a}` },
    ],
    [
      'create by a look-up that finds',
      { schema, before: user, steps: [['create', 'users', ['handle', 'ann'], {}]] },
      { message: /^Validation failed for tx-step: Creating entities that exist: / },
    ],
    [
      'update without upsert by a look-up that does not',
      { schema, steps: [['update', 'users', ['handle', 'bo'], {}, { upsert: false }]] },
      { message: /^Validation failed for tx-step: Updating entities that don't exist: / },
    ],
    [
      'merging into a link',
      { schema, steps: [['merge', 'posts', a, { author: b }]] },
      {
        type: 'sql-raise',
        message: /^Raised Exception: .*merge operation is not supported for links/,
      },
    ],

    [
      'a look-up by what is not unique',
      { schema, steps: [['update', 'posts', ['title', 'x'], {}]] },
      {
        message: 'Validation failed for lookup: title is not a unique attribute on posts',
        hint: {
          'data-type': 'lookup',
          errors: [{ message: 'title is not a unique attribute on posts' }],
        },
      },
    ],
    [
      'a delete by what is not unique',
      { schema, steps: [['delete', 'posts', ['title', 'x']]] },
      { message: 'Validation failed for lookup: title is not a unique attribute on posts' },
    ],
    [
      'a dotted look-up that is no link',
      { schema, steps: [['update', 'posts', ['test.isbn', 'x'], {}]] },
      { message: 'Validation failed for lookup: test.isbn is not a valid lookup attribute.' },
    ],
    [
      'a look-up that cannot be read',
      { schema, steps: [['update', 'posts', 'lookup__linkOn__undefined', {}]] },
      {
        message: 'Validation failed for lookup: lookup value is invalid',
        hint: {
          'data-type': 'lookup',
          errors: [
            {
              message: 'lookup value is invalid',
              hint: { attribute: 'linkOn', value: 'undefined' },
            },
          ],
        },
      },
    ],
    [
      'a look-up object with two keys',
      { schema, steps: [['update', 'posts', { slug: 'x', id: a }, {}]] },
      {
        message:
          'Validation failed for lookup: lookup must be an object with a single unique attr and value.',
      },
    ],
    [
      'a look-up object without a key',
      { schema, steps: [['update', 'posts', {}, {}]] },
      {
        message:
          'Validation failed for lookup: lookup must be an object with a single unique attr and value.',
      },
    ],
    [
      'a look-up by id that is no uuid',
      { schema, steps: [['update', 'posts', ['id', 'x'], {}]] },
      { message: /Invalid lookup/ },
    ],
    [
      'a link to a look-up that finds nothing',
      { schema, before: user, steps: [['link', 'users', a, { posts: text('slug', 'x') }]] },
      {
        message: 'Validation failed for lookup: The entity for the lookup does not exist.',
        hint: { 'data-type': 'lookup' },
      },
    ],
    [
      'an unlink from a look-up by what is not unique',
      { schema, before: user, steps: [['unlink', 'users', a, { posts: text('title', 'x') }]] },
      { message: 'Validation failed for lookup: title is not a unique attribute on posts' },
    ],
    [
      'changing the look-up attribute of what is not there',
      { schema, steps: [['update', 'users', ['handle', 'a'], { handle: 'b' }]] },
      {
        message:
          /Updates with lookups can only update the lookup attribute if an entity with the unique attribute value already exists\.$/,
      },
    ],

    [
      'a string that is a number',
      { schema, steps: [['update', 'users', a, { nick: 1 }]] },
      {
        message: ofType('nick', 'string', 'number'),
        hint: {
          namespace: 'users',
          attribute: 'nick',
          value: 1,
          'checked-data-type': 'string',
          'attr-id': expect.any(String),
          'entity-id': a,
        },
      },
    ],
    [
      'a string that is an object',
      { schema, steps: [['update', 'users', a, { nick: {} }]] },
      { message: ofType('nick', 'string', 'object') },
    ],
    [
      'a string that is a list',
      { schema, steps: [['update', 'users', a, { nick: [] }]] },
      { message: ofType('nick', 'string', 'array') },
    ],
    [
      'a string that is a boolean',
      { schema, steps: [['update', 'users', a, { email: true }]] },
      { message: ofType('email', 'string', 'boolean') },
    ],
    [
      'a number that is a string',
      { schema, steps: [['update', 'users', a, { age: '1' }]] },
      { message: ofType('age', 'number', 'string') },
    ],
    [
      'a boolean that is a number',
      { schema, steps: [['update', 'users', a, { ok: 1 }]] },
      { message: ofType('ok', 'boolean', 'number') },
    ],
    [
      'a date that is a boolean',
      { schema, steps: [['update', 'users', a, { born: true }]] },
      { message: ofType('born', 'date', 'boolean') },
    ],
    [
      'a date that is empty',
      { schema, steps: [['update', 'users', a, { born: '' }]] },
      { message: ofType('born', 'date', 'string') },
    ],
    [
      'a date that is foo',
      { schema, steps: [['update', 'users', a, { day: 'foo' }]] },
      { message: ofType('day', 'date', 'string') },
    ],
    [
      'a date that is a year',
      { schema, steps: [['update', 'users', a, { born: '2025' }]] },
      { message: ofType('born', 'date', 'string') },
    ],
    [
      'a date that is cut off',
      { schema, steps: [['update', 'users', a, { day: '2025-01-0' }]] },
      { message: ofType('day', 'date', 'string') },
    ],
    [
      'a merge is checked after merging',
      { schema, steps: [['merge', 'users', a, { age: { x: 1 } }]] },
      { message: ofType('age', 'number', 'object') },
    ],
    [
      'an indexed value that is too large',
      { schema, steps: [['update', 'users', a, { nick: 'x'.repeat(1100) }]] },
      {
        message: 'Value is too large for an indexed attribute.',
        hint: { 'value-too-large?': true, attribute: 'nick', namespace: 'users' },
      },
    ],
    [
      'a unique value that is too large',
      { schema, steps: [['update', 'users', a, { email: 'x'.repeat(1100) }]] },
      { message: 'Value is too large for a unique attribute.', hint: { 'value-too-large?': true } },
    ],
    [
      'a unique and indexed value that is too large',
      { schema, steps: [['update', 'users', a, { handle: 'x'.repeat(1100) }]] },
      { message: 'Value is too large for a unique attribute.' },
    ],
    [
      'a NUL',
      { schema, steps: [['update', 'users', a, { nick: 'a\u0000b' }]] },
      { message: 'A value in the transaction contains null bytes, which cannot be stored.' },
    ],
    [
      'a NUL within',
      { schema, steps: [['update', 'users', a, { extra: { k: ['\u0000'] } }]] },
      { message: 'A value in the transaction contains null bytes, which cannot be stored.' },
    ],
    [
      'half a character',
      { schema, steps: [['update', 'users', a, { nick: '\ud800' }]] },
      { message: 'A value in the transaction contains characters that cannot be stored.' },
    ],
    [
      'a link written as a value',
      { schema, steps: [['update', 'posts', a, { author: 'x' }]] },
      {
        message: 'Linked value must be a valid uuid.',
        hint: { namespace: 'posts', attribute: 'author', value: 'x' },
      },
    ],

    [
      'a unique value twice',
      { schema, before: user, steps: [['create', 'users', b, { email: 'a@x.co' }]] },
      {
        type: 'record-not-unique',
        message: taken('email', '"a@x.co"'),
        hint: {
          'record-type': 'triple',
          'attr-id': expect.any(String),
          etype: 'users',
          label: 'email',
          value: '"a@x.co"',
        },
      },
    ],
    [
      'a unique value twice in one transaction',
      {
        schema,
        steps: [
          ['create', 'users', a, { code: 1 }],
          ['create', 'users', b, { code: 1 }],
        ],
      },
      { type: 'record-not-unique', message: taken('code', '1'), hint: { value: '1' } },
    ],
    [
      'a unique value by merge',
      { schema, before: user, steps: [['merge', 'users', b, { handle: 'ann' }]] },
      { type: 'record-not-unique', message: taken('handle', '"ann"') },
    ],
    [
      'a value freed by a later group',
      {
        schema,
        before: user,
        steps: [
          ['create', 'users', b, { handle: 'ann' }],
          ['delete', 'users', a],
        ],
      },
      { type: 'record-not-unique', message: taken('handle', '"ann"') },
    ],
    [
      'the target of a one-to-one link',
      {
        schema,
        before: [['link', 'users', a, { card: c }]],
        steps: [['link', 'users', b, { card: c }]],
      },
      {
        type: 'record-not-unique',
        message: `\`card\` is a unique attribute on \`users\` and an entity already exists with \`users.card\` = "${c}"`,
        hint: { 'record-type': 'triple', etype: 'users', label: 'card' },
      },
    ],
    [
      'the target of a many-to-one link',
      {
        schema,
        before: [['link', 'teams', a, { badges: c }]],
        steps: [['link', 'teams', b, { badges: c }]],
      },
      { type: 'record-not-unique', message: /^`badges` is a unique attribute on `teams`/ },
    ],
    [
      'moving a unique link when the link comes first',
      {
        schema,
        before: [['link', 'users', a, { card: c }]],
        steps: [
          ['link', 'users', b, { card: c }],
          ['unlink', 'users', a, { card: c }],
        ],
      },
      { type: 'record-not-unique', message: /^`card` is a unique attribute/ },
    ],
    [
      'an attribute whose name is taken',
      { schema, steps: [['add-attr', wireAttr('users', 'nick')]] },
      {
        type: 'record-not-unique',
        message: '`nick` already exists on `users`',
        hint: { 'record-type': 'ident', etype: 'users', label: 'nick' },
      },
    ],
    [
      'an attribute whose name the transaction takes',
      {
        steps: [
          ['add-attr', wireAttr('users', 'x')],
          ['add-attr', wireAttr('users', 'x')],
        ],
      },
      { type: 'record-not-unique', message: '`x` already exists on `users`' },
    ],
    [
      'a reverse name that is taken',
      {
        schema,
        steps: [
          [
            'add-attr',
            {
              ...wireAttr('posts', 'reader'),
              'value-type': 'ref',
              'reverse-identity': [crypto.randomUUID(), 'users', 'nick'],
            },
          ],
        ],
      },
      { type: 'record-not-unique', message: '`nick` already exists on `users`' },
    ],
    [
      'an attribute again with another name of the same label',
      {
        before: [['add-attr', { ...wireAttr('users', 'x'), id: a }]],
        steps: [['add-attr', { ...wireAttr('users', 'x'), id: a }]],
      },
      {
        type: 'record-not-unique',
        message: '`x` already exists on `users`',
        hint: { 'record-type': 'ident', etype: 'users', label: 'x' },
      },
    ],
    [
      'an attribute again with another label',
      {
        before: [['add-attr', { ...wireAttr('users', 'x'), id: a }]],
        steps: [['add-attr', { ...wireAttr('users', 'y'), id: a }]],
      },
      {
        type: 'sql-raise',
        message: `Raised Exception: The attribute with id ${a} conflicts with an existing attribute with id ${a}.`,
      },
    ],
    ...(['unique?', 'index?'] as const).map((flag): [string, Case, Refusal] => [
      `an attribute again with another ${flag}`,
      {
        before: [['add-attr', attrX]],
        steps: [['add-attr', { ...attrX, [flag]: true }]],
      },
      {
        type: 'sql-raise',
        message: `Raised Exception: The attribute with id ${a} conflicts with an existing attribute with id ${a}.`,
      },
    ]),
    [
      'an attribute again with another type',
      {
        before: [['add-attr', attrX]],
        steps: [['add-attr', { ...attrX, 'checked-data-type': 'string' }]],
      },
      { type: 'sql-raise', message: /^Raised Exception: The attribute with id/ },
    ],
    [
      'a name that is another one by its id',
      {
        before: [['add-attr', attrX]],
        steps: [['add-attr', { ...attrX, id: c, 'forward-identity': [b, 'users', 'z'] }]],
      },
      {
        type: 'sql-raise',
        message:
          'Raised Exception: Another attribute for users.z exists with different properties.',
      },
    ],
    [
      'a required attribute where rows are',
      {
        schema,
        before: [['create', 'users', a, {}]],
        steps: [['add-attr', { ...wireAttr('users', 'x'), 'required?': true }]],
      },
      {
        message:
          "Validation failed for attributes: Can't create attribute `x` as required because `users` already have entities",
      },
    ],

    [
      'a system namespace cannot be made',
      { steps: [['update', '$moop', a, {}]] },
      {
        message:
          "Validation failed for attributes: $ is reserved for system tables. You can't create $moop",
        hint: { 'data-type': 'attributes' },
      },
    ],
    [
      'a system column is there',
      { steps: [['add-attr', wireAttr('$users', 'email')]] },
      {
        message:
          'Validation failed for attributes: $users.email is a system column and it already exists.',
      },
    ],
    [
      'a required system attribute',
      { steps: [['add-attr', { ...wireAttr('$users', 'nick'), 'required?': true }]] },
      { message: /^You can't create a required system attribute\. Make sure it's optional\./ },
    ],
    [
      'a column of $files',
      { steps: [['update', '$files', a, { size: 1 }]] },
      {
        message:
          "Validation failed for tx-step: $files.size is a system column. You aren't allowed to change this directly.",
        hint: { 'data-type': 'tx-step' },
      },
    ],
    [
      'the url of $files',
      { steps: [['update', '$files', a, { 'location-id': 'x' }]] },
      {
        message:
          "Validation failed for tx-step: $files.location-id is a system column. You aren't allowed to change this directly.",
      },
    ],
    [
      'the path of a stream',
      { steps: [['update', '$files', a, { path: '$stream/x' }]] },
      { message: "Validation failed for tx-step: The path for stream files can't be edited." },
    ],
    [
      'a new file',
      { steps: [['update', '$files', a, { path: 'x.png' }]] },
      { message: /^Missing required attribute/ },
    ],
    [
      'two users with one e-mail',
      {
        before: [['create', '$users', a, { email: 'a@x.co' }]],
        steps: [['create', '$users', b, { email: 'a@x.co' }]],
      },
      { type: 'record-not-unique', message: /^`email` is a unique attribute on `\$users`/ },
    ],
    [
      'an e-mail that is no text',
      { steps: [['create', '$users', a, { email: 1 }]] },
      {
        message:
          'Invalid value type for $users.email. Value must be a string but the provided value type is number.',
      },
    ],
    [
      'a column of $streams',
      { steps: [['update', '$streams', a, { clientId: 'x' }]] },
      {
        message:
          /\$streams\.clientId is a system column\. You aren't allowed to change this directly\.$/,
      },
    ],
    [
      'an attribute on a closed system namespace',
      { steps: [['update', '$magicCodes', a, { nope: 1 }]] },
      { message: /^Validation failed for/ },
    ],
  ])('%s', async (_rule, theCase, body) => {
    const app = await prepare(theCase)
    const { type = 'validation-failed', message, hint } = body
    const answer = await app.transact(theCase.steps, { strict: theCase.strict ?? false })

    expect({ status: answer.status, ...answer.body }).toMatchObject({
      status: 400,
      type,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      hint: hint ?? expect.anything(),
    })
  })
})

describe('what is left', () => {
  const $ = (fields: string[]) => ({ $: { fields } })
  const ann = ['create', 'users', a, { handle: 'ann', nick: 'n' }]

  test.each<[rule: string, theCase: Case, query: object, answer: object]>([
    ['no steps are fine', { steps: [] }, {}, {}],
    [
      'an unknown namespace is made',
      { steps: [['update', 'goals', a, { title: 'x' }]] },
      { goals: {} },
      { goals: [{ id: a, title: 'x' }] },
    ],
    [
      'an empty object makes the bare entity',
      { steps: [['update', 'goals', a, {}]] },
      { goals: {} },
      { goals: [{ id: a }] },
    ],
    [
      'a key id is ignored',
      { steps: [['update', 'goals', a, { id: b, n: 1 }]] },
      { goals: {} },
      { goals: [{ id: a, n: 1 }] },
    ],
    [
      'ids are printed in small letters',
      { steps: [['update', 'goals', a?.toUpperCase(), { n: 1 }]] },
      { goals: {} },
      { goals: [{ id: a, n: 1 }] },
    ],
    [
      'an unknown link is many to many',
      {
        steps: [
          ['update', 'users', a, {}],
          ['update', 'tasks', b, {}],
          ['update', 'tasks', c, {}],
          ['link', 'users', a, { tasks: [b, c] }],
        ],
      },
      { users: { tasks: {} }, tasks: { users: {} } },
      {
        users: [{ id: a, tasks: [{ id: b }, { id: c }] }],
        tasks: [
          { id: b, users: [{ id: a }] },
          { id: c, users: [{ id: a }] },
        ],
      },
    ],
    [
      'an unknown attribute is not indexed',
      { before: [['update', 'goals', a, {}]], steps: [['update', 'goals', b, { n: 1 }]] },
      { goals: {} },
      { goals: [{ id: a }, { id: b, n: 1 }] },
    ],
    [
      'an unknown look-up attribute is unique and indexed',
      {
        before: [['update', 'goals', a, {}]],
        steps: [['update', 'goals', ['slug', 'x'], { n: 1 }]],
      },
      { goals: $(['slug', 'n']) },
      {
        goals: [
          { id: a, slug: null },
          { id: expect.any(String), slug: 'x', n: 1 },
        ],
      },
    ],
    [
      'what is not in the transaction is untouched',
      { schema, before: [ann], steps: [['update', 'users', a, { age: 3 }]] },
      { users: $(['handle', 'nick', 'age']) },
      { users: [{ id: a, handle: 'ann', nick: 'n', age: 3 }] },
    ],
    [
      'null is stored',
      {
        schema,
        before: [['create', 'users', a, { age: 3 }]],
        steps: [['update', 'users', a, { age: null }]],
      },
      { users: $(['age']) },
      { users: [{ id: a, age: null }] },
    ],
    [
      'update replaces objects',
      {
        schema,
        before: [['create', 'users', a, { extra: { x: 1 } }]],
        steps: [['update', 'users', a, { extra: { y: 2 } }]],
      },
      { users: $(['extra']) },
      { users: [{ id: a, extra: { y: 2 } }] },
    ],
    [
      'merge merges them',
      {
        schema,
        before: [['create', 'users', a, { extra: { x: 1, z: { p: 1, q: [1] } } }]],
        steps: [['merge', 'users', a, { extra: { y: 2, z: { p: null, q: [2] } } }]],
      },
      { users: $(['extra']) },
      { users: [{ id: a, extra: { x: 1, y: 2, z: { q: [2] } } }] },
    ],
    [
      'merge into nothing keeps inner nulls',
      { schema, steps: [['merge', 'users', a, { extra: { y: null } }]] },
      { users: $(['extra']) },
      { users: [{ id: a, extra: { y: null } }] },
    ],
    [
      'merge of null stores null',
      {
        schema,
        before: [['create', 'users', a, { extra: { x: 1 } }]],
        steps: [['merge', 'users', a, { extra: null }]],
      },
      { users: $(['extra']) },
      { users: [{ id: a, extra: null }] },
    ],
    [
      'merge of {} changes nothing',
      {
        schema,
        before: [['create', 'users', a, { extra: { x: 1 } }]],
        steps: [['merge', 'users', a, { extra: {} }]],
      },
      { users: $(['extra']) },
      { users: [{ id: a, extra: { x: 1 } }] },
    ],
    [
      'merges apply in order, on top of updates',
      {
        schema,
        steps: [
          ['merge', 'users', a, { extra: { x: 1 } }],
          ['merge', 'users', a, { extra: { x: 2, y: 1 } }],
          ['update', 'users', a, { extra: { z: 0 } }],
        ],
      },
      { users: $(['extra']) },
      { users: [{ id: a, extra: { z: 0, x: 2, y: 1 } }] },
    ],
    [
      'merge makes the entity',
      { schema, steps: [['merge', 'users', a, {}]] },
      { users: $([]) },
      { users: [{ id: a }] },
    ],
    [
      'merge without upsert of what is there',
      { schema, before: [ann], steps: [['merge', 'users', a, { age: 1 }, { upsert: false }]] },
      { users: $(['age']) },
      { users: [{ id: a, age: 1 }] },
    ],
    [
      'two creates of one new id',
      {
        schema,
        steps: [
          ['create', 'users', a, { age: 1 }],
          ['create', 'users', a, { nick: 'x' }],
        ],
      },
      { users: $(['age', 'nick']) },
      { users: [{ id: a, age: 1, nick: 'x' }] },
    ],
    [
      'create of an id of another namespace',
      { schema, before: [ann], steps: [['create', 'teams', a, {}]] },
      { teams: {} },
      { teams: [{ id: a }] },
    ],
    [
      'update, delete',
      {
        schema,
        steps: [
          ['update', 'teams', a, {}],
          ['delete', 'teams', a],
        ],
      },
      { teams: {} },
      { teams: [] },
    ],
    [
      'delete, update',
      {
        schema,
        before: [ann],
        steps: [
          ['delete', 'users', a],
          ['update', 'users', a, { age: 1 }],
        ],
      },
      { users: $(['handle', 'nick', 'age']) },
      { users: [{ id: a, handle: null, nick: null, age: 1 }] },
    ],
    [
      'delete, update, delete',
      {
        schema,
        before: [['create', 'teams', a, {}]],
        steps: [
          ['delete', 'teams', a],
          ['update', 'teams', a, { name: 'x' }],
          ['delete', 'teams', a],
        ],
      },
      { teams: {} },
      { teams: [{ id: a, name: 'x' }] },
    ],
    [
      'unlink, link',
      {
        schema,
        before: [ann, ['create', 'cards', b, {}], ['link', 'users', a, { card: b }]],
        steps: [
          ['unlink', 'users', a, { card: b }],
          ['link', 'users', a, { card: b }],
        ],
      },
      { users: $(['card']) },
      { users: [{ id: a, card: b }] },
    ],
    [
      'update, unlink, link leaves it unlinked (quirk)',
      {
        schema,
        before: [ann, ['create', 'cards', b, {}], ['link', 'users', a, { card: b }]],
        steps: [
          ['update', 'users', a, {}],
          ['unlink', 'users', a, { card: b }],
          ['link', 'users', a, { card: b }],
        ],
      },
      { users: $(['card']) },
      { users: [{ id: a }] },
    ],
    [
      'a look-up finds',
      { schema, before: [ann], steps: [['update', 'users', ['handle', 'ann'], { age: 1 }]] },
      { users: $(['age']) },
      { users: [{ id: a, age: 1 }] },
    ],
    [
      'a look-up as text finds',
      { schema, before: [ann], steps: [['update', 'users', text('handle', 'ann'), { age: 1 }]] },
      { users: $(['age']) },
      { users: [{ id: a, age: 1 }] },
    ],
    [
      'a look-up as object finds',
      { schema, before: [ann], steps: [['merge', 'users', { handle: 'ann' }, { age: 1 }]] },
      { users: $(['age']) },
      { users: [{ id: a, age: 1 }] },
    ],
    [
      'a look-up by id is the id',
      { schema, before: [ann], steps: [['update', 'users', ['id', a], { age: 1 }]] },
      { users: $(['age']) },
      { users: [{ id: a, age: 1 }] },
    ],
    [
      'a look-up by id creates it',
      { schema, steps: [['update', 'teams', ['id', a], { name: 'x' }]] },
      { teams: {} },
      { teams: [{ id: a, name: 'x' }] },
    ],
    [
      'a look-up that finds nothing creates, once',
      {
        schema,
        steps: [
          ['update', 'teams', ['name', 'x'], {}],
          ['update', 'teams', text('name', 'x'), {}],
        ],
      },
      { teams: {} },
      { teams: [{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'x' }] },
    ],
    [
      'create by a look-up that finds nothing',
      { schema, steps: [['create', 'teams', ['name', 'x'], {}]] },
      { teams: {} },
      { teams: [{ id: expect.any(String), name: 'x' }] },
    ],
    [
      'unlink by a look-up creates (quirk)',
      { schema, before: [ann], steps: [['unlink', 'teams', ['name', 'x'], { members: a }]] },
      { teams: {} },
      { teams: [{ id: expect.any(String), name: 'x' }] },
    ],
    [
      'link by a look-up creates',
      { schema, before: [ann], steps: [['link', 'teams', ['name', 'x'], { members: a }]] },
      { teams: { members: $([]) } },
      { teams: [{ id: expect.any(String), name: 'x', members: [{ id: a }] }] },
    ],
    [
      'delete by a look-up',
      { schema, before: [ann], steps: [['delete', 'users', ['handle', 'ann']]] },
      { users: {} },
      { users: [] },
    ],
    [
      'delete by a look-up that finds nothing',
      {
        schema,
        before: [['create', 'teams', a, {}]],
        steps: [['delete', 'teams', ['name', 'nope']]],
      },
      { teams: {} },
      { teams: [{ id: a }] },
    ],
    [
      'delete may have a fourth part',
      { schema, before: [ann], steps: [['delete', 'users', a, null]] },
      { users: {} },
      { users: [] },
    ],
    [
      'deleting what is not there',
      { schema, steps: [['delete', 'users', a]] },
      { users: {} },
      { users: [] },
    ],
    [
      'a link to a look-up',
      {
        schema,
        before: [ann, ['create', 'posts', b, {}]],
        steps: [['link', 'posts', b, { author: text('handle', 'ann') }]],
      },
      { posts: $(['author']) },
      { posts: [{ id: b, author: a }] },
    ],
    [
      'a link to a look-up object',
      {
        schema,
        before: [ann, ['create', 'posts', b, {}]],
        steps: [['link', 'posts', b, { author: { handle: 'ann' } }]],
      },
      { posts: $(['author']) },
      { posts: [{ id: b, author: a }] },
    ],
    [
      'a list of links may have look-up pairs',
      {
        schema,
        before: [ann, ['create', 'teams', b, {}]],
        steps: [['link', 'teams', b, { members: [['handle', 'ann']] }]],
      },
      { teams: { $: { fields: [] }, members: $([]) } },
      { teams: [{ id: b, members: [{ id: a }] }] },
    ],
    [
      'a link to what a look-up of the transaction makes',
      {
        schema,
        before: [['create', 'posts', b, {}]],
        steps: [
          ['update', 'users', ['handle', 'bo'], {}],
          ['link', 'posts', b, { author: text('handle', 'bo') }],
        ],
      },
      { posts: { $: { fields: [] }, author: $(['handle']) } },
      { posts: [{ id: b, author: [{ id: expect.any(String), handle: 'bo' }] }] },
    ],
    [
      'an unlink from a look-up that finds nothing',
      {
        schema,
        before: [ann, ['create', 'posts', b, { author: a }]],
        steps: [['unlink', 'posts', b, { author: text('handle', 'nope') }]],
      },
      { posts: $(['author']) },
      { posts: [{ id: b, author: a }] },
    ],
    [
      'the look-up attribute can be changed',
      { schema, before: [ann], steps: [['update', 'users', ['handle', 'ann'], { handle: 'bo' }]] },
      { users: $(['handle']) },
      { users: [{ id: a, handle: 'bo' }] },
    ],
    [
      'a look-up by link.id finds',
      {
        schema,
        before: [ann, ['create', 'cards', b, {}], ['link', 'users', a, { card: b }]],
        steps: [['update', 'users', ['card.id', b], { age: 1 }]],
      },
      { users: $(['age', 'card']) },
      { users: [{ id: a, age: 1, card: b }] },
    ],
    [
      'a look-up by link.id creates',
      {
        schema,
        before: [['create', 'cards', b, {}]],
        steps: [['update', 'users', text('card.id', b), { age: 1 }]],
      },
      { users: $(['age', 'card']) },
      { users: [{ id: expect.any(String), age: 1, card: b }] },
    ],
    [
      'a look-up by an unknown link.id makes a one-to-one link',
      {
        before: [['create', 'users', b, {}]],
        steps: [['update', 'user_prefs', text('users.id', b), { dark: true }]],
      },
      { users: { user_prefs: {} }, user_prefs: {} },
      {
        users: [{ id: b, user_prefs: [{ id: expect.any(String), dark: true, users: b }] }],
        user_prefs: [{ id: expect.any(String), dark: true, users: b }],
      },
    ],
    [
      'a pair of texts as a value is a value',
      { schema, steps: [['update', 'users', a, { extra: ['handle', 'x'] }]] },
      { users: $(['extra']) },
      { users: [{ id: a, extra: ['handle', 'x'] }] },
    ],
    [
      'either label links',
      {
        schema,
        before: [ann, ['create', 'posts', b, {}]],
        steps: [['link', 'users', a, { posts: b }]],
      },
      { posts: $(['author']) },
      { posts: [{ id: b, author: a }] },
    ],
    [
      'linking again is the same',
      {
        schema,
        before: [ann, ['create', 'teams', b, {}]],
        steps: [
          ['link', 'teams', b, { members: [a, a] }],
          ['link', 'users', a, { teams: b }],
        ],
      },
      { teams: { $: { fields: [] }, members: $([]) } },
      { teams: [{ id: b, members: [{ id: a }] }] },
    ],
    [
      'has-one is replaced',
      {
        schema,
        before: [['create', 'posts', b, { author: a }]],
        steps: [['link', 'posts', b, { author: c }]],
      },
      { posts: $(['author']) },
      { posts: [{ id: b, author: c }] },
    ],
    [
      'has-one is replaced from the other side',
      {
        schema,
        before: [['create', 'posts', b, { author: a }]],
        steps: [['link', 'users', c, { posts: b }]],
      },
      { posts: $(['author']) },
      { posts: [{ id: b, author: c }] },
    ],
    [
      'moving a unique link, unlink first',
      {
        schema,
        before: [
          ['create', 'users', a, {}],
          ['create', 'users', b, {}],
          ['link', 'users', a, { card: c }],
        ],
        steps: [
          ['unlink', 'users', a, { card: c }],
          ['link', 'users', b, { card: c }],
        ],
      },
      { users: $(['card']) },
      { users: [{ id: a }, { id: b, card: c }] },
    ],
    [
      'unlinking what is not linked',
      { schema, before: [ann], steps: [['unlink', 'users', a, { posts: [c, d], card: b }]] },
      { users: $([]) },
      { users: [{ id: a }] },
    ],
    [
      'a link brings nobody into existence',
      { schema, steps: [['link', 'posts', b, { author: a }]] },
      { posts: {}, users: {} },
      { posts: [], users: [] },
    ],
    [
      'a link shows once both are there',
      {
        schema,
        before: [['link', 'posts', b, { author: a }]],
        steps: [
          ['update', 'users', a, {}],
          ['update', 'posts', b, {}],
        ],
      },
      { posts: { $: { fields: [] }, author: $([]) } },
      { posts: [{ id: b, author: [{ id: a }] }] },
    ],
    [
      'nulls never collide',
      {
        schema,
        steps: [
          ['create', 'users', a, { email: null }],
          ['create', 'users', b, { email: null }],
        ],
      },
      { users: $([]) },
      { users: [{ id: a }, { id: b }] },
    ],
    [
      'types of unique values are distinct',
      {
        schema,
        steps: [
          ['create', 'users', a, { code: 1 }],
          ['create', 'users', b, { code: '1' }],
        ],
      },
      { users: $(['code']) },
      {
        users: [
          { id: a, code: 1 },
          { id: b, code: '1' },
        ],
      },
    ],
    [
      'a value freed by an earlier group',
      {
        schema,
        before: [ann],
        steps: [
          ['delete', 'users', a],
          ['create', 'users', b, { handle: 'ann' }],
        ],
      },
      { users: $(['handle']) },
      { users: [{ id: b, handle: 'ann' }] },
    ],
    [
      'parameters of rules change nothing',
      {
        schema,
        before: [ann],
        steps: [
          ['ruleParams', 'users', a, { x: 1 }],
          ['update', 'users', a, { age: 1 }],
        ],
      },
      { users: $(['age']) },
      { users: [{ id: a, age: 1 }] },
    ],
    [
      'the admin makes and changes users',
      {
        before: [['create', '$users', a, { email: 'a@x.co' }]],
        steps: [['update', '$users', a, { email: 'b@x.co', nick: 'n' }]],
      },
      { $users: $(['email', 'nick']) },
      { $users: [{ id: a, email: 'b@x.co', nick: 'n' }] },
    ],
    [
      'the admin deletes users',
      { before: [['create', '$users', a, { email: 'a@x.co' }]], steps: [['delete', '$users', a]] },
      { $users: {} },
      { $users: [] },
    ],
    [
      'deleting a primary user deletes its guests',
      {
        before: [
          ['create', '$users', a, {}],
          ['create', '$users', b, { type: 'guest', linkedPrimaryUser: a }],
          ['create', '$users', c, {}],
        ],
        steps: [['delete', '$users', a]],
      },
      { $users: $([]) },
      { $users: [{ id: c }] },
    ],
    [
      'deleting a guest leaves the primary user',
      {
        before: [
          ['create', '$users', a, {}],
          ['create', '$users', b, { linkedPrimaryUser: a }],
        ],
        steps: [['delete', '$users', b]],
      },
      { $users: $([]) },
      { $users: [{ id: a }] },
    ],
    [
      'links to users are made on the fly',
      {
        before: [['create', '$users', a, {}]],
        steps: [
          ['create', 'todos', b, {}],
          ['link', 'todos', b, { $users: a }],
        ],
      },
      { $users: { $: { fields: [] }, todos: {} } },
      { $users: [{ id: a, todos: [{ id: b }] }] },
    ],
  ])('%s', async (_rule, theCase, query, answer) => {
    const app = await prepare(theCase)
    const written = await app.transact(theCase.steps)
    const { body } = await app.query(query)

    expect(written.body).toEqual({ 'tx-id': expect.any(Number) })
    expect(body).toEqual(answer)
  })

  test.each([
    '2025-01-02',
    '2025-01-02T00:00:00Z',
    '2025-01-02T00:00',
    '2025-01-02T00:00:00-08',
    '2025-01-02 03:04:05.678',
    'Wed Jul 09 2025',
    '8/4/2025, 11:02:31 PM',
    '04-17-2025',
    '2025-08-7T00:00:00.000Z',
    'Sat, 05 Apr 2025 18:00:31 GMT',
    '2025-01-02 10:00 EST',
    '2025-01-02 10:00 PDT',
    '2025-07-02 10:00 CETDST',
    'epoch',
    'infinity',
    'now',
    'tomorrow',
    'today',
    'yesterday',
    '"2025-01-02T00:00:00Z"',
    0,
    -1,
    1735776000000,
    1.5,
  ])('%j is a date, stored as it is', async (value) => {
    const app = await prepare({ schema, steps: [] })
    await write(app, [['create', 'users', a, { born: value, day: value }]])

    expect((await app.query({ users: $(['born', 'day']) })).body).toEqual({
      users: [{ id: a, born: value, day: value }],
    })
  })

  test.each<[value: unknown]>([
    [0],
    [-0.5],
    [1e21],
    [1.7976931348623157e308],
    [5e-324],
    [9007199254740991],
    [''],
    ['é😀'],
    ['\\u0041"\n\t'],
    [[]],
    [{}],
    [[[{ a: [null, true, { b: {} }] }]]],
    [{ '': 1, 'a.b': 2, __proto__: null }],
    [false],
    [['handle', 'x']],
    ['lookup__x__1'],
  ])('%j comes back as it went in', async (value) => {
    const app = await prepare({ schema, steps: [] })
    await write(app, [['create', 'users', a, { extra: value }]])

    expect((await app.query({ users: $(['extra']) })).body).toEqual({
      users: [{ id: a, extra: value }],
    })
  })
})

describe('what is required', () => {
  const required: SchemaSpec = {
    namespaces: {
      book: { title: 'any required', desc: 'any' },
      user: { name: 'any' },
      company: {},
    },
    links: [
      'book.author one required <-> user.books many',
      'user.company one cascade <-> company.users many',
    ],
  }
  const before = [
    ['create', 'user', b, {}],
    ['create', 'company', c, {}],
    ['link', 'user', b, { company: c }],
    ['create', 'book', a, { title: 't', author: b }],
  ]
  const missing = (label: string, ...ids: (string | undefined)[]) =>
    `Missing required attribute${ids.length > 1 ? 's' : ''} \`book/${label}\`: ${ids.join(', ')}`

  test.each<[rule: string, steps: unknown[], message: string]>([
    ['a value', [['create', 'book', d, { author: b }]], missing('title', d)],
    ['a link', [['create', 'book', d, { title: 't' }]], missing('author', d)],
    ['null is missing', [['update', 'book', a, { title: null }]], missing('title', a)],
    ['unlinking', [['unlink', 'book', a, { author: b }]], missing('author', a)],
    ['deleting the target', [['delete', 'user', b]], missing('author', a)],
    ['deleting the target through a cascade', [['delete', 'company', c]], missing('author', a)],
    [
      'several entities',
      [
        ['create', 'book', c, { author: b }],
        ['create', 'book', d, { author: b }],
      ],
      missing('title', c, d),
    ],
  ])('%s', async (_rule, steps, message) => {
    const app = await prepare({ schema: required, before, steps })
    const { status, body } = await app.transact(steps)

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message,
      hint: { records: expect.any(Array) },
    })
    expect((await app.query({ book: {} })).body).toEqual({
      book: [{ id: a, title: 't', author: b }],
    })
  })

  test.each<[rule: string, steps: unknown[]]>([
    [
      'written later',
      [
        ['create', 'book', d, {}],
        ['update', 'book', d, { title: 0 }],
        ['link', 'user', b, { books: d }],
      ],
    ],
    ['deleting what carries it', [['delete', 'book', a]]],
    [
      'deleting both',
      [
        ['delete', 'user', b],
        ['delete', 'book', a],
      ],
    ],
    ['false and 0 are there', [['update', 'book', a, { title: false }]]],
    ['an update of something else', [['update', 'book', a, { desc: 1 }]]],
  ])('fine: %s', async (_rule, steps) => {
    const app = await prepare({ schema: required, before, steps })
    expect((await app.transact(steps)).body).toEqual({ 'tx-id': expect.any(Number) })
  })
})

test('a refused transaction leaves nothing, attributes included, and ids of transactions grow', async () => {
  const app = await prepare({ schema, steps: [] })
  const first = await app.transact([])
  const refused = await app.transact([
    ['update', 'fresh', a, { n: 1 }],
    ['create', 'users', b, { age: 'x' }],
  ])
  const strict = await app.transact([['update', 'fresh', a, { n: 1 }]], { strict: true })
  const second = await app.transact([])

  expect(refused.status).toBe(400)
  expect(strict.body.hint.errors[0].hint.attributes).toEqual(['fresh.id', 'fresh.n'])
  expect((await app.query({ fresh: {}, users: {} })).body).toEqual({ fresh: [], users: [] })
  expect(second.body['tx-id']).toBeGreaterThan(first.body['tx-id'])
})

describe('who is no admin', () => {
  const guest = { 'as-guest': 'true', authorization: null }
  const column = (name: string) =>
    `Validation failed for tx-step: ${name} is a system column. You aren't allowed to change this directly.`
  const denied = (ns: string) => ({
    type: 'permission-denied',
    message: 'Permission denied: not perms-pass?',
    hint: { input: [ns, 'object'], expected: 'perms-pass?' },
  })

  test.each<[rule: string, steps: unknown[], body: object]>([
    [
      'may not change the e-mail of a user',
      [['update', '$users', a, { email: 'x@x.co' }]],
      { type: 'validation-failed', message: column('$users.email') },
    ],
    [
      'may not change the type of a user',
      [['update', '$users', a, { type: 'x' }]],
      { type: 'validation-failed', message: column('$users.type') },
    ],
    [
      'may not link guests',
      [['link', '$users', a, { linkedPrimaryUser: b }]],
      { type: 'validation-failed', message: column('$users.linkedPrimaryUser') },
    ],
    [
      'may not delete a user',
      [['delete', '$users', a]],
      {
        type: 'validation-failed',
        message:
          "Validation failed for tx-step: $users is a system entity. You aren't allowed to delete this directly.",
      },
    ],
    [
      'may not create a user',
      [['update', '$users', d, {}]],
      {
        type: 'validation-failed',
        message:
          "Validation failed for tx-step: $users is a system entity. You aren't allowed to create this directly.",
      },
    ],
    [
      'may not write codes',
      [['update', '$magicCodes', d, { email: 'x' }]],
      { type: 'validation-failed', message: column('$magicCodes.email') },
    ],
    [
      'may not delete tokens',
      [['delete', '$userRefreshTokens', d]],
      {
        type: 'validation-failed',
        message:
          "Validation failed for tx-step: $userRefreshTokens is a system entity. You aren't allowed to delete this directly.",
      },
    ],
    [
      'may not change the size of a file',
      [['update', '$files', d, { size: 1 }]],
      { type: 'validation-failed', message: column('$files.size') },
    ],
    ['may not delete files without a rule', [['delete', '$files', d]], denied('$files')],
    ['may not change another user', [['update', '$users', a, { nick: 'x' }]], denied('$users')],
    ['may not create against a rule', [['create', 'goals', d, { title: 'x' }]], denied('goals')],
    ['may not update against a rule', [['update', 'goals', b, { title: 'x' }]], denied('goals')],
    [
      'may not create what exists, and hears of the rule first',
      [['create', 'goals', b, {}]],
      denied('goals'),
    ],
    ['may not delete against a rule', [['delete', 'goals', b]], denied('goals')],
    ['may not delete against a rule what is not there', [['delete', 'goals', d]], denied('goals')],
    [
      'may not make attributes against a rule',
      [['update', 'open', d, { more: 1 }]],
      { ...denied('attrs'), hint: { input: ['attrs', 'attr'], expected: 'perms-pass?' } },
    ],
    ['may not delete attributes', [['delete-attr', d]], { type: 'permission-denied' }],
    [
      'hears of a type before a denied create',
      [['create', 'goals', d, { title: 1 }]],
      {
        type: 'validation-failed',
        message:
          'Invalid value type for goals.title. Value must be a string but the provided value type is number.',
      },
    ],
    [
      'hears of a denied update before a type',
      [['update', 'goals', b, { title: 1 }]],
      denied('goals'),
    ],
    [
      'hears of a rule that fails',
      [['create', 'bad', d, {}]],
      {
        type: 'permission-evaluation-failed',
        message:
          'Could not evaluate permission rule for `bad.create`. You may have a typo. Debug this in the sandbox and then update your permission rules.',
        hint: { rule: ['bad', 'create'] },
      },
    ],
    [
      'links no value that is no uuid',
      [['update', 'open', d, { goal: 'x' }]],
      { type: 'validation-failed', message: /Expected link value to be a uuid\.$/ },
    ],
  ])('%s', async (_rule, steps, body) => {
    const app = await prepare({
      schema: {
        namespaces: {
          goals: { title: 'string' },
          open: { n: 'number' },
          bad: { n: 'number' },
          $users: { nick: 'string' },
        },
        links: ['open.goal one <-> goals.opens many'],
      },
      before: [
        ['create', '$users', a, { email: 'a@x.co' }],
        ['create', 'goals', b, { title: 't' }],
      ],
      steps,
      rules: {
        goals: { allow: { create: 'false', update: 'false', delete: 'false' } },
        bad: { allow: { create: '1 in data.n' } },
        attrs: { allow: { create: 'false' } },
      },
    })
    const answer = await app.transact(steps, { headers: guest })
    const { message } = body as { message?: string | RegExp }

    expect({ status: answer.status, ...answer.body }).toMatchObject({
      status: 400,
      ...body,
      ...(message instanceof RegExp && { message: expect.stringMatching(message) }),
    })
  })
})

async function prepare({
  schema,
  before = [],
  rules,
}: Case & { rules?: object }): Promise<ContractApp> {
  const app = await makeContractApp(backend.apiURI, schema, rules)
  // Each in a transaction of its own, so that their kinds are not grouped.
  for (const step of before) await write(app, [step])
  return app
}

/** A data attribute as `add-attr` takes it (contract http.md 8.1). */
function wireAttr(namespace: string, label: string): object {
  return {
    id: crypto.randomUUID(),
    'forward-identity': [crypto.randomUUID(), namespace, label],
    'value-type': 'blob',
    cardinality: 'one',
    'unique?': false,
    'index?': false,
  }
}

import { describe, expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import { parseRules } from './parse-rules'
import type { RuleIssue } from './rule-issue'
import { validateRules } from './validate-rules'

test.each<[what: string, code: Json]>([
  ['an empty document', {}],
  ['binds as an object', { posts: { bind: { test: 'true' }, allow: { view: 'test' } } }],
  [
    'binds that use each other',
    { posts: { bind: ['parent', 'true', 'child', 'parent || true'], allow: { view: 'child' } } },
  ],
  ['booleans', { posts: { allow: { view: true, create: false }, bind: { a: true } } }],
  ['null in place of a rule', { posts: { allow: { view: null }, fields: null, bind: null } }],
  ['rules of $users', { $users: { allow: { create: 'true', view: 'true', delete: 'false' } } }],
  ['rules of $files', { $files: { allow: { view: 'auth.id != null' } } }],
  ['rules of attrs', { attrs: { allow: { create: 'false' } } }],
  ['defaults', { $default: { allow: { $default: 'false', view: 'true' } } }],
  ['a ref of the caller', { shelves: { allow: { update: "auth.ref('$user.a.b')" } } }],
  [
    'rules for links and defaults, however wrong: they fail when used',
    { posts: { allow: { link: { a: '!10' }, unlink: { $default: 'lol' }, $default: '(' } } },
  ],
  [
    'a rate limit',
    {
      posts: { allow: { create: 'rateLimit.sends.limit(auth.id)' } },
      $rateLimits: { sends: { limits: [{ capacity: 10, refill: { period: '1 minute' } }] } },
    },
  ],
  [
    'a trailing comment',
    { posts: { allow: { view: 'isMine // mine' }, bind: { isMine: 'true // ok' } } },
  ],
])('%s may be saved', (_what, code) => {
  expect(validateRules(code)).toEqual([])
  expect(parseRules(code).ok).toBe(true)
})

test.each<[what: string, code: Json, issues: RuleIssue[]]>([
  [
    'an operator on the wrong type',
    { posts: { allow: { view: '!10' } } },
    [at("found no matching overload for '!_' applied to '(int)' (candidates: (bool))", 'view')],
  ],
  [
    'newData in view and delete',
    { posts: { allow: { view: 'newData.a', delete: 'newData.a', update: 'newData.a' } } },
    [
      at("undeclared reference to 'newData' (in container '')", 'view'),
      at("undeclared reference to 'newData' (in container '')", 'delete'),
    ],
  ],
  [
    'an unknown field of the request',
    { posts: { allow: { view: 'request.hello == 1' } } },
    [at("undefined field 'hello'", 'view')],
  ],
  [
    'modified fields compared with a number',
    { posts: { allow: { update: 'request.modifiedFields != 1' } } },
    [
      at(
        "found no matching overload for '_!=_' applied to '(list(string), int)' (candidates: (%A, %A))",
        'update',
      ),
    ],
  ],
  [
    'a number looked for in modified fields',
    { posts: { allow: { update: '1 in request.modifiedFields' } } },
    [at(expect.stringContaining("applied to '(int, list(string))'"), 'update')],
  ],
  [
    'refs compared with a text',
    { posts: { allow: { view: "auth.ref('$user.role') == 'admin'" } } },
    [at(expect.stringContaining("applied to '(list(dyn), string)'"), 'view')],
  ],
  [
    'a ref of the caller that does not start at $user',
    { posts: { allow: { update: "auth.ref('a.b')" } } },
    [at('auth.ref arg must start with `$user.`', 'update')],
  ],
  [
    'an expression that is neither text nor boolean',
    { posts: { allow: { view: 5, create: ['true'] } } },
    [
      at('There was an unexpected error evaluating the rules', 'view'),
      at('There was an unexpected error evaluating the rules', 'create'),
    ],
  ],
  [
    'binds in a circle',
    { posts: { bind: ['a', 'b', 'b', 'a'], allow: { view: 'a' } } },
    [at('The binds have a cyclic dependency a -> b -> a', 'view')],
  ],
  [
    'binds with a name left over',
    { posts: { bind: ['a', 'true', 'b'], allow: { view: 'a', update: 'true' } } },
    [
      { message: 'bind should have an even number of elements', in: ['posts', 'bind'] },
      at('bind should have an even number of elements', 'view'),
      at('bind should have an even number of elements', 'update'),
    ],
  ],
  [
    'a name bound twice',
    { posts: { bind: ['a', 'true', 'a', 'false'], allow: { view: 'a' } } },
    [
      {
        message: 'bind should only contain a given variable name once',
        in: ['posts', 'bind', 'a'],
      },
    ],
  ],
  [
    'a rate limit that is not defined',
    { posts: { allow: { create: "rateLimit.myLimit.limit('x') && rateLimit['b'].limit(1)" } } },
    [
      at(
        '`myLimit` is not a valid rate limit config. It should be defined in the `$rateLimits` key.',
        'create',
      ),
      at(
        '`b` is not a valid rate limit config. It should be defined in the `$rateLimits` key.',
        'create',
      ),
    ],
  ],
  [
    'a field rule for id',
    { myetype: { fields: { id: 'true' } } },
    [
      {
        message: 'You cannot set field rules for `id`. Use myetype -> allow -> view instead',
        in: ['myetype', 'fields'],
      },
    ],
  ],
  [
    'a field rule that does not compile',
    { posts: { fields: { title: 'lol' } } },
    [
      {
        message: "undeclared reference to 'lol' (in container '')",
        in: ['posts', 'fields', 'title'],
      },
    ],
  ],
  [
    'a rule for the deletion of users',
    { $users: { allow: { delete: 'auth.id == data.id' } } },
    [
      {
        message:
          'The $users namespace doesn\'t support permissions for delete. Set `$users.allow.delete` to `"false"`.',
        in: ['$users', 'allow', 'delete'],
      },
    ],
  ],
  [
    'an internal namespace, once for every action',
    { $codes: { allow: { view: 'true' } } },
    ['view', 'create', 'update', 'delete'].map((action) => ({
      message:
        'The $codes namespace is a reserved internal namespace that does not yet support rules.',
      in: ['$codes', 'allow', action],
    })),
  ],
  ['a document that is no object', [], [{ message: expect.any(String), in: [] }]],
  [
    'rules that would be overlooked and so allow everything',
    { posts: { allow: 'false' }, comments: 'false', likes: { allow: { link: 'false' } } },
    [
      { message: expect.any(String), in: ['posts', 'allow'] },
      { message: expect.any(String), in: ['comments'] },
      { message: expect.any(String), in: ['likes', 'allow', 'link'] },
    ],
  ],
  [
    'several things, in the order binds, actions, fields, rate limits',
    {
      $rateLimits: { a: {} },
      b: { fields: { x: 'lol' }, allow: { view: 'lol' }, bind: ['a'] },
      c: { allow: { view: 'lol' }, bind: ['a', '1', 'a', '2'] },
    },
    [
      { message: expect.any(String), in: ['b', 'bind'] },
      { message: expect.any(String), in: ['c', 'bind', 'a'] },
      { message: expect.any(String), in: ['b', 'allow', 'view'] },
      { message: expect.any(String), in: ['c', 'allow', 'view'] },
      { message: expect.any(String), in: ['b', 'fields', 'x'] },
      { message: 'Missing parameter: ["limits"]', in: ['$rateLimits', 'a'] },
    ],
  ],
])('%s is refused', (_what, code, issues) => {
  const found = validateRules(code)

  expect(found.map(({ message, in: path }) => ({ message, in: path }))).toEqual(issues)
})

test('an issue says where in the text it is, be it in a bind', () => {
  const bind = { isMine: 'auth.id != null\n  && data.ownerId == author' }

  expect(validateRules({ posts: { allow: { view: 'true && isMine' }, bind } })).toEqual([
    {
      message: "undeclared reference to 'author' (in container '')",
      in: ['posts', 'allow', 'view'],
      position: { bind: 'isMine', offset: 37, line: 2, column: 22 },
    },
  ])
})

describe('names that objects have anyway', () => {
  test('they are namespaces, binds and labels like any other', () => {
    const code = JSON.parse(
      '{"__proto__":{"allow":{"view":"lol"}},"constructor":{"allow":{"view":"lol"}}}',
    )

    expect(validateRules(code).map((issue) => issue.in[0])).toEqual(['__proto__', 'constructor'])
  })
})

describe('documents that are too large', () => {
  test.each<[what: string, code: Json]>([
    ['one text of ten megabytes', { posts: { allow: { view: 'x'.repeat(10_000_000) } } }],
    [
      'many texts',
      Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`n${n}`, 'x'.repeat(1000)])),
    ],
    ['many values', { posts: { bind: Array.from({ length: 1_000_000 }, () => 1) } }],
  ])('%s are refused at once', (_what, code) => {
    const started = performance.now()

    expect(validateRules(code)).toEqual([{ message: expect.stringContaining('larger'), in: [] }])
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('small rules over large binds are refused once it is too much', () => {
    const bind = { a: `'${'x'.repeat(9000)}' == data.x || true` }
    const names = Array.from({ length: 2000 }, (_, at) => `n${at}`)
    const code = {
      $default: { bind },
      ...Object.fromEntries(names.map((name) => [name, { allow: { view: 'a', update: 'a' } }])),
    }
    const started = performance.now()

    expect(validateRules(code)[0]?.message).toContain("can't be larger than 1000000 characters")
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('a document nested out of all proportion is refused', () => {
    const code = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)

    expect(validateRules(code)).toEqual([{ message: expect.stringContaining('deeper'), in: [] }])
  })
})

function at(message: string, action: string): RuleIssue {
  return { message, in: ['posts', 'allow', action] }
}

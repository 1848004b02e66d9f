import { describe, expect, test } from 'vitest'
import type { JsonObject } from '@/lib/base/json'
import { compileRules } from './compile-rules'
import { evaluate } from './evaluate'
import { evaluationFailed, invalidRules, unusableRule } from './rule-error'
import { scopeOf } from './testing/rule-inputs'

describe('the rule for an action', () => {
  const own = { posts: { allow: { view: 'own' } } }
  const ownDefault = { posts: { allow: { $default: 'ownDefault' } } }
  const fallback = { $default: { allow: { view: 'fallback', $default: 'fallbackDefault' } } }

  test.each<[what: string, code: JsonObject, found: unknown]>([
    [
      "the namespace's own comes first",
      { ...fallback, posts: { allow: { ...own.posts.allow, ...ownDefault.posts.allow } } },
      ['own', 'posts.allow.view', 'own'],
    ],
    [
      "then the namespace's $default",
      { ...fallback, ...ownDefault },
      ['ownDefault', 'posts.allow.$default', 'ownDefault'],
    ],
    ["then $default's for the action", fallback, ['default', '$default.allow.view', 'fallback']],
    [
      "then $default's $default",
      { $default: { allow: { $default: 'x' } } },
      ['defaultDefault', '$default.allow.$default', 'x'],
    ],
    ['else there is none and all is allowed', {}, null],
    ['null is as good as absent', { posts: { allow: { view: null } } }, null],
  ])('%s', (_what, code, found) => {
    expect(describeRule(code, 'posts')).toEqual(found)
  })

  test('it serves new attributes too', () => {
    const code = { attrs: { allow: { $default: 'false' } } }

    expect(compileRules(code).rule('attrs', 'create')?.path).toEqual(['attrs', 'allow', '$default'])
  })
})

describe('built-in rules', () => {
  test('a user sees the own row and those of the own guests', () => {
    const rule = compileRules({}).rule('$users', 'view')
    const sees = (id: string | null, data: JsonObject, refs: string[] = []) =>
      rule?.program.ok &&
      evaluate(rule.program.data, {
        scope: scopeOf({ auth: id === null ? null : { id } }),
        data,
        refs: () => refs,
      })

    expect(rule?.origin).toBe('builtIn')
    expect(sees('a', { id: 'a' })).toMatchObject({ passes: true })
    expect(sees('a', { id: 'b' })).toMatchObject({ passes: false })
    expect(sees('a', { id: 'b' }, ['a'])).toMatchObject({ passes: true })
    expect(sees(null, { id: 'b' })).toMatchObject({ passes: false })
  })

  test.each([
    ['$files', 'view', 'false', null],
    ['$files', 'create', 'false', null],
    ['$users', 'delete', 'false', null],
    ['$users', 'create', 'true', null],
    ['$magicCodes', 'view', 'false', 'disallow_view_on_system_tables'],
    ['$userRefreshTokens', 'delete', 'false', 'disallow_delete_on_system_tables'],
  ] as const)('%s.%s is %s', (namespace, action, expression, displayCode) => {
    expect(compileRules({}).rule(namespace, action)).toMatchObject({
      origin: 'builtIn',
      expression,
      displayCode,
    })
  })

  test('a document goes before them, by $default too', () => {
    const rules = compileRules({ $default: { allow: { $default: 'true' } } })

    expect(rules.rule('$files', 'view')?.origin).toBe('defaultDefault')
  })

  test('no default opens the namespaces that hold tokens and codes', () => {
    const rules = compileRules({ $default: { allow: { $default: 'true' } } })
    const namespaces = ['$magicCodes', '$userRefreshTokens', '$oauthClients', '$oauthCodes']

    for (const namespace of namespaces) {
      expect(rules.rule(namespace, 'view')).toMatchObject({
        origin: 'builtIn',
        expression: 'false',
      })
    }
  })
})

describe('sign-up', () => {
  test('only the rule at $users.allow.create itself counts', () => {
    expect(compileRules({ $default: { allow: { create: 'false' } } }).signUpRule()).toBeNull()
    expect(compileRules({ $users: { allow: { $default: 'false' } } }).signUpRule()).toBeNull()
    expect(compileRules({ $users: { allow: { create: 'false' } } }).signUpRule()?.origin).toBe(
      'own',
    )
  })
})

describe('links', () => {
  const rules = compileRules({
    posts: { allow: { link: { author: 'true', $default: 'false' }, unlink: {}, $default: 'true' } },
    $default: { allow: { $default: 'false', link: { $default: 'false' } } },
  })

  test('the rule of the label, else the $default among link rules', () => {
    expect(rules.linkRule('posts', 'link', 'author')?.path).toEqual([
      'posts',
      'allow',
      'link',
      'author',
    ])
    expect(rules.linkRule('posts', 'link', 'tags')?.path).toEqual([
      'posts',
      'allow',
      'link',
      '$default',
    ])
  })

  test('no other default serves: the side has no say', () => {
    expect(rules.linkRule('posts', 'unlink', 'author')).toBeNull()
    expect(rules.linkRule('users', 'link', 'posts')).toBeNull()
  })
})

describe('fields', () => {
  const rules = compileRules({
    posts: {
      fields: { secret: 'isMine', id: 'false' },
      bind: { isMine: 'data.ownerId == auth.id' },
    },
  })

  test('a label without a rule is shown, and id always is', () => {
    expect(rules.fieldRule('posts', 'title')).toBeNull()
    expect(rules.fieldRule('posts', 'id')).toBeNull()
    expect(rules.fieldRule('posts', 'constructor')).toBeNull()
    expect(rules.fieldLabels('posts')).toEqual(['secret'])
  })

  test('they see the binds of the namespace', () => {
    expect(rules.fieldRule('posts', 'secret')?.program.ok).toBe(true)
  })
})

describe('binds', () => {
  const rules = compileRules({
    $default: { bind: { a: "'default'", b: "'default'" }, allow: { view: 'a + b' } },
    posts: { bind: { a: "'own'" }, allow: { update: 'a + b' } },
  })

  test.each([
    [
      "$default's are visible everywhere and the namespace's own win",
      'posts',
      'update',
      'owndefault',
    ],
    ['a rule of $default sees the binds of the namespace it judges', 'posts', 'view', 'owndefault'],
    ['a namespace without binds has those of $default', 'tags', 'view', 'defaultdefault'],
  ] as const)('%s', (_what, namespace, action, value) => {
    const rule = rules.rule(namespace, action)

    expect(rule?.program.ok && evaluate(rule.program.data, { scope: scopeOf() })).toMatchObject({
      value,
    })
  })
})

describe('errors', () => {
  test('a rule is compiled once', () => {
    const rules = compileRules({ posts: { allow: { view: 'true' } } })

    expect(rules.rule('posts', 'view')).toBe(rules.rule('posts', 'view'))
  })

  test('a rule that was saved unchecked fails when used', () => {
    const rule = compileRules({ books: { allow: { $default: 'newData.x' } } }).rule('books', 'view')

    expect(rule?.program.ok === false && unusableRule(rule, rule.program.error)).toMatchObject({
      type: 'validation-failed',
      message:
        "Validation failed for permission: undeclared reference to 'newData' (in container '')",
      hint: { input: ['books', 'allow', '$default'] },
    })
  })

  test('a refused document answers with all messages', () => {
    const issues = [
      { message: 'a', in: ['x'] },
      { message: 'b', in: ['y'] },
    ]

    expect(invalidRules({ x: 1 }, issues)).toMatchObject({
      type: 'validation-failed',
      message: 'Validation failed for rule: a, b',
      hint: { 'data-type': 'rule', input: { x: 1 }, errors: issues },
    })
  })

  test('a rule that cannot be evaluated says which, and more only to those who may see it', () => {
    const rule = compileRules({ users: { allow: { view: '!data.x' } } }).rule('users', 'view')
    const result = rule?.program.ok && evaluate(rule.program.data, { scope: scopeOf() })
    if (!rule || !result || result.kind !== 'error') throw new Error('it fails')
    const told =
      'Could not evaluate permission rule for `users.view`. You may have a typo. Debug this in the sandbox and then update your permission rules.'

    expect(evaluationFailed(rule, result.failure, { isDebug: false })).toMatchObject({
      type: 'permission-evaluation-failed',
      message: told,
      hint: {
        rule: ['users', 'view'],
        error: { type: 'INVALID_ARGUMENT', message: told, hint: 'You may have a typo' },
      },
    })
    expect(evaluationFailed(rule, result.failure, { isDebug: true }).message).toContain(
      "no matching overload for '!_' applied to '(null)'",
    )
  })
})

function describeRule(code: JsonObject, namespace: string) {
  const rule = compileRules(code).rule(namespace, 'view')
  return rule && [rule.origin, rule.path.join('.'), rule.expression]
}

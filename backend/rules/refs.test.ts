import { describe, expect, test } from 'vitest'
import { outcomeOf, programOf, scopeOf } from './testing/rule-inputs'

const me = scopeOf({ auth: { id: 'me' } })

describe('refs', () => {
  test('those that stand in the text are known before any evaluation', () => {
    const text = "auth.id in data.ref('owner.id') || isMember || linkedData.ref('a.b') == []"
    const binds = { isMember: "auth.ref('$user.teams.id').exists(t, t in data.ref('owner.id'))" }
    const { refs } = programOf(text, { action: 'link', binds })

    expect(refs).toEqual([
      { source: 'auth', path: 'teams.id' },
      { source: 'data', path: 'owner.id' },
      { source: 'linkedData', path: 'a.b' },
    ])
  })

  test('a ref that is not there is asked for', () => {
    expect(outcomeOf("'x' in data.ref('a.b')")).toEqual({ refs: ['data:a.b'], limit: null })
  })

  test('all refs that can be known to be needed are asked for at once', () => {
    expect(outcomeOf("data.ref('a') == [] && data.ref('b') == [] && data.ref('a') == []")).toEqual({
      refs: ['data:a', 'data:b'],
      limit: null,
    })
  })

  test('a ref whose path depends on another is asked for in turn', () => {
    const text = "data.ref('path')[0] == 'x' && data.ref(ruleParams.p)[0] == 1"
    const scope = scopeOf({ ruleParams: { p: 'dynamic' } })

    expect(outcomeOf(text, { scope })).toEqual({ refs: ['data:path', 'data:dynamic'], limit: null })
    expect(outcomeOf(text, { scope, refs: ({ path }) => (path === 'path' ? ['x'] : [1]) })).toBe(
      true,
    )
  })

  test('a rule that is decided without a ref asks for none', () => {
    expect(outcomeOf("data.ref('a') == [] && false")).toBe(false)
    expect(outcomeOf("data.ref('a') == [] || true")).toBe(true)
    expect(outcomeOf("false ? data.ref('a') == [] : true")).toBe(true)
  })

  test('an error does not hide that a ref might decide', () => {
    expect(outcomeOf("1 / 0 == 1 || data.ref('a') == []")).toMatchObject({ refs: ['data:a'] })
  })

  test('the values are a list', () => {
    const inputs = { refs: () => ['a', 1, null] }

    expect(outcomeOf("data.ref('x')", inputs)).toEqual(['a', 1, null])
    expect(outcomeOf("'a' in data.ref('x') && size(data.ref('x')) == 3", inputs)).toBe(true)
    expect(outcomeOf("auth.email in data.ref('x')", inputs)).toBe(false)
  })

  test("the caller's refs start at $user", () => {
    expect(outcomeOf("auth.ref('$user.a.b')", { scope: me })).toMatchObject({ refs: ['auth:a.b'] })
    expect(outcomeOf("auth.ref('a' + '.b')", { scope: me })).toEqual({
      error: 'auth.ref arg must start with `$user.`',
    })
  })

  test('a guest has no refs', () => {
    expect(outcomeOf("auth.ref('$user.a.b')")).toEqual([])
  })

  test('newData has no refs', () => {
    expect(outcomeOf("newData.ref('a.b')", {}, { action: 'update' })).toEqual({
      error: "no matching overload for 'ref' applied to 'map.(string)'",
    })
  })
})

describe('rate limits', () => {
  const setting = { rateLimits: new Map([['sends', { limits: [] }]]) }

  test('a token is asked for and taken by the caller', () => {
    const text = 'rateLimit.sends.limit(auth.id)'
    const limit = { name: 'sends', key: '"me"', tokens: 1 }

    expect(outcomeOf(text, { scope: me }, setting)).toEqual({ refs: [], limit })
    expect(outcomeOf(text, { scope: me, granted: 1 }, setting)).toBe(true)
  })

  test('several tokens, and a name in brackets', () => {
    expect(outcomeOf("rateLimit['sends'].limit(1, 3)", {}, setting)).toMatchObject({
      limit: { name: 'sends', key: '1', tokens: 3 },
    })
  })

  test('a rule that is decided without the token takes none', () => {
    expect(outcomeOf('auth.id == null || rateLimit.sends.limit(1)', {}, setting)).toBe(true)
    expect(outcomeOf('auth.id != null && rateLimit.sends.limit(1)', {}, setting)).toBe(false)
  })

  test('no token is asked for before the refs to its left are known', () => {
    const text = "data.ref('a') == [] || rateLimit.sends.limit(1)"

    expect(outcomeOf(text, {}, setting)).toEqual({ refs: ['data:a'], limit: null })
    expect(outcomeOf(text, { refs: () => [] }, setting)).toBe(true)
    expect(outcomeOf(text, { refs: () => [1] }, setting)).toMatchObject({ limit: { key: '1' } })
  })

  test('tokens are asked for one at a time', () => {
    const text = 'rateLimit.sends.limit(1) && rateLimit.sends.limit(2)'

    expect(outcomeOf(text, {}, setting)).toMatchObject({ limit: { key: '1' } })
    expect(outcomeOf(text, { granted: 1 }, setting)).toMatchObject({ limit: { key: '2' } })
    expect(outcomeOf(text, { granted: 2 }, setting)).toBe(true)
  })
})

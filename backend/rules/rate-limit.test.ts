import { describe, expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import { parseInterval } from './parse-interval'
import { parseRateLimits } from './parse-rate-limits'
import { limitFingerprint, type RateLimit } from './rate-limit'
import { rateLimited } from './rule-error'
import { takeTokens } from './token-bucket'

describe('configuration', () => {
  test('amount is the capacity, period an hour and tokens trickle back, unless said otherwise', () => {
    const { limits, issues } = parseRateLimits({
      a: { limits: [{ capacity: 5 }] },
      b: {
        limits: [{ capacity: 5, refill: { amount: 2, period: '30 seconds', type: 'interval' } }],
      },
    })

    expect(issues).toEqual([])
    expect(limits.get('a')?.limits).toEqual([
      { capacity: 5, refillAmount: 5, periodMs: 3_600_000, refillType: 'greedy' },
    ])
    expect(limits.get('b')?.limits).toEqual([
      { capacity: 5, refillAmount: 2, periodMs: 30_000, refillType: 'interval' },
    ])
  })

  const noLimits =
    'Validation failed for rules: The rate limit config must have at least one limit in the `limits` array.'

  test.each<[config: Json, message: string]>([
    [{}, 'Missing parameter: ["limits"]'],
    [5, 'Missing parameter: ["limits"]'],
    [{ limits: 5 }, 'Malformed parameter: ["limits"]'],
    [{ limits: [] }, noLimits],
    [{ limits: [{}] }, 'Missing parameter: ["capacity"]'],
    [{ limits: [{ capacity: 0 }] }, 'Malformed parameter: ["capacity"]'],
    [{ limits: [{ capacity: 1.5 }] }, 'Malformed parameter: ["capacity"]'],
    [{ limits: [{ capacity: '5' }] }, 'Malformed parameter: ["capacity"]'],
    [refill({ amount: -1 }), 'Malformed parameter: ["refill" "amount"]'],
    [refill({ type: 'slow' }), 'Malformed parameter: ["refill" "type"]'],
    [refill({ period: 'soon' }), 'Malformed parameter: ["refill" "period"]'],
    [refill({ period: 60 }), 'Malformed parameter: ["refill" "period"]'],
    [
      refill({ period: '10 ms' }),
      'Validation failed for rules: The refill period must be longer than a second.',
    ],
    [
      refill({ period: '25 hours' }),
      "Validation failed for rules: The refill period can't be longer than a day.",
    ],
  ])('%j is refused', (config, message) => {
    expect(parseRateLimits({ name: config }).issues).toEqual([
      { message, in: ['$rateLimits', 'name'] },
    ])
  })

  test('what is no object is refused as a whole', () => {
    expect(parseRateLimits([]).issues).toEqual([
      { message: '$rateLimits must be an object', in: ['$rateLimits'] },
    ])
  })

  test('a change makes fresh buckets', () => {
    const [a, b] = [limit({ capacity: 5 }), limit({ capacity: 6 })]

    expect(limitFingerprint(a)).toBe(limitFingerprint(limit({ capacity: 5 })))
    expect(limitFingerprint(a)).not.toBe(limitFingerprint(b))
  })
})

test.each([
  ['1 hour', 3_600_000],
  ['1 second', 1000],
  ['90 seconds', 90_000],
  ['10 minutes', 600_000],
  ['1 day', 86_400_000],
  ['1 hour 30 minutes', 5_400_000],
  ['1h30m', 5_400_000],
  ['01:30:00', 5_400_000],
  ['1 day 02:00', 93_600_000],
  ['1.5 hours', 5_400_000],
  ['@ 5 mins', 300_000],
  ['PT15M', 900_000],
  ['P1DT1H', 90_000_000],
  ['30', 30_000],
  ['2 hours ago', -7_200_000],
  ['', null],
  ['hour', null],
  ['1 fortnight', null],
  ['1 hour and a bit', null],
  ['P', null],
])('the interval %j is %s ms', (text, ms) => {
  expect(parseInterval(text)).toBe(ms)
})

describe('buckets', () => {
  test('a fresh bucket gives its capacity and then no more', () => {
    const two = limit({ capacity: 2 })
    const first = takeTokens(two, null, { tokens: 1, nowMs: 0 })
    const second = takeTokens(two, first.states, { tokens: 1, nowMs: 0 })
    const third = takeTokens(two, second.states, { tokens: 1, nowMs: 0 })

    expect([first.kind, second.kind]).toEqual(['taken', 'taken'])
    expect(third).toMatchObject({ kind: 'refused', retryAtMs: 1_800_000, remaining: 0 })
  })

  test('greedy tokens trickle back one by one', () => {
    const ten = limit({ capacity: 10, refillAmount: 10, periodMs: 10_000 })
    const { states } = takeTokens(ten, null, { tokens: 10, nowMs: 0 })

    expect(takeTokens(ten, states, { tokens: 1, nowMs: 999 }).kind).toBe('refused')
    expect(takeTokens(ten, states, { tokens: 1, nowMs: 1000 }).kind).toBe('taken')
    expect(takeTokens(ten, states, { tokens: 3, nowMs: 2000 })).toMatchObject({
      retryAtMs: 3000,
      remaining: 2,
    })
  })

  test('many small refills are as good as one', () => {
    const ten = limit({ capacity: 10, refillAmount: 10, periodMs: 10_000 })
    let { states } = takeTokens(ten, null, { tokens: 10, nowMs: 0 })
    for (let nowMs = 100; nowMs < 1000; nowMs += 100) {
      states = takeTokens(ten, states, { tokens: 1, nowMs }).states
    }

    expect(takeTokens(ten, states, { tokens: 1, nowMs: 1000 }).kind).toBe('taken')
  })

  test('interval tokens come back at once, at the end of the period', () => {
    const five = limit({ capacity: 5, refillAmount: 5, periodMs: 60_000, refillType: 'interval' })
    const { states } = takeTokens(five, null, { tokens: 5, nowMs: 0 })

    expect(takeTokens(five, states, { tokens: 1, nowMs: 59_999 })).toMatchObject({
      retryAtMs: 60_000,
    })
    expect(takeTokens(five, states, { tokens: 5, nowMs: 60_000 }).kind).toBe('taken')
  })

  test('all limits must have room, and none is taken from when one has not', () => {
    const both: RateLimit = {
      limits: [...limit({ capacity: 1 }).limits, ...limit({ capacity: 5 }).limits],
    }
    const first = takeTokens(both, null, { tokens: 1, nowMs: 0 })
    const second = takeTokens(both, first.states, { tokens: 1, nowMs: 0 })

    expect(second.kind).toBe('refused')
    expect(second.states.map(({ tokens }) => tokens)).toEqual([0, 4])
  })

  test('a clock that goes back gives nothing', () => {
    const one = limit({ capacity: 1 })
    const { states } = takeTokens(one, null, { tokens: 1, nowMs: 5000 })

    expect(takeTokens(one, states, { tokens: 1, nowMs: 0 }).kind).toBe('refused')
  })

  test('a refusal says when to come back, in whole seconds rounded up', () => {
    const one = limit({ capacity: 1, periodMs: 1500 })
    const { states } = takeTokens(one, null, { tokens: 1, nowMs: 0 })
    const taking = takeTokens(one, states, { tokens: 1, nowMs: 100 })

    expect(taking.kind === 'refused' && rateLimited(taking, 100)).toMatchObject({
      type: 'rate-limited',
      message: 'Your request exceeded the rate limit.',
      hint: {
        'retry-at': '1970-01-01T00:00:01.500Z',
        'retry-after': 2,
        'remaining-tokens': 0,
      },
    })
  })

  test('more than the bucket can ever hold is refused', () => {
    expect(takeTokens(limit({ capacity: 1 }), null, { tokens: 2, nowMs: 7 })).toMatchObject({
      kind: 'refused',
      retryAtMs: 7,
    })
  })
})

function limit(config: Partial<RateLimit['limits'][number]>): RateLimit {
  const capacity = config.capacity ?? 1
  return {
    limits: [
      { capacity, refillAmount: capacity, periodMs: 3_600_000, refillType: 'greedy', ...config },
    ],
  }
}

function refill(options: Json): Json {
  return { limits: [{ capacity: 1, refill: options }] }
}

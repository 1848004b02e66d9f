import { expect, onTestFinished, test, vi } from 'vitest'
import type { Follower, Outcome } from '@/backend/live/live-query'
import { admin } from '@/backend/operations/actor'
import type { FollowedAnswer } from '@/backend/operations/query-answer'
import type { AppKey } from '@/backend/schema/attr'
import { subscriptionStream } from './subscription'

test('the events are those of the contract, in its order', async () => {
  const { follow, tell } = fakeFollower()
  const reader = open({ follow })
  tell(answer('a', 7), answer('b', 8), failure(), answer('b', 9))

  expect(await reader.next()).toContain('retry:500')
  expect(reader.last()).toMatchObject({ op: 'sse-init', 'machine-id': expect.any(String) })
  await reader.next()
  expect(reader.last()).toMatchObject({
    op: 'add-query-ok',
    q: { notes: {} },
    result: { notes: ['a'] },
    'result-meta': { 'page-info': {}, aggregate: {} },
    'processed-tx-id': 7,
    'processed-isn': '7',
  })
  await reader.next()
  expect(reader.last()).toMatchObject({
    op: 'refresh-ok',
    'processed-tx-id': 8,
    computations: [
      {
        'instaql-query': { notes: {} },
        'instaql-result': { notes: ['b'] },
        'result-changed?': true,
      },
    ],
  })
  await reader.next()
  expect(reader.last()).toMatchObject({
    op: 'error',
    status: 500,
    type: 'unknown',
    'original-event': { op: 'add-query', q: { notes: {} } },
  })
  await reader.next()
  expect(reader.last()).toMatchObject({ op: 'refresh-ok', 'processed-tx-id': 9 })
})

test('an answer that comes after nothing but errors is the first', async () => {
  const { follow, tell } = fakeFollower()
  const reader = open({ follow })
  tell(failure(), answer('a', 1))
  await reader.next()
  await reader.next()
  await reader.next()

  expect(reader.last()).toMatchObject({ op: 'add-query-ok' })
})

test('nothing is asked for before the client has taken what there was', async () => {
  const { follow, tell, asked } = fakeFollower()
  const reader = open({ follow })
  tell(answer('a', 1), answer('b', 2), answer('c', 3))
  await reader.next()
  await settled()

  expect(asked()).toBe(1)
})

test('a quiet subscription is kept alive', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { follow } = fakeFollower()
  const reader = open({ follow })
  await reader.next()
  const next = reader.next()
  vi.advanceTimersByTime(15_000)

  expect(await next).toBe(':\n\n')
})

test('a client that has gone is followed for no longer, whenever it went', async () => {
  const gone = new AbortController()
  gone.abort()
  const never = fakeFollower()
  await open({ follow: never.follow, signal: gone.signal }).next()
  await settled()
  expect(never.followers()).toBe(0)

  const cancelled = fakeFollower()
  const reader = open({ follow: cancelled.follow })
  await reader.next()
  await settled()
  expect(cancelled.followers()).toBe(1)
  await reader.cancel()
  expect(cancelled.followers()).toBe(0)

  const leaving = new AbortController()
  const left = fakeFollower()
  await open({ follow: left.follow, signal: leaving.signal }).next()
  await settled()
  expect(left.followers()).toBe(1)
  leaving.abort()
  expect(left.followers()).toBe(0)

  const early = new AbortController()
  const late = fakeFollower()
  const opened = open({
    follow: async () => {
      early.abort()
      return late.follow()
    },
    signal: early.signal,
  })
  await opened.next()
  await settled()
  expect(late.followers()).toBe(0)
})

function open({
  follow,
  signal = new AbortController().signal,
}: {
  follow: () => Promise<Follower<FollowedAnswer>>
  signal?: AbortSignal
}) {
  const reader = subscriptionStream({ query: { notes: {} }, follow, signal }).getReader()
  const decoder = new TextDecoder()
  let text = ''
  return {
    next: async () => {
      const { value } = await reader.read()
      text = decoder.decode(value)
      return text
    },
    /** The event in what was read last. */
    last: () => JSON.parse(text.slice(text.indexOf('data: ') + 'data: '.length)) as object,
    cancel: () => reader.cancel(),
  }
}

function fakeFollower() {
  const outcomes: Outcome<FollowedAnswer>[] = []
  let followers = 0
  let asked = 0
  return {
    follow: async (): Promise<Follower<FollowedAnswer>> => {
      followers += 1
      return {
        next: () => {
          asked += 1
          const outcome = outcomes.shift()
          return outcome ? Promise.resolve(outcome) : new Promise(() => {})
        },
        close: () => {
          followers -= 1
        },
      }
    },
    tell: (...more: readonly Outcome<FollowedAnswer>[]) => {
      outcomes.push(...more)
    },
    followers: () => followers,
    asked: () => asked,
  }
}

function answer(text: string, txId: number): Outcome<FollowedAnswer> {
  const request = {
    app: 1 as AppKey,
    actor: admin,
    requestOrigin: { ip: null, origin: null },
    query: { notes: {} },
    isInferred: false,
    wantsPageInfo: true,
  }
  const value = { request, answer: { tree: { notes: [text] }, pageInfo: {}, counts: {}, txId } }
  return { kind: 'answer', value, print: text }
}

function failure(): Outcome<FollowedAnswer> {
  vi.spyOn(console, 'error').mockImplementationOnce(() => {})
  return { kind: 'error', error: new Error('ours'), print: 'error' }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

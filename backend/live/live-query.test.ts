import { expect, onTestFinished, test, vi } from 'vitest'
import { EngineError } from '@/backend/engine-error'
import type { Topics } from '@/backend/schema/topics'
import { type Asked, LiveQuery } from './live-query'
import { createTurns } from './take-turns'

const mine: Topics = new Map([['schema', null]])
const other: Topics = new Map([['rules', null]])

test('the first outcome comes without a transaction', async () => {
  const { query, answer } = open()
  const follower = query.follow()
  answer('a')

  expect(await follower.next()).toMatchObject({ kind: 'answer', value: 'a' })
})

test('a transaction that meets nothing of what was read asks nothing', async () => {
  const { query, answer, asked } = open()
  const follower = query.follow()
  answer('a')
  await follower.next()
  query.note(other)
  expect(asked()).toBe(1)
  query.note(mine)
  expect(asked()).toBe(2)
})

test('an answer that is as before is no news', async () => {
  const { query, answer, asked } = open()
  const follower = query.follow()
  answer('a')
  await follower.next()
  const next = follower.next()
  query.note(mine)
  answer('a')
  await settled()
  expect(await Promise.race([next, 'nothing'])).toBe('nothing')
  query.note(mine)
  answer('b')

  expect(await next).toMatchObject({ value: 'b' })
  expect(asked()).toBe(3)
})

test('however many transactions come while it is asked, it is asked once more', async () => {
  const { query, answer, asked } = open()
  const follower = query.follow()
  for (let n = 0; n < 100; n++) query.note(mine)
  answer('a')
  await settled()
  answer('b')
  await settled()

  expect(asked()).toBe(2)
  expect(await follower.next()).toMatchObject({ value: 'b' })
})

test('after a run it rests, and what comes meanwhile is answered by the next', async () => {
  const { query, answer, asked } = open({ restMs: 30 })
  const follower = query.follow()
  answer('a')
  await follower.next()
  for (let n = 0; n < 10; n++) query.note(mine)
  expect(asked()).toBe(1)
  await expect.poll(asked).toBe(2)
  answer('b')

  expect(await follower.next()).toMatchObject({ value: 'b' })
})

test('what was written while it was asked is judged by what it then read', async () => {
  const { query, answer, asked } = open()
  query.follow()
  query.note(other)
  answer('a')
  await settled()

  expect(asked()).toBe(1)
})

test('followers share a run, and who comes later has what is there', async () => {
  const { query, answer, asked } = open()
  const [one, two] = [query.follow(), query.follow()]
  answer('a')
  expect(await one.next()).toBe(await two.next())
  const three = query.follow()

  expect(await three.next()).toMatchObject({ value: 'a' })
  expect(asked()).toBe(1)
})

test('who comes while a change is on its way is not shown what was before it', async () => {
  const { query, answer } = open()
  const one = query.follow()
  answer('a')
  await one.next()
  query.note(mine)
  const late = query.follow().next()
  answer('b')

  expect(await late).toMatchObject({ value: 'b' })
})

test('a slow follower gets the latest answer and no other', async () => {
  const { query, answer } = open()
  const follower = query.follow()
  for (const value of ['a', 'b', 'c', 'd']) {
    answer(value)
    await settled()
    query.note(mine)
  }
  answer('e')
  await settled()

  expect(await follower.next()).toMatchObject({ value: 'e' })
  expect(await Promise.race([follower.next(), 'nothing'])).toBe('nothing')
})

test('an error is told once, and any change may end it', async () => {
  const { query, answer, fail, asked } = open()
  const follower = query.follow()
  fail(new EngineError('record-not-found', 'gone'))
  expect(await follower.next()).toMatchObject({ kind: 'error', error: { message: 'gone' } })
  const next = follower.next()
  query.note(other)
  fail(new EngineError('record-not-found', 'gone'))
  await settled()
  expect(await Promise.race([next, 'nothing'])).toBe('nothing')
  query.note(other)
  answer('a')

  expect(await next).toMatchObject({ value: 'a' })
  expect(asked()).toBe(3)
})

test('after a failure that is nobody’s error it is asked again without a transaction', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { query, answer, fail, asked } = open()
  const follower = query.follow()
  fail(new Error('the store is away'))
  expect(await follower.next()).toMatchObject({ kind: 'error' })
  vi.advanceTimersByTime(60_000)
  fail(new Error('the store is away'))
  await settled()
  vi.advanceTimersByTime(60_000)
  answer('a')

  expect(await follower.next()).toMatchObject({ value: 'a' })
  expect(asked()).toBe(3)
  follower.close()
  vi.advanceTimersByTime(60_000)
  expect(asked()).toBe(3)
})

test('an answer after an error is news, even if it is the one from before', async () => {
  const { query, answer, fail } = open()
  const follower = query.follow()
  answer('a')
  await follower.next()
  query.note(mine)
  fail(new EngineError('timeout', 'slow'))
  expect(await follower.next()).toMatchObject({ kind: 'error' })
  query.note(mine)
  answer('a')

  expect(await follower.next()).toMatchObject({ value: 'a' })
})

test('the last follower to go ends it', async () => {
  const { query, answer, ended } = open()
  const [one, two] = [query.follow(), query.follow()]
  answer('a')
  await one.next()
  const waiting = one.next()
  one.close()
  one.close()
  expect(await waiting).toBeNull()
  expect(ended()).toBe(0)
  two.close()

  expect(ended()).toBe(1)
})

test('only so many run at once, in the order of arrival', async () => {
  const inTurn = createTurns(2)
  const log: string[] = []
  const ends: (() => void)[] = []
  const work = (name: string) =>
    inTurn(async () => {
      log.push(name)
      await new Promise<void>((resolve) => ends.push(resolve))
    })
  const all = ['a', 'b', 'c', 'd'].map(work)
  expect(log).toEqual(['a', 'b'])
  ends[1]?.()
  await settled()
  expect(log).toEqual(['a', 'b', 'c'])
  for (const end of ends) end()
  await settled()
  ends.at(-1)?.()
  await Promise.all(all)

  expect(log).toEqual(['a', 'b', 'c', 'd'])
})

/** A query that reads `mine`, and is answered by hand. */
function open({ restMs = 0 } = {}) {
  const open: { resolve: (asked: Asked<string>) => void; reject: (error: Error) => void }[] = []
  let asked = 0
  let ended = 0
  const query = new LiveQuery<string>({
    ask: () => {
      asked += 1
      return new Promise((resolve, reject) => open.push({ resolve, reject }))
    },
    inTurn: (work) => work(),
    restMs,
    onIdle: () => {
      ended += 1
    },
  })
  return {
    query,
    answer: (value: string) => open.shift()?.resolve({ value, print: value, topics: mine }),
    fail: (error: Error) => open.shift()?.reject(error),
    asked: () => asked,
    ended: () => ended,
  }
}

/** When all that has been decided has been done. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

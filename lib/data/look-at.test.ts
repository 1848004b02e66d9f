import { expect, test } from 'vitest'
import { InstantError } from '@/lib/model/instant-error'
import type { RecordRow } from '@/lib/model/record'
import { lookAt, sightOf } from './look-at'

test('a record is seen, seen in part, or hidden', () => {
  const boss = { id: 'b', title: 'Boss' }
  const all = row('a', { name: 'Ada', pay: 5, note: null }, { boss })
  expect(sightOf(all, all)).toEqual({ kind: 'seen', stripped: [] })
  expect(sightOf(all, row('a', { name: 'Ada' }, { boss: null }))).toEqual({
    kind: 'seen',
    stripped: ['pay', 'note', 'boss'],
  })
  expect(sightOf(all, undefined)).toEqual({ kind: 'hidden' })
})

test.each([0, 1, 7, 99])(
  'the record that a rule fails for is told from all others (%i)',
  async (at) => {
    const records = many(100)
    const asked: number[] = []
    const sights = await lookAt(records, async (ids) => {
      asked.push(ids.length)
      if (ids.includes(`${at}`)) throw ruleFails
      return ids.filter((id) => Number(id) % 2 === 0).map((id) => row(id))
    })
    expect(sights.get(`${at}`)).toEqual({ kind: 'failed', message: 'no such key' })
    const others = records.filter(({ id }) => id !== `${at}`)
    for (const { id } of others) {
      expect(sights.get(id)?.kind).toBe(Number(id) % 2 === 0 ? 'seen' : 'hidden')
    }
    expect(asked.length).toBeLessThan(20)
  },
)

test('a rule that fails for all is given up on after a bounded number of looks', async () => {
  let looks = 0
  const sights = await lookAt(many(1000), async () => {
    looks += 1
    throw ruleFails
  })
  expect(looks).toBeLessThanOrEqual(64)
  expect([...sights.values()].every(({ kind }) => kind === 'failed')).toBe(true)
  expect(sights.size).toBe(1000)
})

test('another failure is raised', async () => {
  const down = new InstantError({ code: 'unreachable', message: 'down' })
  await expect(lookAt(many(3), () => Promise.reject(down))).rejects.toBe(down)
})

const ruleFails = new InstantError({
  code: 'permission-evaluation-failed',
  message: 'no such key',
})

function many(count: number): readonly RecordRow[] {
  return Array.from({ length: count }, (_, index) => row(`${index}`))
}

function row(
  id: string,
  values: RecordRow['values'] = {},
  links: RecordRow['links'] = {},
): RecordRow {
  return { id, values, links }
}

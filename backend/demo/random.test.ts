import { expect, test } from 'vitest'
import { isUuid } from '@/lib/base/uuid'
import { createRandom, recordId } from './random'

test('the same name and number give the same chance', () => {
  expect(draws('tickets', 7)).toEqual(draws('tickets', 7))
  expect(draws('tickets', 7)).not.toEqual(draws('tickets', 8))
  expect(draws('tickets', 7)).not.toEqual(draws('comments', 7))
})

test('chance is spread evenly, also over the first draws of neighbours', () => {
  const first = Array.from({ length: 20_000 }, (_, index) => createRandom('spread', index).next())
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length

  expect(Math.min(...first)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...first)).toBeLessThan(1)
  expect(mean).toBeCloseTo(0.5, 1)
})

test('an id is a uuid of version 4, and no two are alike', () => {
  const ids = ['tickets', 'comments'].flatMap((name) =>
    Array.from({ length: 20_000 }, (_, index) => recordId(name, index)),
  )

  expect(ids.every(isUuid)).toBe(true)
  expect(ids.every((id) => /^.{14}4.{4}[89ab]/.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
})

function draws(name: string, index: number): number[] {
  const random = createRandom(name, index)
  return Array.from({ length: 5 }, () => random.next())
}

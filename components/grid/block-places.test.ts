import { expect, test } from 'vitest'
import { inPlaces, placeOf } from './block-places'

test('blocks that follow one another have places of their own', () => {
  for (let first = 0; first < 20; first++) {
    const places = [0, 1, 2, 3, 4, 5].map((at) => placeOf(first + at, 6))
    expect(new Set(places).size).toBe(6)
  }
})

test('blocks that stay in view keep their order, whatever comes and goes', () => {
  expect(inPlaces([4, 5, 6, 7], { places: 4, first: 4 })).toEqual([4, 5, 6, 7])
  expect(inPlaces([5, 6, 7, 8], { places: 4, first: 4 })).toEqual([8, 5, 6, 7])
  expect(inPlaces([3, 4, 5, 6], { places: 4, first: 4 })).toEqual([4, 5, 6, 3])
  expect(inPlaces([21, 22, 23, 24], { places: 4, first: 4 })).toEqual([24, 21, 22, 23])
})

test('fewer blocks than places leave some empty', () => {
  expect(inPlaces([0, 1], { places: 4, first: 0 })).toEqual([0, 1])
  expect(inPlaces([], { places: 4, first: 7 })).toEqual([])
})

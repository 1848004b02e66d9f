import { expect, test } from 'vitest'
import { stepInTree, type TreeStep } from './tree-keys'
import { treeLines } from './tree-lines'

const value = { a: [{ id: 1 }, { id: 2 }], b: [] }
//  0 a  1 a[0] (closed)  2 a[1] (open)  3 a[1].id  4 b
const lines = treeLines(value, { depth: 1, exceptions: new Map([['/a/1', true]]) })

test.each<[key: string, at: number, step: TreeStep | null]>([
  ['ArrowDown', 0, { kind: 'move', to: 1 }],
  ['ArrowDown', 4, { kind: 'move', to: 4 }],
  ['ArrowUp', 0, { kind: 'move', to: 0 }],
  ['ArrowRight', 1, { kind: 'open' }],
  ['ArrowRight', 2, { kind: 'move', to: 3 }],
  ['ArrowRight', 3, null],
  ['ArrowRight', 4, null],
  ['ArrowLeft', 3, { kind: 'move', to: 2 }],
  ['ArrowLeft', 2, { kind: 'close' }],
  ['ArrowLeft', 4, null],
  ['Enter', 1, { kind: 'open' }],
  [' ', 2, { kind: 'close' }],
  ['Enter', 3, null],
  ['PageDown', 0, { kind: 'move', to: 3 }],
  ['Home', 3, { kind: 'move', to: 0 }],
  ['End', 0, { kind: 'move', to: 4 }],
  ['x', 0, null],
])('%s on line %i', (key, at, step) => {
  expect(stepInTree(lines, at, { key, pageSize: 3 })).toEqual(step)
})

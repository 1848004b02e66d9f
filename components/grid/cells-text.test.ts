import { expect, test } from 'vitest'
import { toCellsText } from './cells-text'
import type { GridColumn } from './grid-column'

interface Pair {
  readonly a: string
  readonly b: string
}

const columns = [column('a'), column('b')]

test('one cell is its value, as it is', () => {
  const text = 'two\n"lines"\tand a tab'
  expect(toCellsText([{ a: text, b: '' }], [column('a')])).toMatchObject({ plain: text })
})

test('several are a table of tabs and lines', () => {
  const rows = [
    { a: '1', b: 'x' },
    { a: '2', b: '' },
  ]
  expect(toCellsText(rows, columns)).toMatchObject({ plain: '1\tx\n2\t' })
})

test('what would break the table is quoted, and only that', () => {
  const rows = [{ a: 'a "b"\n\tc', b: "it's" }]
  expect(toCellsText(rows, columns).plain).toBe('"a ""b""\n\tc"\tit\'s')
})

test('markup is text in the table for spreadsheets', () => {
  const { html } = toCellsText([{ a: '<b>&', b: '' }], columns)
  expect(html).toContain('>&lt;b&gt;&amp;</td>')
  expect(html.match(/<td/g)).toHaveLength(2)
})

test('what is hatched is not copied', () => {
  const hatched = { ...column('a'), whyHatched: () => 'hidden' }
  expect(toCellsText([{ a: 'x', b: 'y' }], [hatched, column('b')]).plain).toBe('\ty')
})

function column(id: keyof Pair): GridColumn<Pair> {
  return {
    id,
    label: id,
    width: 100,
    whyNotSortable: null,
    render: (row) => row[id],
    text: (row) => row[id],
  }
}

import JSON5 from 'json5'
import { expect, test } from 'vitest'
import { recordQueryText, recordReadCode, recordWriteCode } from './record-code'
import type { Attribute, Link, Namespace } from './schema'

const id = '11111111-1111-4111-8111-111111111111'
const other = '22222222-2222-4222-8222-222222222222'

function attribute(name: string): Attribute {
  return {
    name,
    type: 'string',
    isTyped: true,
    isIndexed: false,
    isUnique: false,
    isRequired: false,
    isSystem: false,
  }
}

const owner: Link = {
  label: 'owner',
  target: '$users',
  targetLabel: 'books',
  cardinality: 'one',
  isForward: true,
  isRequired: false,
  deletesTargets: false,
}

const books: Namespace = {
  name: 'books',
  isSystem: false,
  attributes: [attribute('id'), attribute('title'), attribute('note')],
  links: [owner],
  titleAttribute: 'title',
}

test('the query of a record names its id and every link', () => {
  expect(JSON5.parse(recordQueryText(books, id))).toEqual({
    books: { $: { where: { id } }, owner: {} },
  })
  expect(recordReadCode(books, id)).toContain('await db.query({\n  books:')
})

test('the code that writes a record leaves out its id and what is not set, and links it', () => {
  const record = {
    id,
    values: { id, title: "It's", note: null },
    links: { owner: { total: 1, records: [{ id: other, title: null }] } },
  }
  expect(recordWriteCode(books, record)).toBe(
    [
      'await db.transact([',
      `  db.tx.books['${id}'].update({`,
      "    title: 'It\\'s',",
      '    note: null,',
      '  }),',
      `  db.tx.books['${id}'].link({`,
      `    owner: '${other}',`,
      '  }),',
      '])',
      '',
    ].join('\n'),
  )
})

test('a record without links is one step', () => {
  const record = { id, values: { id, title: 'A' }, links: { owner: { total: 0, records: [] } } }
  expect(recordWriteCode(books, record)).not.toContain('.link(')
})

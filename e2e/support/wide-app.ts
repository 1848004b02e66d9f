import { recordId } from '@/backend/demo/random'
import { makeApp, type TestApp } from './make-app'
import { transact } from './transact'

export const wideColumns = 500
const rowCount = 60
export const longLength = 1_000_000

/** An app of rows with five hundred numbers each, and of values that are hard to show. */
export async function makeWideApp(apiURI: string): Promise<TestApp> {
  const attr = (valueType: string | undefined) => ({
    ...(valueType && { valueType }),
    required: false,
    isIndexed: false,
    config: { indexed: false, unique: false },
    metadata: {},
  })
  const numbers = Array.from({ length: wideColumns }, (_, at) => [columnName(at), attr('number')])
  const app = await makeApp({
    apiURI,
    schema: {
      entities: {
        rows: { attrs: Object.fromEntries(numbers), links: {} },
        odds: {
          attrs: {
            label: attr('string'),
            text: attr('string'),
            at: attr('date'),
            day: attr('date'),
            extra: attr('json'),
          },
          links: {},
        },
        parts: { attrs: { name: attr('string'), weight: attr('number') }, links: {} },
      },
      links: {
        oddParts: {
          forward: { on: 'odds', has: 'many', label: 'parts' },
          reverse: { on: 'parts', has: 'one', label: 'odd' },
        },
      },
      rooms: {},
    },
  })
  for (let row = 0; row < rowCount; row++) {
    const values = Array.from({ length: wideColumns }, (_, at) => [columnName(at), row * 1000 + at])
    await transact(app, [['create', 'rows', recordId('rows', row), Object.fromEntries(values)]])
  }
  const odd = recordId('odds', 0)
  await transact(app, [
    [
      'create',
      'odds',
      odd,
      {
        label: 'Odd',
        text: 'long '.repeat(longLength / 5),
        at: '2026-03-14T02:00:00.000Z',
        day: '2026-03-14',
        extra: { deep: { list: [1, 2, 3] } },
      },
    ],
    ['create', 'odds', recordId('odds', 1), { label: 'Null', text: null }],
  ])
  for (let part = 0; part < 5; part++) {
    const id = recordId('parts', part)
    await transact(app, [
      ['create', 'parts', id, { name: `Part ${part + 1}`, weight: part * 10 }],
      ['link', 'odds', odd, { parts: id }],
    ])
  }
  return app
}

/** The name of one of the five hundred, in the order of the names. */
export function columnName(at: number): string {
  return `n${String(at).padStart(3, '0')}`
}

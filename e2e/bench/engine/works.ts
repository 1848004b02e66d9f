import type { Queryable } from '@/backend/store/database'
import type { JsonObject } from '@/lib/base/json'
import type { Baseline } from './baseline'
import type { openLibrary } from './engine-baseline'
import { bookValues, counts, idOf, isbnOf } from './library'

type Library = Awaited<ReturnType<typeof openLibrary>>
/** Any of the three layouts, asked the same. */
export type Layout = Omit<Baseline, 'load' | 'write'> &
  Pick<Library, 'write'> &
  Partial<Pick<Library, 'settle'>>

/** Something to be done on each layout, with what is aimed at (README of the benchmark). */
export interface Work {
  readonly name: string
  /** Most of engine / limit, and least of triples / engine. */
  readonly aim: readonly [limit: number, triples: number]
  /** Rounds of it cost so much that fewer are made. */
  readonly isLong?: boolean
  /** Ids or a number, the same on every layout; null for what writes. */
  readonly run: (layout: Layout, round: number) => Promise<readonly string[] | number | null>
}

/** Spread over the whole, another one each round. */
const pick = (round: number, of: number) => (round * 7_919 + 13) % of
const after = (round: number) => {
  const n = 20_000 + pick(round, 60_000)
  return {
    id: idOf('books', n),
    createdAt: 1_700_000_000_000 + n,
    price: Number(bookValues(n).price),
  }
}

/** Books that no layout has yet. Each layout keeps its own, so all may get the same. */
function newBooks(count: number, first: number) {
  return Array.from({ length: count }, (_, n) => ({
    id: idOf('imports', first + n),
    values: { ...bookValues(first + n) } as JsonObject,
  }))
}

export function works(facts: number): readonly Work[] {
  return [
    { name: 'page of 50 by creation', aim: [1.6, 4], run: (on) => on.pageByCreation() },
    {
      name: 'page of 50 by price at offset 50,000',
      aim: [1.6, 4],
      run: (on, round) => on.pageAtOffset(50_000 + pick(round, 1_000)),
    },
    { name: 'page of 50 after a cursor', aim: [1.6, 4], run: (on, n) => on.pageAfter(after(n)) },
    {
      name: 'page of 50 by price after a cursor',
      aim: [1.6, 4],
      run: (on, n) => on.pageByPriceAfter(after(n)),
    },
    {
      name: 'look-up by id',
      aim: [2.5, 2],
      run: (on, n) => on.byId(idOf('books', pick(n, counts.books))),
    },
    {
      name: 'look-up by unique attribute',
      aim: [2.5, 2],
      run: (on, n) => on.byUnique(isbnOf(pick(n, counts.books))),
    },
    {
      name: '50 users with all their shelves and books',
      aim: [1.3, 4],
      run: (on) => on.threeLevels(),
    },
    {
      name: 'filter across two links, selective',
      aim: [1.5, 2],
      run: (on, n) => on.usersOfBook(isbnOf(pick(n, counts.books))),
    },
    {
      name: 'filter across two links, wide',
      aim: [1.5, 500],
      run: (on, n) => on.usersOfDearBooks(5_000 + pick(n, 100)),
    },
    {
      name: "$ilike '%x%' over 100,000 titles",
      aim: [11, 3],
      run: (on, n) => on.titled(`%number ${9_000 + pick(n, 900)}%`),
    },
    { name: 'count of 100,000', aim: [1.5, 2], run: (on) => on.count() },
    { name: 'export of 1,000', aim: [1.5, 2], run: (on) => on.export(1_000) },
    {
      name: 'transaction of 1,000 steps',
      aim: [1.8, 4],
      async run(on, round) {
        await on.write(newBooks(1_000, 10_000_000 + round * 1_000))
        return null
      },
    },
    {
      name: `import of ${facts.toLocaleString('en')} facts`,
      aim: [1.8, 4],
      isLong: true,
      async run(on, round) {
        const entities = Math.ceil(facts / 12)
        for (let done = 0; done < entities; done += 1_000) {
          const first = 20_000_000 + round * 1_000_000 + done
          await on.write(newBooks(Math.min(1_000, entities - done), first))
        }
        return null
      },
    },
  ]
}

/** A layout of SQL alone writes in a transaction of its own for each call. */
export function withTransactions(
  baseline: Baseline,
  transaction: (work: (tx: Queryable) => Promise<void>) => Promise<void>,
): Layout {
  return { ...baseline, write: (books) => transaction((tx) => baseline.write(tx, books)) }
}

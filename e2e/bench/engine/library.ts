import type { BulkTable } from '@/backend/demo/bulk-load'
import type { DemoRecord } from '@/backend/demo/record'
import type { JsonObject } from '@/lib/base/json'

/*
 * A library of 150,000 entities and 300,000 links, always the same: users have shelves, and shelves
 * share books.
 */
export const counts = { users: 10_000, shelves: 40_000, books: 100_000, placings: 260_000 } as const

const indexed = { indexed: true, unique: false }
const unique = { indexed: true, unique: true }
const plain = { indexed: false, unique: false }
const attr = (valueType: string, config: object) => ({ valueType, required: false, config })

/** What the app is told, in the JSON form of `i.schema`. */
export const librarySchema = {
  entities: {
    users: {
      attrs: {
        handle: attr('string', unique),
        email: attr('string', indexed),
        age: attr('number', indexed),
        city: attr('string', plain),
        bio: attr('string', plain),
        isActive: attr('boolean', plain),
        joinedAt: attr('date', indexed),
      },
      links: {},
    },
    shelves: {
      attrs: { name: attr('string', indexed), position: attr('number', plain) },
      links: {},
    },
    books: { attrs: bookAttrs(), links: {} },
    imports: { attrs: bookAttrs(), links: {} },
  },
  links: {
    shelfOwner: {
      forward: { on: 'shelves', has: 'one', label: 'owner' },
      reverse: { on: 'users', has: 'many', label: 'shelves' },
    },
    shelfBooks: {
      forward: { on: 'shelves', has: 'many', label: 'books' },
      reverse: { on: 'books', has: 'many', label: 'shelves' },
    },
  },
  rooms: {},
}

function bookAttrs() {
  return {
    title: attr('string', indexed),
    isbn: attr('string', unique),
    price: attr('number', indexed),
    pages: attr('number', plain),
    genre: attr('string', plain),
    publisher: attr('string', plain),
    language: attr('string', plain),
    isInPrint: attr('boolean', plain),
    rating: attr('number', plain),
    summary: attr('string', plain),
    soldAt: attr('date', plain),
  }
}

/** The attributes of a book in the order in which the baselines store them. */
export const bookLabels = Object.keys(bookAttrs())
export const userLabels = Object.keys(librarySchema.entities.users.attrs)

/** The n-th id of a kind: not in the order of n, as random ids are not. */
export function idOf(kind: 'users' | 'shelves' | 'books' | 'imports', n: number): string {
  const hash = Math.imul(n + 1, 2_654_435_761) >>> 0
  const digit = { users: 1, shelves: 2, books: 3, imports: 4 }[kind]
  return `${hash.toString(16).padStart(8, '0')}-000${digit}-4000-8000-${n.toString(16).padStart(12, '0')}`
}

export const isbnOf = (n: number) => `978-${String(n).padStart(10, '0')}`

const firstAt = 1_700_000_000_000
const words = [
  'amber',
  'basalt',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'harbor',
  'islet',
  'juniper',
]

export function bookValues(n: number): JsonObject {
  const word = (step: number) => words[Math.floor(n / step) % words.length]
  return {
    title: `The ${word(1)} ${word(10)} of ${word(100)} ${word(1_000)}, number ${n}`,
    isbn: isbnOf(n),
    price: (Math.imul(n, 7_919) >>> 0) % 10_000,
    pages: 80 + (n % 900),
    genre: word(3) ?? '',
    publisher: `House of ${word(7)}`,
    language: n % 3 === 0 ? 'en' : 'de',
    isInPrint: n % 2 === 0,
    rating: (n % 50) / 10,
    summary: `${word(1)} ${word(2)} ${word(4)} ${word(8)} `.repeat(6),
    soldAt: new Date(firstAt + n * 1_000).toISOString(),
  }
}

function userValues(n: number): JsonObject {
  return {
    handle: `user${n}`,
    email: `user${n}@example.com`,
    age: 18 + (n % 70),
    city: words[n % words.length] ?? '',
    bio: 'Reads a lot. '.repeat(5),
    isActive: n % 5 !== 0,
    joinedAt: new Date(firstAt - n * 60_000).toISOString(),
  }
}

const at = (n: number) => firstAt + n

/** Every record with its links, users first. */
export const libraryTables: readonly BulkTable[] = [
  table('users', (n) => ({ values: userValues(n), links: {} })),
  table('books', (n) => ({ values: bookValues(n), links: {} })),
  table('shelves', (n) => ({
    values: { name: `Shelf ${n}`, position: n % 40 },
    links: { owner: [idOf('users', n % counts.users)], books: booksOf(n) },
  })),
]

/** Six or seven to a shelf, and none of them twice. */
function booksOf(shelf: number): string[] {
  const size = shelf % 2 === 0 ? 6 : 7
  return Array.from({ length: size }, (_, n) =>
    idOf('books', (shelf * 13 + n * 15_013) % counts.books),
  )
}

function table(
  namespace: 'users' | 'shelves' | 'books',
  make: (n: number) => Pick<DemoRecord, 'values' | 'links'>,
): BulkTable {
  return {
    namespace,
    *records() {
      for (let n = 0; n < counts[namespace]; n++) {
        yield { id: idOf(namespace, n), createdAt: at(n), ...make(n) }
      }
    },
  }
}

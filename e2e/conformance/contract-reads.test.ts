import { init } from '@instantdb/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContractApp, makeContractApp, write } from '@/e2e/support/contract-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'

/**
 * Reads, sentence by sentence (contract semantics.md 3 and 4). What is expected is what the contract
 * says. Every row is one rule; rows of an answer are told by the last two digits of their ids.
 */
let backend: RunningBackend
let app: ContractApp

const nobody = id(99)

beforeAll(async () => {
  backend = await startBackend()
  app = await makeContractApp(backend.apiURI, {
    namespaces: {
      items: {
        name: 'string indexed unique',
        str: 'string indexed',
        num: 'number indexed',
        bool: 'boolean indexed',
        date: 'date indexed',
        any: 'any indexed',
        ustr: 'string',
        unum: 'number',
        ubool: 'boolean',
        udate: 'date',
        uany: 'json',
        tag: 'string unique',
        label: 'any unique indexed',
        and: 'string',
        or: 'string indexed',
      },
      users: { handle: 'string indexed unique' },
      shelves: {
        name: 'string indexed',
        order: 'number indexed',
        desc: 'any',
        due: 'date indexed',
      },
      books: { title: 'string indexed', pages: 'any indexed' },
      profiles: { bio: 'string indexed' },
      empty: { x: 'string indexed' },
      notes: { text: 'string indexed' },
    },
    links: [
      'users.shelves many <-> shelves.users many',
      'shelves.books many <-> books.shelves many',
      'books.author one <-> users.books many',
      'books.editor one <-> users.edited many',
      'users.profile one <-> profiles.owner one',
      'books.sequel one <-> books.prequel one',
    ],
  })
  await write(app, items)
  // One transaction each, so that they have an order of creation.
  for (const [n, handle] of ['stopa', 'joe', 'alex', 'nicolegf'].entries()) {
    await write(app, [['create', 'users', id(11 + n), { handle }]])
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  await write(app, library)
})

afterAll(() => backend.stop())

const day = Date.parse('2025-01-02T00:00:00Z')

const items = [
  [
    'create',
    'items',
    id(1),
    {
      name: 'a',
      str: 'apple',
      num: 1,
      bool: true,
      date: '2025-01-01T00:00:00Z',
      any: 1,
      ustr: 'x',
      unum: 1,
      ubool: true,
      udate: '2025-01-01',
      uany: { k: 1 },
      tag: 't',
      label: 'l',
      and: 'yes',
      or: 'no',
    },
  ],
  [
    'create',
    'items',
    id(2),
    {
      name: 'b',
      str: 'Banana',
      num: 2.5,
      bool: false,
      date: day,
      any: '1',
      ustr: 'y',
      unum: 2,
      ubool: false,
      udate: day,
      uany: [1, 2],
      tag: '',
    },
  ],
  [
    'create',
    'items',
    id(3),
    {
      name: 'c',
      str: '100%_a\\b',
      num: -3,
      bool: false,
      date: '2025-01-01T00:00:00.000001Z',
      any: true,
      ustr: '1',
      unum: 0,
      udate: '2025-01-02T01:00:00+01:00',
      uany: 'x',
    },
  ],
  [
    'create',
    'items',
    id(4),
    {
      name: 'd',
      str: null,
      num: null,
      bool: null,
      date: null,
      any: null,
      ustr: null,
      unum: null,
      udate: null,
      uany: null,
      tag: null,
      label: null,
    },
  ],
  ['create', 'items', id(5), { name: 'e' }],
  [
    'create',
    'items',
    id(6),
    { name: 'f', str: 'line\nbreak', num: 1e3, date: '2025-01-01T02:00:00+02:00', any: { a: [1] } },
  ],
]

// 11 stopa: shelves 21, 22. 12 joe: 24. 13 alex: 23. 14 nicolegf: none.
const library = [
  ['create', 'shelves', id(21), { name: 'Nonfiction', order: 1, desc: 'd1', due: '2025-03-01' }],
  ['create', 'shelves', id(22), { name: 'Fiction', order: 0 }],
  ['create', 'shelves', id(23), { name: 'Empty' }],
  ['create', 'shelves', id(24), { name: 'Nonfiction', order: 0, desc: null }],
  ['create', 'books', id(31), { title: 'Sum', pages: 10 }],
  ['create', 'books', id(32), { title: 'Dune', pages: '10' }],
  ['create', 'books', id(33), { title: 'Sum' }],
  ['create', 'profiles', id(41), { bio: 'hi' }],
  ['create', 'profiles', id(42), {}],
  ['link', 'users', id(11), { shelves: [id(21), id(22)], profile: id(41) }],
  ['link', 'users', id(12), { shelves: id(24), profile: id(42) }],
  ['link', 'users', id(13), { shelves: id(23) }],
  ['link', 'shelves', id(21), { books: id(31) }],
  ['link', 'shelves', id(22), { books: id(32) }],
  ['link', 'shelves', id(24), { books: id(33) }],
  ['link', 'books', id(31), { author: id(13), editor: id(13), sequel: id(32) }],
  ['link', 'books', id(32), { author: id(12), editor: id(11) }],
  ['create', 'notes', id(11), { text: 'the id of a user' }],
]

describe('what a where matches', () => {
  test.each<[rule: string, where: object, found: number[]]>([
    ['no condition matches everything', {}, [1, 2, 3, 4, 5, 6]],
    ['a string equals itself', { str: 'apple' }, [1]],
    ['equality is case-sensitive', { str: 'Apple' }, []],
    ['a number equals itself however it is written', { num: 1.0 }, [1]],
    ['a number equals itself with an exponent', { num: 1e3 }, [6]],
    ['a boolean equals itself', { bool: false }, [2, 3]],
    ['equality without an index', { ustr: 'x' }, [1]],
    ['a number without an index', { unum: 0 }, [3]],
    ['a boolean without an index', { ubool: false }, [2]],
    ['equality is type-strict: 1', { any: 1 }, [1]],
    ['equality is type-strict: "1"', { any: '1' }, [2]],
    ['equality is type-strict: true', { any: true }, [3]],
    ['equality is type-strict: "true"', { any: 'true' }, []],
    ['untyped and unindexed values compare as JSON', { uany: 'x' }, [3]],
    ['an empty string is a value', { tag: '' }, [2]],
    ['conditions are and-ed', { bool: false, num: -3 }, [3]],
    ['an indexed date equals by instant', { date: '2025-01-01' }, [1, 6]],
    ['an indexed date equals by instant: number', { date: Date.parse('2025-01-01') }, [1, 6]],
    [
      'an indexed date equals by instant: another zone',
      { date: '2024-12-31T19:00:00-05:00' },
      [1, 6],
    ],
    ['microseconds tell dates apart', { date: '2025-01-01T00:00:00.000001Z' }, [3]],
    ['a number of an indexed date and a string of it are the same', { date: '2025-01-02' }, [2]],
    ['an unindexed date compares as stored', { udate: '2025-01-01' }, [1]],
    ['an unindexed date does not compare as an instant', { udate: '2025-01-02' }, []],
    ['an unindexed date that is a number', { udate: day }, [2]],
    ['$in', { str: { $in: ['apple', 'Banana', 'nope'] } }, [1, 2]],
    ['in is $in', { str: { in: ['apple'] } }, [1]],
    ['$in of nothing matches nothing', { str: { $in: [] } }, []],
    ['duplicates in $in are harmless', { str: { $in: ['apple', 'apple'] } }, [1]],
    ['$in of numbers', { num: { $in: [1, -3] } }, [1, 3]],
    ['$in of booleans', { bool: { $in: [true, false] } }, [1, 2, 3]],
    ['$in of dates', { date: { $in: ['2025-01-02', 0] } }, [2]],
    ['$in is type-strict', { any: { $in: [1, true] } }, [1, 3]],
    ['null in $in matches what has nothing', { str: { $in: ['apple', null] } }, [1, 4, 5]],
    ['null alone in $in', { num: { $in: [null] } }, [4, 5]],
    ['null in $in of a date', { date: { $in: [null, '2025-01-02'] } }, [2, 4, 5]],
    ['null in $in of an indexed untyped attribute', { any: { $in: [null] } }, [4, 5]],
    ['$not matches others and what has nothing', { str: { $not: 'apple' } }, [2, 3, 4, 5, 6]],
    ['$ne is $not', { str: { $ne: 'apple' } }, [2, 3, 4, 5, 6]],
    ['$not without an index', { ustr: { $not: 'x' } }, [2, 3, 4, 5, 6]],
    ['$not of a boolean', { bool: { $not: true } }, [2, 3, 4, 5, 6]],
    ['$not of an instant', { date: { $not: '2025-01-01' } }, [2, 3, 4, 5]],
    ['$not of an untyped value', { any: { $not: 1 } }, [2, 3, 4, 5, 6]],
    ['$not of a unique untyped value', { label: { $not: 'l' } }, [2, 3, 4, 5, 6]],
    ['$not of a unique unindexed value', { tag: { $not: 't' } }, [2, 3, 4, 5, 6]],
    ['$isNull: true matches null and missing, indexed', { str: { $isNull: true } }, [4, 5]],
    ['$isNull: true matches null and missing, unindexed', { ustr: { $isNull: true } }, [4, 5, 6]],
    ['$isNull: false', { str: { $isNull: false } }, [1, 2, 3, 6]],
    ['$isNull: false, unindexed', { uany: { $isNull: false } }, [1, 2, 3]],
    ['$isNull of an untyped attribute', { any: { $isNull: true } }, [4, 5]],
    ['$isNull of a date', { date: { $isNull: true } }, [4, 5]],
    ['$isNull of a unique attribute', { tag: { $isNull: true } }, [3, 4, 5, 6]],
    ['false is not null', { bool: { $isNull: false } }, [1, 2, 3]],
    ['$gt of numbers', { num: { $gt: 1 } }, [2, 6]],
    ['$gte of numbers', { num: { $gte: 1 } }, [1, 2, 6]],
    ['$lt of numbers, and nothing never matches', { num: { $lt: 1 } }, [3]],
    ['$lte of numbers', { num: { $lte: 1 } }, [1, 3]],
    ['numbers compare numerically', { num: { $gt: 9 } }, [6]],
    ['$gt of dates compares instants', { date: { $gt: '2025-01-01' } }, [2, 3]],
    ['$gte of dates', { date: { $gte: '2025-01-01T01:00:00+01:00' } }, [1, 2, 3, 6]],
    ['$lt of dates', { date: { $lt: day } }, [1, 3, 6]],
    [
      '$lte of dates keeps microseconds',
      { date: { $lte: '2025-01-01T00:00:00.000001Z' } },
      [1, 3, 6],
    ],
    ['false is less than true', { bool: { $lt: true } }, [2, 3]],
    ['$gte of booleans', { bool: { $gte: false } }, [1, 2, 3]],
    ['$gt of booleans', { bool: { $gt: false } }, [1]],
    ['$gt of strings, capitals first', { str: { $gt: 'a' } }, [1, 6]],
    ['$gte of strings', { str: { $gte: 'apple' } }, [1, 6]],
    ['$lt of strings also matches null (quirk)', { str: { $lt: 'B' } }, [3, 4, 5]],
    ['$lte of strings also matches null (quirk)', { str: { $lte: 'Banana' } }, [2, 3, 4, 5]],
    ['$like is of the whole string', { str: { $like: 'app' } }, []],
    ['% is any run', { str: { $like: 'app%' } }, [1]],
    ['% is the empty run too', { str: { $like: '%apple%' } }, [1]],
    ['% runs over lines', { str: { $like: 'line%k' } }, [6]],
    ['_ is one character', { str: { $like: 'appl_' } }, [1]],
    ['_ is not none', { str: { $like: 'apple_' } }, []],
    ['a backslash escapes %', { str: { $like: '100\\%%' } }, [3]],
    ['a backslash escapes _', { str: { $like: '%\\_a%' } }, [3]],
    ['a backslash escapes itself', { str: { $like: '%\\\\b' } }, [3]],
    ['$like is case-sensitive', { str: { $like: 'banana' } }, []],
    ['$ilike is not', { str: { $ilike: 'bANANA' } }, [2]],
    ['$ilike with %', { str: { $ilike: '%AN%' } }, [2]],
    ['what is special elsewhere is literal', { str: { $like: '1.0*' } }, []],
    ['a dot is a dot', { str: { $like: 'appl.' } }, []],
    ['$like never matches nothing', { str: { $like: '%' } }, [1, 2, 3, 6]],
    ['or', { or: [{ str: 'apple' }, { num: -3 }] }, [1, 3]],
    [
      'or with $isNull equals $in with null',
      { or: [{ str: 'apple' }, { str: { $isNull: true } }] },
      [1, 4, 5],
    ],
    ['and', { and: [{ bool: false }, { num: 2.5 }] }, [2]],
    ['and of one key twice', { and: [{ num: { $gt: 0 } }, { num: { $lt: 3 } }] }, [1, 2]],
    ['or beside a condition', { bool: false, or: [{ num: -3 }, { num: 1 }] }, [3]],
    ['and within or', { or: [{ and: [{ bool: false }, { num: -3 }] }, { str: 'apple' }] }, [1, 3]],
    ['or within and', { and: [{ or: [{ num: 1 }, { num: -3 }] }, { bool: true }] }, [1]],
    [
      'of two operators in one condition the first counts (quirk)',
      { num: { $gt: 1, $lt: 0 } },
      [2, 6],
    ],
    ['two keys in one member of or', { or: [{ bool: false, num: -3 }, { num: 1e3 }] }, [3, 6]],
    ['an empty member of or holds of all', { or: [{}] }, [1, 2, 3, 4, 5, 6]],
    ['a key named and is an attribute when its value is no list', { and: 'yes' }, [1]],
    ['a key named or is an attribute when its value is no list', { or: 'no' }, [1]],
    ['a key named or takes operators', { or: { $isNull: false } }, [1]],
    ['id', { id: id(2) }, [2]],
    ['id in capitals', { id: id(2).toUpperCase() }, [2]],
    ['id: $in', { id: { $in: [id(2), id(3), nobody] } }, [2, 3]],
    ['id: $not', { id: { $not: id(2) } }, [1, 3, 4, 5, 6]],
    ['id: $ne', { id: { $ne: nobody } }, [1, 2, 3, 4, 5, 6]],
    ['id: $isNull', { id: { $isNull: true } }, []],
    ['id: $isNull: false', { id: { $isNull: false } }, [1, 2, 3, 4, 5, 6]],
    ['an id of another namespace matches nothing', { id: id(11) }, []],
    ['an id that is no uuid is no error and matches nothing', { id: 'hello' }, []],
    ['an id that is a number matches nothing', { id: 1 }, []],
    ['an id in $in that is no uuid matches nothing', { id: { $in: ['hello', id(1)] } }, [1]],
    ['what is no uuid is unequal to every id', { id: { $not: 'hello' } }, [1, 2, 3, 4, 5, 6]],
    ['an unknown attribute matches nothing', { nope: 1 }, []],
    ['an unknown attribute under $not matches nothing', { nope: { $not: 1 } }, []],
    ['an unknown attribute under $isNull matches nothing', { nope: { $isNull: true } }, []],
    [
      'an unknown attribute inside or matches nothing at all',
      { or: [{ nope: 1 }, { str: 'apple' }] },
      [],
    ],
    ['an unknown attribute beside others matches nothing', { str: 'apple', nope: 1 }, []],
    ['an unknown first label', { 'nope.name': 'x' }, []],
    ['an unknown attribute with $gt is no error', { nope: { $gt: 1 } }, []],
    ['an unknown attribute in $in with null is no error', { nope: { $in: [null] } }, []],
    ['serverCreatedAt is no attribute to compare', { serverCreatedAt: 1 }, []],
  ])('%s', async (_rule, where, found) => {
    expect(await rows('items', { where })).toEqual(found)
  })
})

describe('what a where matches over links', () => {
  test.each<[rule: string, where: object, found: number[]]>([
    ['some linked entity satisfies it', { 'shelves.name': 'Nonfiction' }, [11, 12]],
    ['through two links', { 'shelves.books.title': 'Sum' }, [11, 12]],
    ['through three links, the last has-one', { 'shelves.books.author.handle': 'alex' }, [11]],
    ['in reverse', { 'books.title': 'Sum' }, [13]],
    ['in reverse and on', { 'books.shelves.name': 'Fiction' }, [12]],
    ['over a cycle', { 'shelves.users.handle': 'stopa' }, [11]],
    ['over a cycle of six', { 'shelves.books.author.books.shelves.users.handle': 'stopa' }, [11]],
    ['a one-to-one link', { 'profile.bio': 'hi' }, [11]],
    ['a link label compares with ids', { shelves: id(21) }, [11]],
    ['.id of a link does too', { 'shelves.id': id(21) }, [11]],
    ['a reverse label compares with ids', { books: id(31) }, [13]],
    ['the last label may be a link after others', { 'shelves.books': id(32) }, [11]],
    ['a link label with $in', { shelves: { $in: [id(21), id(23)] } }, [11, 13]],
    ['a link label that is nobody', { shelves: nobody }, []],
    ['.id that is no uuid matches nothing', { 'shelves.id': 'hello' }, []],
    [
      'link: $not wants some other target, or none',
      { shelves: { $not: id(21) } },
      [11, 12, 13, 14],
    ],
    ['link: $not of the only target', { shelves: { $not: id(24) } }, [11, 13, 14]],
    ['reverse link: $not of the only target', { books: { $not: id(31) } }, [11, 12, 14]],
    ['link.id: $not of the only target', { 'shelves.id': { $not: id(24) } }, [11, 13, 14]],
    ['link: $isNull is that there is none', { shelves: { $isNull: true } }, [14]],
    ['link: $isNull: false is that there is one', { shelves: { $isNull: false } }, [11, 12, 13]],
    ['reverse link: $isNull', { books: { $isNull: true } }, [11, 14]],
    ['one-to-one link: $isNull', { profile: { $isNull: true } }, [13, 14]],
    ['link.id: $isNull', { 'shelves.id': { $isNull: true } }, [14]],
    [
      '$isNull after a link: nothing, or the chain breaks',
      { 'shelves.order': { $isNull: true } },
      [13, 14],
    ],
    ['$isNull after a link, unindexed', { 'shelves.desc': { $isNull: true } }, [11, 12, 13, 14]],
    ['$isNull: false after a link', { 'shelves.order': { $isNull: false } }, [11, 12]],
    ['$isNull: false after a link, unindexed', { 'shelves.desc': { $isNull: false } }, [11]],
    [
      '$isNull where the chain breaks in the middle',
      { 'shelves.books.title': { $isNull: true } },
      [13, 14],
    ],
    ['$isNull of a link at the end of a chain', { 'shelves.books': { $isNull: true } }, [13, 14]],
    [
      '$isNull of a has-one link at the end of a chain',
      { 'shelves.books.author': { $isNull: true } },
      [12, 13, 14],
    ],
    [
      '$isNull: false of a link at the end of a chain',
      { 'shelves.books.author': { $isNull: false } },
      [11],
    ],
    ['$not after a link is existential', { 'shelves.order': { $not: 0 } }, [11, 13, 14]],
    ['$not after a link of what nobody has', { 'shelves.name': { $not: 'x' } }, [11, 12, 13, 14]],
    ['$not after two links, with breaks', { 'shelves.books.title': { $not: 'Sum' } }, [11, 13, 14]],
    [
      '$not after three links, with breaks',
      { 'shelves.books.author.handle': { $not: 'alex' } },
      [11, 12, 13, 14],
    ],
    ['$not in reverse', { 'books.title': { $not: 'Sum' } }, [11, 12, 14]],
    ['$ne after a one-to-one link', { 'profile.bio': { $ne: 'hi' } }, [12, 13, 14]],
    ['a comparison after a link', { 'shelves.order': { $gt: 0 } }, [11]],
    ['a date after a link', { 'shelves.due': { $lt: '2025-03-02' } }, [11]],
    ['$in after a link', { 'shelves.order': { $in: [0, 1] } }, [11, 12]],
    ['null in $in after a link: no break counts', { 'shelves.order': { $in: [null] } }, [13]],
    ['$like after a link', { 'shelves.name': { $like: '%fiction' } }, [11, 12]],
    ['$ilike after a link', { 'shelves.name': { $ilike: 'FICTION' } }, [11]],
    [
      'plain conditions share the entity they pass',
      { 'shelves.name': 'Nonfiction', 'shelves.order': 0 },
      [12],
    ],
    ['and they may hold of one', { 'shelves.name': 'Nonfiction', 'shelves.order': 1 }, [11]],
    ['with comparisons too', { 'shelves.name': 'Nonfiction', 'shelves.order': { $lt: 1 } }, [12]],
    [
      'with $in and $like too',
      { 'shelves.name': { $like: 'Non%' }, 'shelves.order': { $in: [0] } },
      [12],
    ],
    ['along a common beginning', { 'shelves.order': 0, 'shelves.books.title': 'Sum' }, [12]],
    [
      'members of and are on their own',
      { and: [{ 'shelves.name': 'Nonfiction' }, { 'shelves.order': 0 }] },
      [11, 12],
    ],
    [
      'members of or are on their own',
      { or: [{ 'shelves.name': 'Empty' }, { 'shelves.order': 1 }] },
      [11, 13],
    ],
    [
      'or within and over links',
      { and: [{ or: [{ 'shelves.order': 1 }, { 'shelves.name': 'Empty' }] }, { handle: 'alex' }] },
      [13],
    ],
    [
      'a single member is inlined and shares (quirk)',
      { 'shelves.name': 'Nonfiction', or: [{ 'shelves.order': 0 }] },
      [12],
    ],
    [
      '$not is on its own',
      { 'shelves.name': 'Nonfiction', 'shelves.order': { $not: 1 } },
      [11, 12],
    ],
    [
      '$isNull: true is on its own',
      { 'shelves.name': 'Nonfiction', 'shelves.desc': { $isNull: true } },
      [11, 12],
    ],
    ['an unknown last label', { 'shelves.nope': 1 }, []],
    ['an unknown middle label', { 'shelves.nope.title': 1 }, []],
    ['an unknown first label', { 'nope.title': 1 }, []],
    ['an unknown last label under $not', { 'shelves.nope': { $not: 1 } }, []],
    ['an unknown last label under $isNull', { 'shelves.nope': { $isNull: true } }, []],
    ['an unknown path inside or', { or: [{ handle: 'joe' }, { 'shelves.nope': 1 }] }, []],
  ])('%s', async (_rule, where, found) => {
    expect(await rows('users', { where })).toEqual(found)
  })

  test.each<[rule: string, where: object, found: number[]]>([
    [
      'two links to one namespace at one depth are one entity (quirk)',
      { 'author.handle': 'alex', 'editor.handle': 'alex' },
      [31],
    ],
    ['so two people do not do (quirk)', { 'author.handle': 'joe', 'editor.handle': 'stopa' }, []],
    [
      'but do in a list of and',
      { and: [{ 'author.handle': 'joe' }, { 'editor.handle': 'stopa' }] },
      [32],
    ],
    ['a has-one label compares with ids', { author: id(13) }, [31]],
    ['a has-one label with $not', { author: { $not: id(13) } }, [32, 33]],
    ['a has-one label with $isNull', { author: { $isNull: true } }, [33]],
    ['a link to the own namespace, forward', { 'sequel.title': 'Dune' }, [31]],
    ['a link to the own namespace, reverse', { 'prequel.title': 'Sum' }, [32]],
    ['a link to the own namespace, both', { 'sequel.prequel.title': 'Sum' }, [31]],
    ['reverse of a one-to-one link is null', { prequel: { $isNull: true } }, [31, 33]],
  ])('%s', async (_rule, where, found) => {
    expect(await rows('books', { where })).toEqual(found)
  })

  test('an entity reached by several chains counts once', async () => {
    expect(
      await rows('users', { where: { 'shelves.books.title': { $like: '%' } }, limit: 5 }),
    ).toEqual([11, 12])
  })
})

describe('order and pages', () => {
  test.each<[rule: string, namespace: string, options: object, found: number[]]>([
    ['by creation without options', 'users', {}, [11, 12, 13, 14]],
    ['by creation, descending', 'users', { order: { serverCreatedAt: 'desc' } }, [14, 13, 12, 11]],
    [
      'ties of creation go by id',
      'items',
      { order: { serverCreatedAt: 'asc' } },
      [1, 2, 3, 4, 5, 6],
    ],
    [
      'ties of creation go by id, reversed too',
      'items',
      { order: { serverCreatedAt: 'desc' } },
      [6, 5, 4, 3, 2, 1],
    ],
    ['by string', 'users', { order: { handle: 'asc' } }, [13, 12, 14, 11]],
    [
      'nothing comes first, capitals before small letters',
      'items',
      { order: { str: 'asc' } },
      [4, 5, 3, 2, 1, 6],
    ],
    [
      'nothing comes last in desc, ids reversed',
      'items',
      { order: { str: 'desc' } },
      [6, 1, 2, 3, 5, 4],
    ],
    ['by number', 'items', { order: { num: 'asc' } }, [4, 5, 3, 1, 2, 6]],
    ['by number, descending', 'items', { order: { num: 'desc' } }, [6, 2, 1, 3, 5, 4]],
    ['false before true', 'items', { order: { bool: 'asc' } }, [4, 5, 6, 2, 3, 1]],
    [
      'dates by instant, microseconds kept',
      'items',
      { order: { date: 'asc' } },
      [4, 5, 1, 6, 3, 2],
    ],
    ['dates by instant, descending', 'items', { order: { date: 'desc' } }, [2, 3, 6, 1, 5, 4]],
    ['limit', 'users', { limit: 2 }, [11, 12]],
    ['first is limit', 'users', { first: 2 }, [11, 12]],
    ['last keeps the requested order', 'users', { last: 2 }, [13, 14]],
    ['last with desc', 'users', { last: 2, order: { serverCreatedAt: 'desc' } }, [12, 11]],
    ['last by an attribute', 'items', { last: 2, order: { num: 'asc' } }, [2, 6]],
    ['offset skips', 'users', { offset: 1 }, [12, 13, 14]],
    ['offset 0', 'users', { offset: 0 }, [11, 12, 13, 14]],
    ['offset, then limit', 'users', { offset: 1, limit: 2 }, [12, 13]],
    ['offset beyond the end', 'users', { offset: 99, limit: 1 }, []],
    ['a limit beyond all that can be counted', 'users', { limit: 1e300 }, [11, 12, 13, 14]],
    ['last beyond all that can be counted', 'users', { last: 2 ** 53 }, [11, 12, 13, 14]],
    ['an offset beyond all that can be counted', 'users', { offset: 1e300 }, []],
    ['a limit beyond the end', 'users', { limit: 99 }, [11, 12, 13, 14]],
    ['limit with order', 'items', { order: { num: 'desc' }, limit: 2 }, [6, 2]],
    ['limit with where', 'items', { where: { bool: false }, order: { num: 'asc' }, limit: 1 }, [3]],
    [
      'null options are absent',
      'users',
      {
        where: null,
        order: null,
        limit: null,
        first: null,
        last: null,
        offset: null,
        after: null,
        before: null,
        aggregate: null,
      },
      [11, 12, 13, 14],
    ],
  ])('%s', async (_rule, namespace, options, found) => {
    expect(await rows(namespace, options)).toEqual(found)
  })

  test.each<[rule: string, shelf: object, found: Record<number, number[]>]>([
    ['nested limit is accepted and ignored', { limit: 1 }, { 11: [21, 22], 12: [24] }],
    ['nested first and last too', { first: 1 }, { 11: [21, 22] }],
    ['nested last too', { last: 1 }, { 11: [21, 22] }],
    ['nested order applies to each list', { order: { order: 'asc' } }, { 11: [22, 21] }],
    ['nested order, descending', { order: { name: 'asc' } }, { 11: [22, 21] }],
    ['nested order is not validated', { order: { desc: 'desc' } }, { 11: [21, 22] }],
    ['nested order by creation', { order: { serverCreatedAt: 'desc' } }, { 11: [22, 21] }],
    ['nested order by what is not there', { order: { nope: 'asc' } }, { 11: [21, 22] }],
    ['nested where', { where: { order: 0 } }, { 11: [22], 12: [24], 13: [] }],
    ['nested where over links', { where: { 'books.title': 'Dune' } }, { 11: [22], 12: [] }],
    ['nested where of what is not there', { where: { nope: 1 } }, { 11: [], 12: [] }],
  ])('%s', async (_rule, shelf, found) => {
    const { body } = await app.query({ users: { shelves: { $: shelf } } })
    for (const [user, shelves] of Object.entries(found)) {
      const row = body.users.find(({ id }: { id: string }) => short(id) === Number(user))
      expect(row.shelves.map(({ id }: { id: string }) => short(id))).toEqual(shelves)
    }
  })

  test.each<[rule: string, options: object, rows: number[], next: boolean, previous: boolean]>([
    ['order alone', { order: { serverCreatedAt: 'asc' } }, [11, 12, 13, 14], false, false],
    ['a limit', { limit: 2 }, [11, 12], true, false],
    ['a limit of all', { limit: 4 }, [11, 12, 13, 14], false, false],
    ['limit and offset', { limit: 2, offset: 1 }, [12, 13], true, true],
    ['offset 0', { limit: 2, offset: 0 }, [11, 12], true, false],
    ['beyond the end', { limit: 1, offset: 999 }, [], false, true],
    ['offset without a limit', { offset: 1 }, [12, 13, 14], false, true],
    ['last 1 before alex', { last: 1, before: 13 }, [12], true, true],
    ['last 2 before alex', { last: 2, before: 13 }, [11, 12], true, false],
    ['last alone', { last: 2 }, [13, 14], false, true],
    ['last of all', { last: 4 }, [11, 12, 13, 14], false, false],
    ['first 1 after alex', { first: 1, after: 13 }, [14], false, true],
    ['first 1 after nicolegf', { first: 1, after: 14 }, [], false, true],
    [
      'first 1 after alex, descending',
      { first: 1, after: 13, order: { serverCreatedAt: 'desc' } },
      [12],
      true,
      true,
    ],
    ['before without a limit', { before: 13 }, [11, 12], true, false],
    ['after without a limit', { after: 11 }, [12, 13, 14], false, true],
    ['both', { after: 11, before: 14 }, [12, 13], true, true],
    ['afterInclusive', { first: 1, after: 13, afterInclusive: true }, [13], true, true],
    ['beforeInclusive', { last: 1, before: 13, beforeInclusive: true }, [13], true, true],
    [
      'both inclusive',
      { after: 12, before: 13, afterInclusive: true, beforeInclusive: true },
      [12, 13],
      true,
      true,
    ],
    ['afterInclusive: false', { first: 1, after: 13, afterInclusive: false }, [14], false, true],
  ])('page info of %s', async (_rule, options, found, next, previous) => {
    const cursors = await usersCursors()
    const at = (place: unknown) => (typeof place === 'number' ? cursors.get(place) : undefined)
    const { after, before, ...rest } = options as { after?: number; before?: number }
    const page = await subscribe({
      users: {
        $: { ...rest, ...(after && { after: at(after) }), ...(before && { before: at(before) }) },
      },
    })

    expect(page.data.users.map(({ id }) => short(id))).toEqual(found)
    expect(page.pageInfo.users).toEqual({
      startCursor: found[0] === undefined ? null : cursors.get(found[0]),
      endCursor: found.length === 0 ? null : cursors.get(found[found.length - 1] ?? 0),
      hasNextPage: next,
      hasPreviousPage: previous,
    })
  })

  test.each<[order: Record<string, string>]>([
    [{ str: 'asc' }],
    [{ str: 'desc' }],
    [{ num: 'asc' }],
    [{ num: 'desc' }],
    [{ bool: 'asc' }],
    [{ bool: 'desc' }],
    [{ date: 'asc' }],
    [{ date: 'desc' }],
    [{ serverCreatedAt: 'desc' }],
  ])('pages by %j follow one another, ties and nothing included', async (order) => {
    const all = await rows('items', { order })
    const seen: number[] = []
    let after: unknown
    for (;;) {
      const { data, pageInfo } = await subscribe({
        items: { $: { order, first: 1, ...(after ? { after } : {}) } },
      })
      seen.push(...data.items.map(({ id }) => short(id)))
      after = pageInfo.items?.endCursor
      if (!pageInfo.items?.hasNextPage) break
    }
    expect(seen).toEqual(all)
  })

  test('a cursor has the entity, the attribute of the order, the value and the time of creation', async () => {
    const { pageInfo } = await subscribe({
      items: { $: { order: { num: 'desc' }, first: 1 } },
      users: { $: { first: 1 } },
    })

    expect(pageInfo.items?.startCursor).toEqual([
      id(6),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      1000,
      expect.any(Number),
    ])
    expect(pageInfo.users?.startCursor).toEqual([
      id(11),
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      id(11),
      expect.any(Number),
    ])
  })

  test('page info is there for namespaces with options alone, and never in a query', async () => {
    const { pageInfo } = await subscribe({
      users: {},
      items: { $: { where: { num: 1 } } },
      books: { $: { limit: 1 } },
    })

    expect(Object.keys(pageInfo)).toEqual(['books'])
    expect((await app.query({ books: { $: { limit: 1 } } })).body).toEqual({
      books: [expect.anything()],
    })
  })

  test('an attribute called serverCreatedAt is not what orders by creation', async () => {
    const own = await makeContractApp(backend.apiURI, {
      namespaces: { users: { serverCreatedAt: 'number indexed', n: 'any' } },
    })
    await write(own, [['create', 'users', id(1), { serverCreatedAt: 2 }]])
    await write(own, [['create', 'users', id(2), { serverCreatedAt: 1 }]])

    expect(await rows('users', {}, own)).toEqual([1, 2])
    expect(await rows('users', { order: { serverCreatedAt: 'desc' } }, own)).toEqual([2, 1])
    await write(own, [['create', 'plain', id(3), { serverCreatedAt: 'x' }]])
    expect(await rows('plain', {}, own)).toEqual([3])
  })

  test('a cursor stays usable after its row is gone', async () => {
    const own = await makeContractApp(backend.apiURI, {
      namespaces: { users: { n: 'number indexed' } },
    })
    await write(
      own,
      [1, 2, 3].map((n) => ['create', 'users', id(n), { n }]),
    )
    const { pageInfo } = await subscribe({ users: { $: { order: { n: 'asc' }, first: 2 } } }, own)
    await write(own, [['delete', 'users', id(2)]])

    const after = pageInfo.users?.endCursor
    expect(await rows('users', { order: { n: 'asc' }, after }, own)).toEqual([3])
    expect(await rows('users', { order: { n: 'asc' }, before: after }, own)).toEqual([1])
  })
})

describe('what is refused', () => {
  const supported =
    'We only support `where`, `order`, `limit`, `offset`, `before`, and `after` clauses.'
  const topOnly =
    'We currently only support `offset`, `before`, and `after` clauses on the top-level field. Limit fields will be ignored'
  const cursor = [id(1), id(2), 1, 2]
  const positive = (name: string, got: string) =>
    `The ${name} field must be a positive integer. Got ${got}.`
  const ofType = (attr: string, type: string, value: string, given: string) =>
    `The data type of \`items.${attr}\` is \`${type}\`, but the query got the value \`${value}\` of type \`${given}\`.`
  const notADate = (attr: string, value: string, given: string) =>
    `The data type of \`items.${attr}\` is \`date\`, but the query got value \`${value}\` of type \`${given}\`.`
  const $ = (options: object) => ({ items: { $: options } })
  const where = (condition: object) => $({ where: condition })
  const at = (...path: unknown[]) => ['items', '$', ...path]

  test.each<[rule: string, query: object, issue: object]>([
    ['a node is an object', { items: [] }, { expected: 'map?', in: ['items'] }],
    ['a node is no number', { items: 2 }, { expected: 'map?', in: ['items'] }],
    ['a node is no string', { items: 'x' }, { expected: 'map?', in: ['items'] }],
    [
      'a nested node is an object',
      { users: { shelves: [] } },
      { expected: 'map?', in: ['users', 'shelves'] },
    ],
    [
      'a nested node is no boolean',
      { users: { shelves: true } },
      { expected: 'map?', in: ['users', 'shelves'] },
    ],
    [
      'a nested node of an unknown link',
      { users: { nope: 1 } },
      { expected: 'map?', in: ['users', 'nope'] },
    ],
    ['where is an object', $({ where: [] }), { expected: 'map?', in: at('where') }],
    ['where is no text', $({ where: 'x' }), { expected: 'map?', in: at('where') }],
    [
      'a nested where is an object',
      { users: { shelves: { $: { where: 1 } } } },
      { expected: 'map?', in: ['users', 'shelves', '$', 'where'] },
    ],
    ['order is an object', $({ order: 'asc' }), { expected: 'map?', in: at('order') }],
    [
      'an option must be known',
      $({ wher: {} }),
      { expected: 'supported-options?', in: at(), message: supported },
    ],
    [
      'a nested option must be known',
      { users: { shelves: { $: { x: 1 } } } },
      { expected: 'supported-options?', in: ['users', 'shelves', '$'], message: supported },
    ],
    [
      'or may not be empty',
      where({ or: [] }),
      {
        expected: 'non-empty-list?',
        in: at('or'),
        message: "The list of `or` conditions can't be empty.",
      },
    ],
    [
      'and may not be empty',
      where({ and: [] }),
      {
        expected: 'non-empty-list?',
        in: at('and'),
        message: "The list of `and` conditions can't be empty.",
      },
    ],
    [
      'order has one key',
      $({ order: { str: 'asc', num: 'desc' } }),
      {
        expected: 'single-key?',
        in: at('order'),
        message: 'We only support a single key in the `order` clause. Got str,num.',
      },
    ],
    [
      'a direction is in small letters',
      $({ order: { str: 'DESC' } }),
      {
        expected: 'valid-direction?',
        in: at('order', 'str'),
        message: 'We only support "asc" or "desc" in the `order` clause. Got "DESC".',
      },
    ],
    [
      'a direction is a text',
      $({ order: { str: 1 } }),
      {
        expected: 'valid-direction?',
        in: at('order', 'str'),
        message: 'We only support "asc" or "desc" in the `order` clause. Got 1.',
      },
    ],
    [
      'a limit is positive',
      $({ limit: -1 }),
      { expected: 'supported-options?', in: at('limit'), message: positive('limit', '-1') },
    ],
    [
      'a limit is not 0',
      $({ limit: 0 }),
      { expected: 'supported-options?', in: at('limit'), message: positive('limit', '0') },
    ],
    [
      'a limit is an integer',
      $({ limit: 1.5 }),
      { expected: 'supported-options?', in: at('limit'), message: positive('limit', '1.5') },
    ],
    [
      'a limit is a number',
      $({ limit: '1' }),
      { expected: 'supported-options?', in: at('limit'), message: positive('limit', '"1"') },
    ],
    [
      'first is positive',
      $({ first: 0 }),
      { expected: 'supported-options?', in: at('first'), message: positive('first', '0') },
    ],
    [
      'last is positive',
      $({ last: -2 }),
      { expected: 'supported-options?', in: at('last'), message: positive('last', '-2') },
    ],
    [
      'a nested limit is checked',
      { users: { shelves: { $: { limit: 0 } } } },
      {
        expected: 'supported-options?',
        in: ['users', 'shelves', '$', 'limit'],
        message: positive('limit', '0'),
      },
    ],
    [
      'an offset is not negative',
      $({ offset: -1 }),
      {
        expected: 'supported-options?',
        in: at('offset'),
        message: 'The offset field must be a non-negative integer. Got -1.',
      },
    ],
    [
      'an offset is an integer',
      $({ offset: 'x' }),
      {
        expected: 'supported-options?',
        in: at('offset'),
        message: 'The offset field must be a non-negative integer. Got "x".',
      },
    ],
    [
      'limit or first',
      $({ limit: 1, first: 1 }),
      {
        expected: 'supported-options?',
        in: at(),
        message: 'Only provide one of `limit` or `first`.',
      },
    ],
    [
      'limit or last',
      $({ last: 1, limit: 1 }),
      {
        expected: 'supported-options?',
        in: at(),
        message: 'Only provide one of `limit` or `last`.',
      },
    ],
    [
      'first or last',
      $({ last: 1, first: 1 }),
      {
        expected: 'supported-options?',
        in: at(),
        message: 'Only provide one of `first` or `last`.',
      },
    ],
    [
      'all three',
      $({ last: 1, first: 1, limit: 1 }),
      {
        expected: 'supported-options?',
        in: at(),
        message: 'Only provide one of `limit` or `first` or `last`.',
      },
    ],
    [
      'a cursor is a list',
      $({ after: 10 }),
      {
        expected: 'join-row?',
        in: at('after'),
        message: 'Expected a join row for the cursor, got 10.',
      },
    ],
    [
      'a cursor is no text',
      $({ before: 'x' }),
      {
        expected: 'join-row?',
        in: at('before'),
        message: 'Expected a join row for the cursor, got "x".',
      },
    ],
    [
      'a cursor has four parts',
      $({ after: [1, 2] }),
      {
        expected: 'join-row?',
        in: at('after'),
        message: 'Expected a join row with 4 items for the cursor, got [1,2].',
      },
    ],
    [
      'the second part of a cursor is a uuid',
      $({ after: [id(1), 'x', 1, 2] }),
      {
        expected: 'join-row?',
        in: at('after'),
        message: 'Expected a join row with a uuid attribute id in the second position, got "x".',
      },
    ],
    [
      'the last part of a cursor is an integer',
      $({ after: [id(1), id(2), 1, 'x'] }),
      {
        expected: 'join-row?',
        in: at('after'),
        message: 'Expected a join row with an integer created_at in the last position, got "x".',
      },
    ],
    [
      'the last part of a cursor is an integer that can be counted to',
      $({ after: [id(1), id(2), 1, 1e300] }),
      {
        expected: 'join-row?',
        in: at('after'),
        message: 'Expected a join row with an integer created_at in the last position, got 1e+300.',
      },
    ],
    [
      'afterInclusive is a boolean',
      $({ afterInclusive: 1 }),
      { expected: 'boolean?', in: at('afterInclusive') },
    ],
    [
      'beforeInclusive is a boolean',
      $({ beforeInclusive: 'x' }),
      { expected: 'boolean?', in: at('beforeInclusive') },
    ],
    [
      'a nested offset is refused',
      { users: { shelves: { $: { offset: 1 } } } },
      { expected: 'supported-options?', in: ['users', 'shelves', '$'], message: topOnly },
    ],
    [
      'a nested after is refused',
      { users: { shelves: { $: { after: cursor } } } },
      { expected: 'supported-options?', in: ['users', 'shelves', '$'], message: topOnly },
    ],
    [
      'a nested before is refused',
      { users: { shelves: { $: { before: cursor } } } },
      { expected: 'supported-options?', in: ['users', 'shelves', '$'], message: topOnly },
    ],
    [
      'the aggregate is count',
      $({ aggregate: 'sum' }),
      {
        expected: 'supported-options?',
        in: at('aggregate'),
        message: 'The aggregate field only accepts "count", got "sum".',
      },
    ],
    [
      'an aggregate has no children',
      { users: { $: { aggregate: 'count' }, shelves: {} } },
      {
        expected: 'valid-query?',
        in: ['users', '$', 'aggregate'],
        message: 'You can not combine aggregates with child queries at this time.',
      },
    ],
    [
      'fields is a list',
      $({ fields: 'str' }),
      {
        expected: 'array?',
        in: at('fields'),
        message: 'The `fields` property should be an array of field names.',
      },
    ],
    [
      'fields is no object',
      $({ fields: {} }),
      {
        expected: 'array?',
        in: at('fields'),
        message: 'The `fields` property should be an array of field names.',
      },
    ],
    [
      'a link compares with a uuid',
      { users: { $: { where: { shelves: 'hello' } } } },
      {
        expected: 'uuid?',
        in: ['users', '$', 'where', 'shelves'],
        message: 'Expected shelves to be a uuid, got "hello"',
      },
    ],
    [
      'a link compares with no number',
      { users: { $: { where: { shelves: 1 } } } },
      {
        expected: 'uuid?',
        in: ['users', '$', 'where', 'shelves'],
        message: 'Expected shelves to be a uuid, got 1',
      },
    ],
    [
      'a link at the end of a path compares with a uuid',
      { users: { $: { where: { 'shelves.books': 'x' } } } },
      {
        expected: 'uuid?',
        in: ['users', '$', 'where', 'books'],
        message: 'Expected books to be a uuid, got "x"',
      },
    ],
    [
      'a link in $in compares with uuids',
      { users: { $: { where: { shelves: { $in: ['hello'] } } } } },
      {
        expected: 'uuid?',
        in: ['users', '$', 'where', 'shelves'],
        message: 'Expected shelves to match on a uuid, found "hello" in ["hello"]',
      },
    ],
    [
      'ordering needs an attribute',
      $({ order: { nope: 'asc' } }),
      {
        expected: 'supported-order?',
        in: at('order'),
        message: 'There is no `nope` attribute for items.',
      },
    ],
    [
      'ordering needs an index',
      $({ order: { unum: 'asc' } }),
      {
        expected: 'supported-order?',
        in: at('order'),
        message:
          'The `items.unum` attribute is not indexed. Only indexed and typed attributes can be used to order by.',
      },
    ],
    [
      'ordering needs a type',
      $({ order: { any: 'asc' } }),
      {
        expected: 'supported-order?',
        in: at('order'),
        message:
          'The `items.any` attribute is not typed. Only typed and indexed attributes can be used to order by.',
      },
    ],
    [
      'a comparison needs an index',
      where({ unum: { $gt: 1 } }),
      {
        'expected?': 'indexed?',
        in: at('where', 'unum', '$gt'),
        message: 'The `items.unum` attribute must be indexed to use comparison operators.',
      },
    ],
    [
      '$like needs an index',
      where({ ustr: { $like: 'x' } }),
      {
        'expected?': 'indexed?',
        in: at('where', 'ustr', '$like'),
        message: 'The `items.ustr` attribute must be indexed to use comparison operators.',
      },
    ],
    [
      'a unique attribute is not thereby indexed',
      where({ tag: { $ilike: 'x' } }),
      {
        'expected?': 'indexed?',
        in: at('where', 'tag', '$ilike'),
        message: 'The `items.tag` attribute must be indexed to use comparison operators.',
      },
    ],
    [
      'a comparison needs a type',
      where({ any: { $gte: 1 } }),
      {
        'expected?': 'checked-data-type?',
        in: at('where', 'any', '$gte'),
        message:
          'The `items.any` attribute must have an enforced type to use comparison operators.',
      },
    ],
    [
      'a comparison of id needs an index',
      where({ id: { $gt: id(1) } }),
      {
        'expected?': 'indexed?',
        in: at('where', 'id', '$gt'),
        message: 'The `items.id` attribute must be indexed to use comparison operators.',
      },
    ],
    [
      'a string attribute wants a string',
      where({ str: 1 }),
      {
        'expected?': 'string?',
        in: at('where', 'str'),
        message: ofType('str', 'string', '1', 'number'),
      },
    ],
    [
      'a string attribute wants a string, unindexed',
      where({ ustr: true }),
      {
        'expected?': 'string?',
        in: at('where', 'ustr'),
        message: ofType('ustr', 'string', 'true', 'boolean'),
      },
    ],
    [
      'a number attribute wants a number',
      where({ num: 'x' }),
      {
        'expected?': 'number?',
        in: at('where', 'num'),
        message: ofType('num', 'number', '"x"', 'string'),
      },
    ],
    [
      'a number attribute wants a number, unindexed',
      where({ unum: 'x' }),
      {
        'expected?': 'number?',
        in: at('where', 'unum'),
        message: ofType('unum', 'number', '"x"', 'string'),
      },
    ],
    [
      'a boolean attribute wants a boolean',
      where({ bool: 'true' }),
      {
        'expected?': 'boolean?',
        in: at('where', 'bool'),
        message: ofType('bool', 'boolean', '"true"', 'string'),
      },
    ],
    [
      'members of $in are of the type',
      where({ num: { $in: [1, 'x'] } }),
      {
        'expected?': 'number?',
        in: at('where', 'num', '$in'),
        message: ofType('num', 'number', '"x"', 'string'),
      },
    ],
    [
      '$not is of the type',
      where({ num: { $not: 'x' } }),
      {
        'expected?': 'number?',
        in: at('where', 'num', '$not'),
        message: ofType('num', 'number', '"x"', 'string'),
      },
    ],
    [
      'a comparison is of the type',
      where({ num: { $lt: 'x' } }),
      {
        'expected?': 'number?',
        in: at('where', 'num', '$lt'),
        message: ofType('num', 'number', '"x"', 'string'),
      },
    ],
    [
      'a comparison of strings is of the type',
      where({ str: { $lte: 5 } }),
      {
        'expected?': 'string?',
        in: at('where', 'str', '$lte'),
        message: ofType('str', 'string', '5', 'number'),
      },
    ],
    [
      'a date can be read',
      where({ date: 'tomorrow' }),
      {
        'expected?': 'date-string?',
        in: at('where', 'date'),
        message: notADate('date', '"tomorrow"', 'string'),
      },
    ],
    [
      'now is refused',
      where({ date: { $lt: 'now' } }),
      {
        'expected?': 'date-string?',
        in: at('where', 'date', '$lt'),
        message: notADate('date', '"now"', 'string'),
      },
    ],
    [
      'today is refused',
      where({ date: { $gt: 'today' } }),
      {
        'expected?': 'date-string?',
        in: at('where', 'date', '$gt'),
        message: notADate('date', '"today"', 'string'),
      },
    ],
    [
      'yesterday is refused',
      where({ date: { $in: ['yesterday'] } }),
      {
        'expected?': 'date-string?',
        in: at('where', 'date', '$in'),
        message: notADate('date', '"yesterday"', 'string'),
      },
    ],
    [
      'a date is no nonsense',
      where({ date: { $gte: 'foo' } }),
      {
        'expected?': 'date-string?',
        in: at('where', 'date', '$gte'),
        message: notADate('date', '"foo"', 'string'),
      },
    ],
    [
      'a date is not empty',
      where({ date: '' }),
      {
        'expected?': 'date-string?',
        in: at('where', 'date'),
        message: notADate('date', '""', 'string'),
      },
    ],
    [
      'a date is no boolean',
      where({ date: true }),
      {
        'expected?': 'timestamp?',
        in: at('where', 'date'),
        message: notADate('date', 'true', 'boolean'),
      },
    ],
    [
      'an unindexed date can be read',
      where({ udate: 'foo' }),
      {
        'expected?': 'date-string?',
        in: at('where', 'udate'),
        message: notADate('udate', '"foo"', 'string'),
      },
    ],
    [
      '$like wants a string',
      where({ str: { $like: 10 } }),
      {
        'expected?': 'string?',
        in: at('where', 'str', '$like'),
        message:
          'The $like value for `items.str` must be a string, but the query got the value `10` of type `number`.',
      },
    ],
    [
      '$ilike wants a string, and says $like',
      where({ str: { $ilike: 10 } }),
      {
        'expected?': 'string?',
        in: at('where', 'str', '$ilike'),
        message:
          'The $like value for `items.str` must be a string, but the query got the value `10` of type `number`.',
      },
    ],
    [
      'null in $in needs an index',
      where({ ustr: { $in: ['x', null] } }),
      {
        in: at('where', '$in', ['x', null]),
        message: 'Only indexed attrs can check for `nil` in `$in`. items.ustr is not indexed.',
      },
    ],
    [
      'a condition inside or is checked',
      where({ or: [{ num: 1 }, { num: 'x' }] }),
      {
        'expected?': 'number?',
        in: at('where', 'num'),
        message: ofType('num', 'number', '"x"', 'string'),
      },
    ],
    [
      'a condition over a link is checked',
      { users: { $: { where: { 'shelves.order': 'x' } } } },
      {
        'expected?': 'number?',
        in: ['users', '$', 'where', 'order'],
        message:
          'The data type of `shelves.order` is `number`, but the query got the value `"x"` of type `string`.',
      },
    ],
    [
      'a nested condition is checked',
      { users: { shelves: { $: { where: { order: 'x' } } } } },
      {
        'expected?': 'number?',
        in: ['users', 'shelves', '$', 'where', 'order'],
        message:
          'The data type of `shelves.order` is `number`, but the query got the value `"x"` of type `string`.',
      },
    ],
  ])('%s', async (_rule, query, issue) => {
    const message = (issue as { message?: string }).message
    const { status, body } = await app.query(query)

    expect(status).toBe(400)
    expect(body).toEqual({
      type: 'validation-failed',
      message: `Validation failed for query${message ? `: ${message}` : ''}`,
      hint: { 'data-type': 'query', input: query, errors: [issue] },
    })
  })

  test.each<[rule: string, order: string, messages: string[]]>([
    [
      'an untyped attribute without an index',
      'uany',
      [
        'The `items.uany` attribute is not indexed. Only indexed and typed attributes can be used to order by.',
        'The `items.uany` attribute is not typed. Only typed and indexed attributes can be used to order by.',
      ],
    ],
    [
      'id',
      'id',
      [
        'The `items.id` attribute is not indexed. Only indexed and typed attributes can be used to order by.',
        'The `items.id` attribute is not typed. Only typed and indexed attributes can be used to order by.',
      ],
    ],
  ])('everything that speaks against ordering by %s is told', async (_rule, label, messages) => {
    const { body } = await app.query($({ order: { [label]: 'asc' } }))

    expect(body.message).toBe(`Validation failed for query: ${messages.join(', ')}`)
    expect(body.hint.errors).toEqual(
      messages.map((message) => ({ expected: 'supported-order?', in: at('order'), message })),
    )
  })

  test('a link with many targets is no order, three times over', async () => {
    const { body } = await app.query({ users: { $: { order: { shelves: 'asc' } } } })

    expect(body.message).toBe(
      'Validation failed for query: The `users.shelves` attribute is not indexed. Only indexed and typed attributes can be used to order by., The `users.shelves` attribute is not typed. Only typed and indexed attributes can be used to order by., The `users.shelves` attribute has cardinality `many`. Only attributes with cardinality `one` can be used to order by.',
    )
  })

  test.each<[rule: string, name: 'after' | 'before', from: string, to: string, said: string]>([
    [
      'an attribute',
      'after',
      'num',
      'str',
      'The query orders by `str`, but the query that returned the cursor orders by `num`.',
    ],
    [
      'before',
      'before',
      'num',
      'str',
      'The query orders by `str`, but the query that returned the cursor orders by `num`.',
    ],
    [
      'creation',
      'after',
      'serverCreatedAt',
      'str',
      'The query orders by `str`, but the query that returned the cursor orders by `serverCreatedAt`.',
    ],
    [
      'another than creation',
      'after',
      'num',
      'serverCreatedAt',
      'The query orders by `serverCreatedAt`, but the query that returned the cursor orders by `num`.',
    ],
  ])('a cursor of another order is refused: %s', async (_rule, name, from, to, said) => {
    const { pageInfo } = await subscribe($({ order: { [from]: 'asc' }, first: 1 }))
    const { body } = await app.query(
      $({ order: { [to]: 'asc' }, [name]: pageInfo.items?.endCursor }),
    )

    expect(body).toMatchObject({
      type: 'validation-failed',
      message: `Validation failed for query: Invalid ${name} cursor. ${said}`,
      hint: { errors: [{ expected: 'valid-cursor?', in: at(name) }] },
    })
  })

  test('a cursor of an attribute that is not there is refused', async () => {
    const { body } = await app.query($({ order: { str: 'asc' }, after: [id(1), id(98), 'x', 1] }))

    expect(body.message).toBe(
      'Validation failed for query: Invalid after cursor. The query orders by `str`, but the query that returned the cursor orders by a missing attribute.',
    )
  })

  test.each<[rule: string, condition: object, expected: string]>([
    ['null is no condition', { str: null }, 'instant.db.instaql/where-value-valid-keys?'],
    ['a list is no condition', { str: ['x'] }, 'instant.db.instaql/where-value-valid-keys?'],
    ['an empty list is no condition', { str: [] }, 'instant.db.instaql/where-value-valid-keys?'],
    [
      'an object without an operator is no condition',
      { uany: { a: 1 } },
      'instant.db.instaql/where-value-valid-keys?',
    ],
    ['an empty object is no condition', { str: {} }, 'instant.db.instaql/where-value-valid-keys?'],
    [
      'an operator must be known',
      { str: { $nope: 1 } },
      'instant.db.instaql/where-value-valid-keys?',
    ],
    ['$in wants a list', { str: { $in: 'x' } }, 'vector?'],
    ['in wants a list', { str: { in: 1 } }, 'vector?'],
    ['$isNull wants a boolean', { str: { $isNull: 'x' } }, 'boolean?'],
    ['$isNull wants no null', { str: { $isNull: null } }, 'boolean?'],
  ])('%s', async (_rule, condition, expected) => {
    const { status, body } = await app.query(where(condition))

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message: 'Validation failed for coerced-query',
      hint: { 'data-type': 'coerced-query', errors: [{ expected }] },
    })
  })

  test.each<[rule: string, condition: object]>([
    ['$in with an object', { str: { $in: [{}] } }],
    ['$in with a list', { str: { in: [[1]] } }],
    ['$not null', { str: { $not: null } }],
    ['$not of a list', { str: { $not: ['x'] } }],
    ['$ne of an object', { str: { $ne: {} } }],
    ['$gt null', { num: { $gt: null } }],
    ['$lte of a list', { num: { $lte: [1] } }],
    ['$like of an object', { str: { $like: {} } }],
    ['null over a link', { 'nope.nope': null }],
    ['null in a list of or', { or: [{ str: null }] }],
    ['an operator that is known beside one that is not', { num: { $gt: 1, $nope: 2 } }],
    ['a second operator without an operand', { num: { $gt: 1, $lt: null } }],
    ['a name that every object has is no operator', { str: { constructor: 1 } }],
    ['null of an unknown attribute', { nope: null }],
  ])('%s fails the structural check', async (_rule, condition) => {
    const { status, body } = await app.query(where(condition))

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message: 'Validation failed for coerced-query',
      hint: { 'data-type': 'coerced-query' },
    })
  })

  test('the structural check comes after every other check of the grammar', async () => {
    const { body } = await app.query({
      items: { $: { where: { str: null }, limit: 0 } },
      users: { shelves: [] },
    })

    expect(body.message).toBe(`Validation failed for query: ${positive('limit', '0')}`)
    expect(
      (await app.query({ items: { $: { where: { str: null } } }, users: 1 })).body,
    ).toMatchObject({
      message: 'Validation failed for query',
      hint: { errors: [{ expected: 'map?', in: ['users'] }] },
    })
  })

  test.each<[rule: string, query: object]>([
    ['in a value', where({ str: 'a\0' })],
    ['in a pattern', where({ str: { $like: '\0%' } })],
    ['in a list', where({ any: { $in: ['\0'] } })],
    ['in a cursor', $({ order: { str: 'asc' }, after: [id(1), id(2), '\0', 1] })],
    ['in a parameter of rules', { $$ruleParams: { key: '\0' }, items: {} }],
    ['in the name of a parameter', { $$ruleParams: { '\0': 1 }, items: {} }],
  ])('NUL %s is refused, since no value has it', async (_rule, query) => {
    const { status, body } = await app.query(query)

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message:
        'Validation failed for query: A value in the query contains null bytes, which no stored value has.',
    })
  })

  test.each<[rule: string, query: object]>([
    ['in a value', where({ str: '\ud800' })],
    ['in a value that is not indexed', where({ uany: 'a\udc00b' })],
    ['in a parameter of rules', { $$ruleParams: { key: '\ud800' }, items: {} }],
  ])('half a character %s is refused, since no value has it', async (_rule, query) => {
    const { status, body } = await app.query(query)

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message:
        'Validation failed for query: A value in the query contains halves of characters, which no stored value has.',
    })
  })

  test.each<[rule: string, query: object, name: string]>([
    ['in a path', { items: { $: { where: { 'str.x': 1 } } } }, 'items.str'],
    ['after a link', { users: { $: { where: { 'shelves.name.x': 1 } } } }, 'shelves.name'],
    ['when it is id', { users: { $: { where: { 'id.x': 1 } } } }, 'users.id'],
  ])('what is no link cannot be walked %s', async (_rule, query, name) => {
    const { status, body } = await app.query(query)

    expect({ status, ...body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message: `Validation failed for attr: ${name} needs to be a link`,
      hint: { 'data-type': 'attr' },
    })
  })
})

describe('the shape of an answer', () => {
  test.each<[rule: string, query: object, answer: object, inference?: boolean]>([
    ['nothing asked, nothing answered', {}, {}],
    ['an unknown namespace is empty', { nope: {} }, { nope: [] }],
    [
      'also by a name that objects have',
      JSON.parse('{"__proto__": {}, "constructor": {}}'),
      JSON.parse('{"__proto__": [], "constructor": []}'),
    ],
    ['with options too', { nope: { $: { where: { a: 1 }, limit: 1 } } }, { nope: [] }],
    ['an empty namespace is empty', { empty: {} }, { empty: [] }],
    ['rule parameters are no namespace', { $$ruleParams: { a: 1 }, empty: {} }, { empty: [] }],
    [
      'namespaces are answered independently',
      { users: { $: { where: { handle: 'joe' }, fields: [] } }, empty: {}, nope: {} },
      { users: [{ id: id(12) }], empty: [], nope: [] },
    ],
    [
      'values come as stored; has-one links as ids',
      { items: { $: { where: { id: id(2) } } } },
      {
        items: [
          {
            id: id(2),
            name: 'b',
            str: 'Banana',
            num: 2.5,
            bool: false,
            date: day,
            any: '1',
            ustr: 'y',
            unum: 2,
            ubool: false,
            udate: day,
            uany: [1, 2],
            tag: '',
            label: null,
            or: null,
          },
        ],
      },
    ],
    [
      'what is indexed and never set is null, what is not is absent',
      { items: { $: { where: { id: id(5) } } } },
      {
        items: [
          {
            id: id(5),
            name: 'e',
            str: null,
            num: null,
            bool: null,
            date: null,
            any: null,
            label: null,
            or: null,
          },
        ],
      },
    ],
    [
      'an explicit null is there',
      { items: { $: { where: { id: id(4) }, fields: ['ustr', 'uany'] } } },
      { items: [{ id: id(4), ustr: null, uany: null }] },
    ],
    [
      'fields keep what they list, and id',
      { users: { $: { fields: ['handle'], limit: 1 } } },
      { users: [{ id: id(11), handle: 'stopa' }] },
    ],
    ['no fields keep id', { users: { $: { fields: [], limit: 1 } } }, { users: [{ id: id(11) }] }],
    [
      'unknown fields are ignored',
      { users: { $: { fields: ['nope', 'id'], limit: 1 } } },
      { users: [{ id: id(11) }] },
    ],
    [
      'fields do not limit where and order',
      { items: { $: { fields: ['num'], where: { str: 'apple' }, order: { date: 'asc' } } } },
      { items: [{ id: id(1), num: 1 }] },
    ],
    [
      'a has-one link is an id where it is not expanded',
      { books: { $: { where: { id: id(32) } } } },
      { books: [{ id: id(32), title: 'Dune', pages: '10', author: id(12), editor: id(11) }] },
    ],
    [
      'a has-one link may be a field',
      { books: { $: { where: { id: id(32) }, fields: ['author'] } } },
      { books: [{ id: id(32), author: id(12) }] },
    ],
    [
      'a has-many link in fields has no effect',
      { users: { $: { where: { id: id(14) }, fields: ['shelves'] } } },
      { users: [{ id: id(14) }] },
    ],
    [
      'fields leave expanded links alone',
      { users: { $: { where: { id: id(12) }, fields: [] }, shelves: { $: { fields: ['name'] } } } },
      { users: [{ id: id(12), shelves: [{ id: id(24), name: 'Nonfiction' }] }] },
    ],
    [
      'expanded links are lists without inference',
      {
        books: {
          $: { where: { id: id(32) }, fields: ['title'] },
          author: { $: { fields: ['handle'] } },
        },
      },
      { books: [{ id: id(32), title: 'Dune', author: [{ id: id(12), handle: 'joe' }] }] },
    ],
    [
      'and empty lists where there is none',
      { books: { $: { where: { id: id(33) }, fields: [] }, author: {}, sequel: {} } },
      { books: [{ id: id(33), author: [], sequel: [] }] },
    ],
    [
      'with inference has-one is an object',
      { books: { $: { where: { id: id(32) }, fields: [] }, author: { $: { fields: [] } } } },
      { books: [{ id: id(32), author: { id: id(12) } }] },
      true,
    ],
    [
      'with inference has-one is null where there is none',
      { books: { $: { where: { id: id(33) }, fields: [] }, author: {} } },
      { books: [{ id: id(33), author: null }] },
      true,
    ],
    [
      'with inference has-many is a list',
      { users: { $: { where: { id: id(13) }, fields: [] }, books: { $: { fields: [] } } } },
      { users: [{ id: id(13), books: [{ id: id(31) }] }] },
      true,
    ],
    [
      'with inference the reverse of a one-to-one link is an object',
      { profiles: { $: { where: { id: id(41) }, fields: [] }, owner: { $: { fields: [] } } } },
      { profiles: [{ id: id(41), owner: { id: id(11) } }] },
      true,
    ],
    [
      'with inference a reverse of one-to-one within a namespace',
      {
        books: {
          $: { where: { id: id(32) }, fields: [] },
          prequel: { $: { fields: [] } },
          sequel: {},
        },
      },
      { books: [{ id: id(32), prequel: { id: id(31) }, sequel: null }] },
      true,
    ],
    [
      'with inference a filter that excludes the target gives null',
      {
        books: {
          $: { where: { id: id(32) }, fields: [] },
          author: { $: { where: { handle: 'nope' } } },
        },
      },
      { books: [{ id: id(32), author: null }] },
      true,
    ],
    [
      'with inference an unexpanded has-one link is an id',
      { books: { $: { where: { id: id(32) }, fields: ['author'] } } },
      { books: [{ id: id(32), author: id(12) }] },
      true,
    ],
    [
      'an unknown child is an empty list',
      { users: { $: { where: { id: id(11) }, fields: [] }, nope: {} } },
      { users: [{ id: id(11), nope: [] }] },
    ],
    [
      'with a child of its own too',
      { users: { $: { where: { id: id(11) }, fields: [] }, nope: { more: {} } } },
      { users: [{ id: id(11), nope: [] }] },
    ],
    [
      'a data attribute is no child',
      { users: { $: { where: { id: id(11) }, fields: [] }, handle: {} } },
      { users: [{ id: id(11), handle: [] }] },
    ],
    [
      'nesting goes round in circles',
      {
        users: {
          $: { where: { id: id(12) }, fields: [] },
          shelves: {
            $: { fields: [] },
            users: { $: { fields: [] }, shelves: { $: { fields: ['order'] } } },
          },
        },
      },
      {
        users: [
          {
            id: id(12),
            shelves: [{ id: id(24), users: [{ id: id(12), shelves: [{ id: id(24), order: 0 }] }] }],
          },
        ],
      },
    ],
    ['an aggregate is not in the tree', { items: { $: { aggregate: 'count' } } }, { items: [] }],
    [
      'one id in two namespaces is two rows',
      { notes: {}, users: { $: { where: { id: id(11) }, fields: ['handle'] } } },
      {
        notes: [{ id: id(11), text: 'the id of a user' }],
        users: [{ id: id(11), handle: 'stopa' }],
      },
    ],
    [
      'any JSON comes back',
      { items: { $: { where: { id: id(6) }, fields: ['any', 'str'] } } },
      { items: [{ id: id(6), any: { a: [1] }, str: 'line\nbreak' }] },
    ],
  ])('%s', async (_rule, query, answer, inference = false) => {
    const { status, body } = await app.query(query, { inference })

    expect(body).toEqual(answer)
    expect(status).toBe(200)
  })

  test.each<[rule: string, options: object, count: number]>([
    ['everything', {}, 6],
    ['what its where matches', { where: { bool: false } }, 2],
    ['nothing', { where: { nope: 1 } }, 0],
  ])('a count is of %s, in the meta of a subscription', async (_rule, options, count) => {
    const meta = await subscriptionMeta({ items: { $: { aggregate: 'count', ...options } } })

    expect(meta.aggregate).toEqual({ items: { count } })
  })

  test.each<[rule: string, headers: Record<string, string | null>]>([
    ['a guest', { 'as-guest': 'true', authorization: null }],
  ])('%s may not count', async (_rule, headers) => {
    const { status, body } = await app.query({ items: { $: { aggregate: 'count' } } }, { headers })

    expect({ status, ...body }).toMatchObject({
      status: 400,
      message:
        'Validation failed for query: Aggregates are currently only available for admin queries.',
      hint: { errors: [{ expected: 'admin?', in: ['items', '$', 'aggregate'] }] },
    })
  })
})

function id(n: number): string {
  return `00000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`
}

function short(id: string): number {
  return Number(id.slice(-2))
}

/** The rows of a namespace, in the order of the answer. */
async function rows(namespace: string, options: object, from = app): Promise<number[]> {
  const { status, body } = await from.query({ [namespace]: { $: options } })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body[namespace].map((row: { id: string }) => short(row.id))
}

type Page = {
  data: Record<string, { id: string }[]> & { users: { id: string }[]; items: { id: string }[] }
  pageInfo: Record<
    string,
    { startCursor: unknown; endCursor: unknown; hasNextPage: boolean } | undefined
  >
}

/** The first answer of a subscription by the SDK, which alone has page info. */
function subscribe(query: object, { appId, adminToken, apiURI } = app): Promise<Page> {
  const db = init({ appId, adminToken, apiURI, disableValidation: true })
  return new Promise((resolve, reject) => {
    const subscription = db.subscribeQuery(query as never, (payload) => {
      subscription.close()
      if (payload.type === 'error') reject(payload.error)
      else resolve(payload as unknown as Page)
    })
  })
}

async function usersCursors(): Promise<ReadonlyMap<number, unknown>> {
  const cursors = new Map<number, unknown>()
  for (const [n, user] of [11, 12, 13, 14].entries()) {
    const { pageInfo } = await subscribe({ users: { $: { limit: 1, offset: n } } })
    cursors.set(user, pageInfo.users?.startCursor)
  }
  return cursors
}

/** `result-meta` of the first answer on the wire, which the SDK drops. */
async function subscriptionMeta(query: object): Promise<{ aggregate: unknown }> {
  const answer = await fetch(`${app.apiURI}/admin/subscribe-query`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'app-id': app.appId,
      authorization: `Bearer ${app.adminToken}`,
    },
    body: JSON.stringify({ query }),
  })
  let text = ''
  for await (const part of answer.body ?? []) {
    text += Buffer.from(part).toString()
    const event = /^data: (\{"op":"add-query-ok".*)\n/m.exec(text)?.[1]
    // Leaving the loop hangs up.
    if (event) return JSON.parse(event)['result-meta']
  }
  throw new Error(text)
}

import { bench, describe } from 'vitest'
import { evaluate } from './evaluate'
import { programOf, scopeOf, tryProgram } from './testing/rule-inputs'
import { toFilter } from './to-filter'

const scope = scopeOf({ auth: { id: 'me' } })
const rows = Array.from({ length: 1000 }, (_, at) => ({
  id: `row-${at}`,
  published: at % 5 !== 0,
  ownerId: at % 2 === 0 ? 'me' : 'you',
  likes: at % 7,
  path: 'users/a',
  tags: ['a', 'b'],
}))
const fiveTerms =
  "auth.id != null && data.published == true && (data.ownerId == auth.id || data.likes >= 3) && data.path.startsWith('u') && !('x' in data.tags)"
const five = programOf(fiveTerms)
const ref = programOf("auth.id in data.ref('members.user.id')")
const macro = programOf("data.tags.exists(tag, tag == 'b')")
const members = ['you', 'her', 'me']

describe('1,000 rows', () => {
  bench('a rule of five terms', () => {
    for (const data of rows) evaluate(five, { scope, data })
  })
  bench('a rule of one ref', () => {
    for (const data of rows) evaluate(ref, { scope, data, refs: () => members })
  })
  bench('a rule of one macro', () => {
    for (const data of rows) evaluate(macro, { scope, data })
  })
})

describe('once', () => {
  bench('compiling a rule of five terms', () => {
    tryProgram(fiveTerms)
  })
  bench('translating a rule of one ref', () => {
    toFilter(ref, { scope, checkedType: () => null })
  })
})

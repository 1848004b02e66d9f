import { expect, test } from 'vitest'
import type { CheckedType } from '@/backend/schema/attr'
import type { Json, JsonObject } from '@/lib/base/json'
import { evaluate } from './evaluate'
import { passesFilter } from './passes-filter'
import { createRandom, type Random } from './testing/random'
import { scopeOf, tryProgram } from './testing/rule-inputs'
import { toFilter } from './to-filter'

const types: Readonly<Record<string, CheckedType>> = {
  num: 'number',
  flag: 'boolean',
  text: 'string',
}
const fields = ['num', 'flag', 'text', 'any', 'other', 'ownerId']
const paths = ['owner.id', 'tags.name']
const scalars: readonly Json[] = ['me', 'you', '', 'a', 0, 1, 2.5, -1, true, false]

test('a filter says what evaluation says, on thousands of random rules and rows', () => {
  const random = createRandom(20_260)
  const disagreements: unknown[] = []
  let translated = 0
  let compared = 0
  for (let rule = 0; rule < 4000; rule++) {
    const text = randomRule(random, 3)
    const compiled = tryProgram(text)
    if (!compiled.ok) continue
    const auth = random.pick<JsonObject | null>([
      null,
      { id: 'me', num: 1, any: true },
      { id: 'you' },
    ])
    const scope = scopeOf({ auth, ruleParams: { p: random.pick(scalars) } })
    const checkedType = (label: string) => types[label] ?? null
    const filter = toFilter(compiled.data, { scope, checkedType })
    if (!filter) continue
    translated++
    for (let row = 0; row < 12; row++) {
      const data = randomRow(random)
      const links = new Map(paths.map((path) => [path, randomLinks(random)]))
      const linked = (path: string) => links.get(path) ?? []
      const evaluation = evaluate(compiled.data, { scope, data, refs: ({ path }) => linked(path) })
      const says = passesFilter(filter, { data, linked })
      compared++
      // A row that makes the rule fail is as wrong as one judged the other way.
      if (evaluation.kind === 'value' && evaluation.passes === says) continue
      disagreements.push({ text, data, auth, says, evaluation })
    }
  }

  expect(disagreements).toEqual([])
  // The rest can fail on some row, or looks at it in a way that is not translated.
  expect({ translated, compared }).toEqual({ translated: 1750, compared: 21_000 })
}, 60_000)

function randomRule(random: Random, depth: number): string {
  if (depth <= 0) return randomTest(random)
  const inner = () => randomRule(random, depth - random.pick([1, 1, 2, depth]))
  return random.pick<() => string>([
    () => `${wrap(inner())} && ${wrap(inner())}`,
    () => `${wrap(inner())} || ${wrap(inner())}`,
    () => `!${wrap(inner())}`,
    () => `${wrap(inner())} ? ${wrap(inner())} : ${wrap(inner())}`,
    () => `cel.bind(x, ${inner()}, x && ${wrap(inner())})`,
    () => randomGuarded(random),
    () => randomTest(random),
  ])()
}

/** Rules as people write them: null is ruled out before a comparison that it would fail. */
function randomGuarded(random: Random): string {
  const by = random.pick(['<', '<=', '>', '>='])
  return random.pick([
    `data.num != null && data.num ${by} ${random.pick(['1', '2.5', 'auth.num'])}`,
    `data.num == null || 1 ${by} data.num`,
    `data.flag != null && data.flag`,
    `data.flag == null || !data.flag`,
    `(data.any == true || data.any == false) && data.any`,
    `auth.id != null && auth.id in data.ref('owner.id')`,
  ])
}

function randomTest(random: Random): string {
  const field = random.pick([`data.${random.pick(fields)}`, `data['${random.pick(fields)}']`])
  const value = random.pick([
    ...scalars.map((scalar) => JSON.stringify(scalar)),
    ...[
      'null',
      'auth.id',
      'auth.num',
      'auth.nope',
      'ruleParams.p',
      '1u',
      '1.0',
      '[1]',
      "'m' + 'e'",
    ],
  ])
  return random.pick([
    `${field} == ${value}`,
    `${value} != ${field}`,
    `${field} in [${value}, null, 'a']`,
    `${field} < ${value}`,
    `${value} >= ${field}`,
    `${value} in data.ref('${random.pick(paths)}')`,
    field,
    `has(${`data.${random.pick(fields)}`})`,
    "'num' in data",
    random.pick(['true', 'false', 'auth.any', "auth.id == 'me'", 'null', '1 / 0 > 0']),
    `size(${field}) > 0`,
  ])
}

function wrap(text: string): string {
  return `(${text})`
}

function randomRow(random: Random): JsonObject {
  const values: [string, Json][] = [
    ['num', random.pick([null, 0, 1, 2.5, -1])],
    ['flag', random.pick([null, true, false])],
    ['text', random.pick([null, 'me', 'a', ''])],
    ['any', random.pick([null, ...scalars, [1], { a: 1 }])],
    ['other', random.pick([null, ...scalars])],
    ['ownerId', random.pick([null, 'me', 'you'])],
  ]
  return Object.fromEntries(values.filter(() => random.pick([true, true, true, false])))
}

function randomLinks(random: Random): readonly Json[] {
  return Array.from({ length: random.pick([0, 0, 1, 2]) }, () => random.pick([null, ...scalars]))
}

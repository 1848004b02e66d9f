import { type CelValue, celEnv, isCelError, parse, plan } from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import { expect, test } from 'vitest'
import { inLibrary } from './cel-library'
import { rowValue } from './cel-value'
import { compileExpression } from './compile-expression'
import { isStuck } from './outcome'
import { parseExpression } from './parse-expression'
import { readDate } from './read-date'
import { createRandom, type Random } from './testing/random'
import { nowMs } from './testing/rule-inputs'
import { toJson } from './to-json'

const env = celEnv({ funcs: [...strings] })
const row = { i: 3, d: 2.5, s: 'hello', b: true, nul: null, list: [1, 2, 'x'], obj: { k: 1 } }

test("evaluation agrees with the library's own on thousands of random expressions", () => {
  const random = createRandom(7)
  const disagreements: unknown[] = []
  let values = 0
  for (let at = 0; at < 2500; at++) {
    const text = randomExpression(random, 4)
    const [ours, theirs] = [evaluateOurs(text), evaluateTheirs(text)]
    if (ours !== 'error') values++
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) disagreements.push({ text, ours, theirs })
  }

  expect(disagreements).toEqual([])
  expect(values).toBeGreaterThan(1000)
}, 60_000)

function evaluateOurs(text: string) {
  const parsed = parseExpression(text)
  if (!parsed.ok) return 'error'
  const { run } = compileExpression(parsed.data, { binds: [], isTraced: false })
  const outcome = inLibrary(() =>
    run({
      globals: { data: rowValue(row) },
      locals: [],
      refs: () => [],
      readDate,
      nowMs,
      budget: 100_000,
      missing: [],
      granted: 0,
      asked: 0,
      limit: null,
      trace: null,
    }),
  )
  return isStuck(outcome) ? 'error' : { value: toJson(outcome) }
}

function evaluateTheirs(text: string) {
  const result = plan(env, parse(text))({ data: rowValue(row) })
  return isCelError(result) ? 'error' : { value: toJson(result as CelValue) }
}

type Type = 'bool' | 'number' | 'text' | 'list'

const types: readonly Type[] = ['bool', 'number', 'text', 'list']

/** Mostly of the type that is wanted, so that a good part of the expressions has a value. */
function randomExpression(
  random: Random,
  depth: number,
  wanted: Type = random.pick(types),
): string {
  const type = random.pick([...Array.from({ length: 40 }, () => wanted), ...types])
  if (depth <= 0) return random.pick(leaves[type])
  const of = (inner: Type) => `(${randomExpression(random, depth - random.pick([1, 1, 2]), inner)})`
  return random.pick(forms[type])(of, random)
}

const leaves: Readonly<Record<Type, readonly string[]>> = {
  bool: ['true', 'false', 'data.b', '(data.missing == null)'],
  number: ['0', '1', '-2', '2', '7', 'data.i', 'data.obj.k', 'data.list[0]', '9223372036854775807'],
  text: ["'hello'", "'he'", "''", 'data.s', "data['s']", 'data.list[2]'],
  list: ['[]', '[1]', 'data.list', "['a', 1, null]", '[2.5, 3u, true]'],
}

type Form = (of: (type: Type) => string, random: Random) => string

const macro = (random: Random, names: string) => random.pick(names.split(' '))

const forms: Readonly<Record<Type, readonly Form[]>> = {
  bool: [
    (of, random) => `${of('bool')} ${random.pick(['&&', '||'])} ${of('bool')}`,
    (of) => `!${of('bool')}`,
    (of, random) => {
      const type = random.pick(types)
      return `${of(type)} ${random.pick(['==', '!='])} ${of(random.pick([type, type, 'number']))}`
    },
    (of, random) => {
      const type = random.pick<Type>(['number', 'text'])
      return `${of(type)} ${random.pick(['<', '<=', '>', '>='])} ${of(type)}`
    },
    (of, random) => `${of(random.pick(types))} in ${of('list')}`,
    (of) => `${of('text')}.startsWith(${of('text')})`,
    (of) => `${of('text')}.contains(${of('text')})`,
    (of, random) =>
      `${of('list')}.${macro(random, 'all exists exists_one')}(x, x == ${of('number')})`,
    (of, random) => `type(${of(random.pick(types))}) == ${random.pick(['int', 'string', 'bool'])}`,
    (of) => `${of('bool')} ? ${of('bool')} : ${of('bool')}`,
  ],
  number: [
    (of, random) => `${of('number')} ${random.pick(['+', '-', '*', '/', '%'])} ${of('number')}`,
    (of) => `-${of('number')}`,
    (of) => `size(${of('list')})`,
    (of) => `${of('text')}.size()`,
    (of, random) => `${of('list')}[${random.pick(['0', '1', '-1', '1u', '2.5', "'k'", 'data.i'])}]`,
    (of) => `{'k': ${of('number')}, 1: 2}.k`,
  ],
  text: [
    (of) => `${of('text')} + ${of('text')}`,
    (of) => `string(${of('number')})`,
    (of) => `${of('bool')} ? ${of('text')} : ${of('text')}`,
    (of) => `${of('text')}.replace('l', ${of('text')})`,
  ],
  list: [
    (of) => `${of('list')} + ${of('list')}`,
    (of) => `[${of('number')}, ${of('text')}]`,
    (of) => `${of('list')}.filter(x, x != ${of('number')})`,
    (of) => `${of('list')}.map(x, [x, ${of('number')}])`,
    (of) => `${of('list')}.map(x, x != null, ${of('text')})`,
  ],
}

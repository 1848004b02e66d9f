import { must } from '@/lib/base/must'
import { listOf, plain, type StaticType } from './static-type'

/** One way to call a function. A method has a receiver. */
export interface Overload {
  readonly receiver: StaticType | null
  readonly args: readonly StaticType[]
  readonly result: StaticType
  /** Without its result, as the compiler's messages list candidates. */
  readonly text: string
}

const ts = 'google.protobuf.Timestamp'
const dur = 'google.protobuf.Duration'
const ordered = ['bool', 'int', 'uint', 'double', 'string', 'bytes', ts, dur]
const numbers = ['int', 'uint', 'double']
const mixedNumbers = numbers.flatMap((a) => numbers.filter((b) => b !== a).map((b) => [a, b]))

const comparison = [
  ...ordered.map((type) => `(${type}, ${type}) -> bool`),
  ...mixedNumbers.map((pair) => `(${pair.join(', ')}) -> bool`),
]
const accessor = [`${ts}.() -> int`, `${ts}.(string) -> int`]
const onNumbers = numbers.map((type) => `(${type}) -> ${type}`)
const onDouble = ['(double) -> double']
const bits = ['(int, int) -> int', '(uint, uint) -> uint']
const shift = ['(int, int) -> int', '(uint, int) -> uint']
const test = ['string.(string) -> bool']

const signatures: Readonly<Record<string, readonly string[]>> = {
  '_&&_': ['(bool, bool) -> bool'],
  '_||_': ['(bool, bool) -> bool'],
  '!_': ['(bool) -> bool'],
  '_?_:_': ['(bool, %A, %A) -> %A'],
  '_==_': ['(%A, %A) -> bool'],
  '_!=_': ['(%A, %A) -> bool'],
  '_<_': comparison,
  '_<=_': comparison,
  '_>_': comparison,
  '_>=_': comparison,
  '@in': ['(%A, list(%A)) -> bool', '(%A, map(%A, %B)) -> bool'],
  '_[_]': ['(list(%A), int) -> %A', '(map(%A, %B), %A) -> %B'],
  '-_': ['(int) -> int', '(double) -> double'],
  '_+_': [
    ...numbers.map((type) => `(${type}, ${type}) -> ${type}`),
    '(string, string) -> string',
    '(bytes, bytes) -> bytes',
    '(list(%A), list(%A)) -> list(%A)',
    `(${ts}, ${dur}) -> ${ts}`,
    `(${dur}, ${ts}) -> ${ts}`,
    `(${dur}, ${dur}) -> ${dur}`,
  ],
  '_-_': [
    ...numbers.map((type) => `(${type}, ${type}) -> ${type}`),
    `(${ts}, ${ts}) -> ${dur}`,
    `(${ts}, ${dur}) -> ${ts}`,
    `(${dur}, ${dur}) -> ${dur}`,
  ],
  '_*_': numbers.map((type) => `(${type}, ${type}) -> ${type}`),
  '_/_': numbers.map((type) => `(${type}, ${type}) -> ${type}`),
  '_%_': ['(int, int) -> int', '(uint, uint) -> uint'],
  size: ['string', 'bytes', 'list(%A)', 'map(%A, %B)'].flatMap((type) => [
    `(${type}) -> int`,
    `${type}.() -> int`,
  ]),
  startsWith: test,
  endsWith: test,
  contains: test,
  matches: [...test, '(string, string) -> bool'],
  int: ['int', 'uint', 'double', 'string', ts, dur].map((type) => `(${type}) -> int`),
  uint: ['uint', 'int', 'double', 'string'].map((type) => `(${type}) -> uint`),
  double: ['double', 'int', 'uint', 'string'].map((type) => `(${type}) -> double`),
  bool: ['(bool) -> bool', '(string) -> bool'],
  bytes: ['(bytes) -> bytes', '(string) -> bytes'],
  string: ['string', 'bool', 'int', 'uint', 'double', 'bytes', ts, dur].map(
    (type) => `(${type}) -> string`,
  ),
  timestamp: ['int', 'double', 'string', ts].map((type) => `(${type}) -> ${ts}`),
  duration: ['string', 'int', dur].map((type) => `(${type}) -> ${dur}`),
  type: ['(dyn) -> type'],
  dyn: ['(dyn) -> dyn'],
  getTime: [`${ts}.() -> int`],
  getFullYear: accessor,
  getMonth: accessor,
  getDate: accessor,
  getDayOfMonth: accessor,
  getDayOfWeek: accessor,
  getDayOfYear: accessor,
  getHours: [...accessor, `${dur}.() -> int`],
  getMinutes: [...accessor, `${dur}.() -> int`],
  getSeconds: [...accessor, `${dur}.() -> int`],
  getMilliseconds: [...accessor, `${dur}.() -> int`],
  charAt: ['string.(int) -> string'],
  indexOf: ['string.(string) -> int', 'string.(string, int) -> int'],
  lastIndexOf: ['string.(string) -> int', 'string.(string, int) -> int'],
  lowerAscii: ['string.() -> string'],
  upperAscii: ['string.() -> string'],
  trim: ['string.() -> string'],
  replace: ['string.(string, string) -> string', 'string.(string, string, int) -> string'],
  split: ['string.(string) -> list(string)', 'string.(string, int) -> list(string)'],
  substring: ['string.(int) -> string', 'string.(int, int) -> string'],
  join: ['list(string).() -> string', 'list(string).(string) -> string'],
  format: ['string.(list(dyn)) -> string'],
  'strings.quote': ['(string) -> string'],
  'math.abs': onNumbers,
  'math.sign': onNumbers,
  'math.ceil': onDouble,
  'math.floor': onDouble,
  'math.round': onDouble,
  'math.trunc': onDouble,
  'math.sqrt': numbers.map((type) => `(${type}) -> double`),
  'math.isInf': ['(double) -> bool'],
  'math.isNaN': ['(double) -> bool'],
  'math.isFinite': ['(double) -> bool'],
  'math.bitAnd': bits,
  'math.bitOr': bits,
  'math.bitXor': bits,
  'math.bitNot': ['(int) -> int', '(uint) -> uint'],
  'math.bitShiftLeft': shift,
  'math.bitShiftRight': shift,
  ref: ['map(string, dyn).(string) -> list(dyn)'],
  limit: ['rateLimit.(dyn) -> bool', 'rateLimit.(dyn, int) -> bool'],
}

/** Functions of any number of arguments, whose types are left to evaluation. */
export const variadic: ReadonlySet<string> = new Set(['math.greatest', 'math.least'])

/** Every overload of a function, by its name. */
export const overloads: ReadonlyMap<string, readonly Overload[]> = new Map(
  Object.entries(signatures).map(([name, texts]) => [name, texts.map(parseOverload)]),
)

function parseOverload(signature: string): Overload {
  const [text = '', result = ''] = signature.split(' -> ')
  const open = text.startsWith('(') ? 0 : text.lastIndexOf('.(') + 1
  return {
    receiver: open > 0 ? parseType(text.slice(0, open - 1)) : null,
    args: splitTypes(text.slice(open + 1, -1)).map(parseType),
    result: parseType(result),
    text,
  }
}

function parseType(text: string): StaticType {
  const nested = /^(list|map)\((.*)\)$/.exec(text)
  if (!nested) return text.startsWith('%') ? { kind: 'param', name: text.slice(1) } : plain(text)
  const [first, second] = splitTypes(must(nested[2], 'the pattern has two groups')).map(parseType)
  const inner = must(first, 'a list or map names a type')
  return nested[1] === 'list'
    ? listOf(inner)
    : { kind: 'map', key: inner, value: must(second, 'a map names two types') }
}

/** Splits at commas outside of parentheses. */
function splitTypes(text: string): string[] {
  return text === '' ? [] : text.split(/, (?![^(]*\))/)
}

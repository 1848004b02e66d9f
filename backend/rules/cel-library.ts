import {
  type CelFunc,
  CelScalar,
  type CelValue,
  celEnv,
  celFunc,
  celMethod,
  celType,
  listType,
  objectType,
  parse,
  plan,
} from '@bufbuild/cel'
import { strings } from '@bufbuild/cel/ext'
import { TimestampSchema } from '@bufbuild/protobuf/wkt'
import { must } from '@/lib/base/must'
import { compilePattern } from './compile-pattern'
import { mathFunctions } from './math-functions'
import { replaceText } from './replace-text'
import { splitText } from './split-text'

const { BOOL, INT, STRING } = CelScalar
const TIMESTAMP = objectType(TimestampSchema)
const TEXTS = listType(STRING)

/**
 * The functions that are not ours: CEL's standard ones and the strings extension, with `replace`
 * made linear, `split` keeping what is left beyond its limit, and what it lacks: `matches` as a
 * function, and `getTime` (contract semantics.md 6.3). `timestamp`, `ref` and `limit` need the
 * evaluation's own state and are compiled apart.
 */
const library = celEnv({
  re2: { compile: compilePattern },
  funcs: [
    ...strings,
    ...mathFunctions,
    celMethod('replace', STRING, [STRING, STRING], STRING, replaceText),
    celMethod('replace', STRING, [STRING, STRING, INT], STRING, replaceText),
    celMethod('split', STRING, [STRING], TEXTS, splitText),
    celMethod('split', STRING, [STRING, INT], TEXTS, splitText),
    celFunc('matches', [STRING, STRING], BOOL, (text, pattern) =>
      compilePattern(pattern).test(text),
    ),
    celMethod('getTime', TIMESTAMP, [], INT, function () {
      const { seconds, nanos } = this.message
      return seconds * 1000n + BigInt(Math.floor(nanos / 1e6))
    }),
  ],
})

/** Every overload of a function, or undefined when there is no such function. */
export function findFunction(name: string): Pick<CelFunc, 'call'> | undefined {
  return library.funcs.find(name)
}

/**
 * Runs the work where the library's functions may make messages (timestamps and durations): they
 * look for a registry that only an evaluation of the library's own provides.
 */
export function inLibrary<T>(work: () => T): T {
  const outer = pending
  let outcome: { readonly value: T } | null = null
  pending = () => {
    outcome = { value: work() }
  }
  try {
    enter()
  } finally {
    pending = outer
  }
  return must<{ readonly value: T }>(outcome, 'evaluation yields failures, it does not throw').value
}

let pending: () => void = () => {}

const enter = plan(
  celEnv({
    funcs: [
      celFunc('enter', [], BOOL, () => {
        pending()
        return true
      }),
    ],
  }),
  parse('enter()'),
)

/** The name of a value's type, as messages print it. */
export function typeName(value: CelValue): string {
  const { name } = celType(value)
  return name === 'null_type' ? 'null' : name
}

import { type CelValue, celMap, celUint } from '@bufbuild/cel'
import type { SimpleTest } from '@bufbuild/cel-spec/cel/expr/conformance/test/simple_pb.js'
import type { Value } from '@bufbuild/cel-spec/cel/expr/value_pb.js'
import {
  getConformanceSuite,
  type IncrementalTestSuite,
} from '@bufbuild/cel-spec/testdata/tests.js'
import { createRegistry } from '@bufbuild/protobuf'
import { reflect } from '@bufbuild/protobuf/reflect'
import { anyUnpack, DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt'
import { must } from '@/lib/base/must'
import { listValue } from '../cel-value'
import { typeNames } from '../type-names'

/** A case of the CEL specification's own suite. */
export interface SpecCase {
  /** `file/section/name`. */
  readonly name: string
  readonly test: SimpleTest
}

/** Files of the suite for what rules may use (contract semantics.md 6.3). */
const files = new Set(
  `basic bindings_ext comparisons conversions fields fp_math integer_math lists logic macros math_ext
   namespace parse plumbing string string_ext timestamps`.split(/\s+/),
)

// Rules have no messages to construct or to receive.
const usesMessages = /TestAllTypes|google\.protobuf\.\w+ *\{|proto[23]|NestedEnum|GlobalEnum/

/** The cases about features that rules have. */
export function specCases(): readonly SpecCase[] {
  return getConformanceSuite()
    .suites.filter(({ name }) => files.has(name))
    .flatMap((suite) => casesOf(suite, ''))
    .filter(({ test }) => !usesMessages.test(JSON.stringify(test, withoutBigInts)))
}

function casesOf({ name, suites, tests }: IncrementalTestSuite, path: string): SpecCase[] {
  const here = `${path}${name}/`
  return [
    ...tests.map(({ original }) => ({ name: `${here}${original.name}`, test: original })),
    ...suites.flatMap((suite) => casesOf(suite, here)),
  ]
}

function withoutBigInts(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

const registry = createRegistry(TimestampSchema, DurationSchema)

/** A value of the suite as the evaluator's own. */
export function specValue({ kind }: Value): CelValue {
  switch (kind.case) {
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      return kind.value
    case 'uint64Value':
      return celUint(kind.value)
    case 'listValue':
      return listValue(kind.value.values.map(specValue))
    case 'mapValue':
      return celMap(
        new Map(
          kind.value.entries.map(({ key, value }) => [
            specValue(must(key, 'an entry has a key')) as string,
            specValue(must(value, 'an entry has a value')),
          ]),
        ),
      )
    case 'typeValue':
      return must(typeNames.get(kind.value), `the suite names the type ${kind.value}`)
    case 'objectValue': {
      const message = must(anyUnpack(kind.value, registry), 'only times are messages')
      const schema =
        message.$typeName === DurationSchema.typeName ? DurationSchema : TimestampSchema
      return reflect(schema, message as never)
    }
  }
  return null
}

import { type CelValue, celType } from '@bufbuild/cel'
import { afterAll, describe, expect, test } from 'vitest'
import { must } from '@/lib/base/must'
import { celEqual } from './cel-equal'
import { inLibrary } from './cel-library'
import { compileExpression } from './compile-expression'
import type { Frame } from './frame'
import { Failure, type Outcome } from './outcome'
import { parseExpression } from './parse-expression'
import { readDate } from './read-date'
import { type SpecCase, specCases, specValue } from './testing/cel-spec-cases'
import { specGaps } from './testing/cel-spec-gaps'

const cases = specCases()
let passed = 0

describe('the CEL specification', () => {
  for (const spec of cases) {
    const run = specGaps.has(spec.name) ? test.fails : test
    run(spec.name, () => {
      expectOutcome(spec, evaluateCase(spec))
      passed++
    })
  }
})

afterAll(() => {
  process.stdout.write(`CEL specification: ${passed} of ${cases.length} cases pass\n`)
})

function evaluateCase({ test: { expr, bindings } }: SpecCase): Outcome | string {
  const parsed = parseExpression(expr)
  if (!parsed.ok) return parsed.error.message
  const { run } = compileExpression(parsed.data, { binds: [], isTraced: false })
  const globals = Object.entries(bindings).map(([name, { kind }]) => [
    name,
    kind.case === 'value' ? specValue(kind.value) : undefined,
  ])
  const frame: Frame = {
    globals: Object.fromEntries(globals),
    locals: [],
    refs: () => [],
    readDate,
    nowMs: 0,
    budget: 1_000_000,
    missing: [],
    granted: 0,
    asked: 0,
    limit: null,
    trace: null,
  }
  return inLibrary(() => run(frame))
}

function expectOutcome({ test: { resultMatcher } }: SpecCase, outcome: Outcome | string): void {
  switch (resultMatcher.case) {
    case 'evalError':
    case 'anyEvalErrors':
      expect(outcome instanceof Failure || typeof outcome === 'string').toBe(true)
      return
    case 'value':
      expectValue(outcome, specValue(resultMatcher.value))
      return
    case 'typedResult':
      expectValue(outcome, specValue(must(resultMatcher.value.result, 'a result is given')))
      return
    case undefined:
      expect(outcome).toBe(true)
      return
  }
  throw new Error(`No reading of ${resultMatcher.case}`)
}

function expectValue(outcome: Outcome | string, expected: CelValue): void {
  if (outcome instanceof Failure) expect(outcome.message).toBe(expected)
  const value = outcome as CelValue
  const isSame = Object.is(value, expected) || celEqual(value, expected, { budget: 1e6 })
  if (!isSame || celType(value).name !== celType(expected).name) expect(value).toEqual(expected)
}

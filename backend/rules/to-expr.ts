import { type CelValue, celUint } from '@bufbuild/cel'
import type { Constant, Expr as Parsed, SourceInfo } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js'
import { must } from '@/lib/base/must'
import type { Expr, MacroName } from './expression'

/** The library's syntax tree as ours, or null when it is nested deeper than `maxDepth`. */
export function toExpr(parsed: Parsed, source: SourceInfo, maxDepth: number): Expr | null {
  return depthOf(parsed, maxDepth) > maxDepth ? null : convert(parsed, source)
}

function convert(parsed: Parsed, source: SourceInfo): Expr {
  const node = { id: Number(parsed.id), at: source.positions[String(parsed.id)] ?? 0 }
  const each = (expr: Parsed | undefined) => convert(must(expr, 'the parser leaves no gap'), source)
  const { exprKind } = parsed
  switch (exprKind.case) {
    case 'constExpr':
      return { ...node, kind: 'constant', value: constantValue(exprKind.value) }
    case 'identExpr':
      return { ...node, kind: 'ident', name: exprKind.value.name }
    case 'selectExpr': {
      const { operand, field, testOnly } = exprKind.value
      return { ...node, kind: testOnly ? 'has' : 'select', operand: each(operand), field }
    }
    case 'callExpr':
      return { ...node, ...callShape(exprKind.value, each) }
    case 'listExpr':
      return { ...node, kind: 'list', elements: exprKind.value.elements.map(each) }
    case 'structExpr': {
      const { messageName, entries } = exprKind.value
      if (messageName !== '') return { ...node, kind: 'unsupported', what: messageName }
      return {
        ...node,
        kind: 'map',
        entries: entries.map(({ keyKind, value }) => ({
          key: each(keyKind.case === 'mapKey' ? keyKind.value : undefined),
          value: each(value),
        })),
      }
    }
    case 'comprehensionExpr':
      return { ...node, ...macroShape(exprKind.value, source.macroCalls[String(node.id)], each) }
    case undefined:
      return { ...node, kind: 'unsupported', what: '' }
  }
}

type Convert = (expr: Parsed | undefined) => Expr
type ParsedCall = Extract<Parsed['exprKind'], { case: 'callExpr' }>['value']
type ParsedFold = Extract<Parsed['exprKind'], { case: 'comprehensionExpr' }>['value']

const namespaces = new Set(['math', 'strings'])

function callShape(call: ParsedCall, each: Convert) {
  const qualifier =
    call.target?.exprKind.case === 'identExpr' ? call.target.exprKind.value.name : ''
  const [variable, init, body] = call.args
  if (qualifier === 'cel' && call.function === 'bind' && variable?.exprKind.case === 'identExpr') {
    const { name } = variable.exprKind.value
    if (call.args.length === 3) {
      return { kind: 'bind', name, init: each(init), body: each(body) } as const
    }
  }
  const args = call.args.map(each)
  if (namespaces.has(qualifier)) {
    return { kind: 'call', name: `${qualifier}.${call.function}`, target: null, args } as const
  }
  const target = call.target ? each(call.target) : null
  return { kind: 'call', name: call.function, target, args } as const
}

/** Undoes the expansion of a macro, whose shape the parser fixes. */
function macroShape(fold: ParsedFold, call: Parsed | undefined, each: Convert) {
  const macro = call?.exprKind.case === 'callExpr' ? call.exprKind.value : null
  const name = must(macro, 'every fold comes from a macro').function as MacroName | 'existsOne'
  const step = fold.loopStep?.exprKind.case === 'callExpr' ? fold.loopStep.exprKind.value.args : []
  const base = {
    kind: 'macro',
    macro: name === 'existsOne' ? 'exists_one' : name,
    range: each(fold.iterRange),
    variable: fold.iterVar,
  } as const
  if (base.macro !== 'map') {
    const isBool = base.macro === 'all' || base.macro === 'exists'
    return { ...base, condition: null, body: each(isBool ? step[1] : step[0]) }
  }
  const isFiltered = macro?.args.length === 3
  const append = isFiltered ? step[1] : fold.loopStep
  const added = append?.exprKind.case === 'callExpr' ? append.exprKind.value.args[1] : undefined
  const [body] = added?.exprKind.case === 'listExpr' ? added.exprKind.value.elements : []
  return { ...base, condition: isFiltered ? each(step[0]) : null, body: each(body) }
}

function constantValue({ constantKind }: Constant): CelValue {
  switch (constantKind.case) {
    case 'boolValue':
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'bytesValue':
      return constantKind.value
    case 'uint64Value':
      return celUint(constantKind.value)
  }
  return null
}

function depthOf(parsed: Parsed | undefined, budget: number): number {
  if (!parsed || budget < 0) return 1
  const { value } = parsed.exprKind
  if (!value) return 1
  const below: (Parsed | undefined)[] = []
  if ('operand' in value) below.push(value.operand)
  if ('args' in value) below.push(value.target, ...value.args)
  if ('elements' in value) below.push(...value.elements)
  if ('iterRange' in value) below.push(value.iterRange, value.loopStep)
  if ('entries' in value) {
    for (const { keyKind, value: entry } of value.entries) {
      below.push(entry, keyKind.case === 'mapKey' ? keyKind.value : undefined)
    }
  }
  return 1 + below.reduce((deepest, expr) => Math.max(deepest, depthOf(expr, budget - 1)), 0)
}

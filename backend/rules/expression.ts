import type { CelValue } from '@bufbuild/cel'

/**
 * A CEL expression as this engine sees it: macros are nodes of their own, so checking, running,
 * explaining and translating need not recognise their expansion. `id` is unique within one parsed
 * text; `at` is the offset there of the token that made the node (an operator, a dot, a bracket).
 */
export type Expr =
  | (Node & { readonly kind: 'constant'; readonly value: CelValue })
  | (Node & { readonly kind: 'ident'; readonly name: string })
  | (Node & { readonly kind: 'select'; readonly operand: Expr; readonly field: string })
  | (Node & { readonly kind: 'has'; readonly operand: Expr; readonly field: string })
  | (Node & CallShape)
  | (Node & { readonly kind: 'list'; readonly elements: readonly Expr[] })
  | (Node & { readonly kind: 'map'; readonly entries: readonly MapEntry[] })
  | (Node & MacroShape)
  | (Node & BindShape)
  | (Node & { readonly kind: 'unsupported'; readonly what: string })

interface Node {
  readonly id: number
  readonly at: number
}

interface CallShape {
  readonly kind: 'call'
  /** As CEL names operators: `_&&_`, `!_`, `@in`; qualified for extensions: `math.abs`. */
  readonly name: string
  /** Receiver of a method call, or null for a function and an operator. */
  readonly target: Expr | null
  readonly args: readonly Expr[]
}

export interface MapEntry {
  readonly key: Expr
  readonly value: Expr
}

export type MacroName = 'all' | 'exists' | 'exists_one' | 'map' | 'filter'

interface MacroShape {
  readonly kind: 'macro'
  readonly macro: MacroName
  readonly range: Expr
  readonly variable: string
  /** The condition of a three-argument `map`; otherwise null. */
  readonly condition: Expr | null
  readonly body: Expr
}

/** `cel.bind(name, init, body)`; `init` is evaluated when the name is first used, at most once. */
interface BindShape {
  readonly kind: 'bind'
  readonly name: string
  readonly init: Expr
  readonly body: Expr
}

export type CallExpr = Extract<Expr, { kind: 'call' }>
export type MacroExpr = Extract<Expr, { kind: 'macro' }>
export type BindExpr = Extract<Expr, { kind: 'bind' }>

/** The expressions directly inside one, in reading order. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'constant':
    case 'ident':
    case 'unsupported':
      return []
    case 'select':
    case 'has':
      return [expr.operand]
    case 'call':
      return expr.target ? [expr.target, ...expr.args] : expr.args
    case 'list':
      return expr.elements
    case 'map':
      return expr.entries.flatMap(({ key, value }) => [key, value])
    case 'macro':
      return [expr.range, ...(expr.condition ? [expr.condition] : []), expr.body]
    case 'bind':
      return [expr.init, expr.body]
  }
}

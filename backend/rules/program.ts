import { type CelMap, celMap } from '@bufbuild/cel'
import type { Result } from '@/lib/base/result'
import { orderBinds } from './bind-order'
import { rowValue } from './cel-value'
import { checkExpression } from './check-expression'
import { type Compiled, compileExpression, type NamedExpr } from './compile-expression'
import type { Environment } from './environment'
import type { Expr } from './expression'
import type { RefRequest } from './frame'
import { type ExpressionIssue, parseExpression } from './parse-expression'
import { type ProgramIssue, unexpectedShape } from './rule-issue'
import { endsInComment, lineAndColumn } from './source-range'
import { staticRefs } from './static-refs'
import type { StaticType } from './static-type'

/** One text of a program: the rule itself, or a bind it uses. */
export interface Piece {
  /** Name of the bind; null for the rule. */
  readonly name: string | null
  readonly text: string
  readonly expr: Expr
}

/** A rule, checked and ready to be evaluated any number of times. */
export interface Program {
  /** The rule as written. */
  readonly text: string
  readonly expr: Expr
  /** The rule with each used bind wrapped around it as `cel.bind` (contract http.md 4.5). */
  readonly code: string
  readonly environment: Environment
  /** The binds used, each after those it uses itself; the rule comes last. */
  readonly pieces: readonly Piece[]
  /** Refs whose path stands in the text: what to fetch before the first evaluation. */
  readonly refs: readonly RefRequest[]
  /** `rateLimit` as the program sees it. */
  readonly buckets: CelMap
  readonly compiled: Compiled
  /** The same, telling the frame's `trace` what each sub-expression yields. */
  readonly traced: () => Compiled
}

/** What a program is made from. */
export interface ProgramSource {
  readonly text: string
  /**
   * Texts that stand behind names, null where the document has neither text nor boolean. Only
   * those that the rule reaches are looked at.
   */
  readonly binds: ReadonlyMap<string, string | null>
  /** How texts are parsed, if not each anew. */
  readonly parse?: typeof parseExpression
}

/**
 * The program of a rule, or all that is wrong with it: syntax, a cycle of binds, unknown names,
 * operands of the wrong type (contract semantics.md 6.8).
 */
export function compileProgram(
  { text, binds, parse: parseText = parseExpression }: ProgramSource,
  environment: Environment,
): Result<Program, readonly ProgramIssue[]> {
  const issues: ProgramIssue[] = []
  const parse = (piece: string | null, name: string | null): Expr | null => {
    const parsed = piece === null ? misshapen : parseText(piece)
    if (parsed.ok) return parsed.data
    issues.push(placed(parsed.error, { name, text: piece ?? '' }))
    return null
  }
  const expr = parse(text, null)
  if (!expr) return { ok: false, error: issues }
  const ordered = orderBinds(expr, (name) => {
    const bound = binds.get(name)
    return bound === undefined ? null : parse(bound, name)
  })
  if (issues.length > 0) return { ok: false, error: issues }
  if (!ordered.ok) return { ok: false, error: [{ message: ordered.error, position: null }] }
  const pieces = [
    ...ordered.data.map((bind) => ({ ...bind, text: binds.get(bind.name) ?? '' })),
    { name: null, text, expr },
  ]
  const complaints = checkPieces(pieces, environment)
  if (complaints.length > 0) return { ok: false, error: complaints }
  return { ok: true, data: createProgram(pieces, ordered.data, environment) }
}

const misshapen: Result<Expr, ExpressionIssue> = {
  ok: false,
  error: { message: unexpectedShape, at: null },
}

function createProgram(
  pieces: readonly Piece[],
  binds: readonly NamedExpr[],
  environment: Environment,
): Program {
  const { text, expr } = lastOf(pieces)
  let traced: Compiled | null = null
  return {
    text,
    expr,
    code: wrapBinds(pieces),
    environment,
    pieces,
    refs: staticRefs(pieces.map((piece) => piece.expr)),
    buckets: bucketsOf(environment),
    compiled: compileExpression(expr, { binds, isTraced: false }),
    traced: () => {
      traced ??= compileExpression(expr, { binds, isTraced: true })
      return traced
    },
  }
}

function bucketsOf({ rateLimits }: Environment): CelMap {
  const names = [...rateLimits.keys()]
  return celMap(new Map(names.map((name) => [name, rowValue({}, { kind: 'bucket', name })])))
}

function checkPieces(pieces: readonly Piece[], environment: Environment): readonly ProgramIssue[] {
  const types = new Map<string, StaticType>()
  return pieces.flatMap((piece) => {
    const { type, issues } = checkExpression(piece.expr, environment, types)
    if (piece.name !== null) types.set(piece.name, type)
    return issues.map((issue) => placed(issue, piece))
  })
}

function placed(
  { message, at }: ExpressionIssue,
  { name, text }: Pick<Piece, 'name' | 'text'>,
): ProgramIssue {
  if (at === null) return { message, position: null }
  return { message, position: { bind: name, offset: at, ...lineAndColumn(text, at) } }
}

/** A bind that others use stands outside of them. */
function wrapBinds(pieces: readonly Piece[]): string {
  const binds = pieces.slice(0, -1)
  const { text } = lastOf(pieces)
  return binds.reduceRight(
    (body, bind) => `cel.bind(${bind.name}, ${closed(bind.text)}, ${body})`,
    binds.length > 0 ? closed(text) : text,
  )
}

/** A line comment at the end must not swallow what follows the text. */
function closed(text: string): string {
  return endsInComment(text) ? `${text}\n` : text
}

function lastOf(pieces: readonly Piece[]): Piece {
  const last = pieces.at(-1)
  if (!last) throw new Error('Invariant broken: a program has at least its rule')
  return last
}

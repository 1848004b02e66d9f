import { must } from '@/lib/base/must'
import type { CallExpr, Expr } from './expression'

/** Part of a text, by offsets in UTF-16 units; `end` is exclusive. */
export interface SourceRange {
  readonly start: number
  readonly end: number
}

/** Finds where in its text an expression stands, parentheses that belong to its inside included. */
export function createLocator(text: string): (expr: Expr) => SourceRange {
  const tokens = tokenize(text)
  const at = (offset: number): number => {
    const index = tokens.findIndex(({ end }) => end > offset)
    return index < 0 ? Math.max(0, tokens.length - 1) : index
  }
  const closing = (from: number): number => {
    const open = tokens.findIndex(({ partner }, index) => index >= from && partner > index)
    return tokens[tokens[open]?.partner ?? -1]?.end ?? text.length
  }
  const known = new Map<Expr, SourceRange>()
  const locate = (expr: Expr): SourceRange => {
    const range = known.get(expr) ?? balance(outline(expr), tokens)
    known.set(expr, range)
    return range
  }
  const outline = (expr: Expr): SourceRange => {
    const index = at(expr.at)
    const token = tokens[index] ?? { start: 0, end: text.length }
    switch (expr.kind) {
      case 'constant':
        return { start: token.start, end: endOfConstant(text, tokens, index) }
      case 'ident':
      case 'unsupported':
        return { start: token.start, end: token.end }
      case 'select':
        return { start: locate(expr.operand).start, end: tokens[index + 1]?.end ?? token.end }
      case 'macro':
        return { start: locate(expr.range).start, end: closing(index) }
      case 'bind':
        return { start: tokens[index - 1]?.start ?? token.start, end: closing(index) }
      case 'call':
        return outlineCall(expr, index)
      case 'has':
      case 'list':
      case 'map':
        return { start: token.start, end: closing(index) }
    }
  }
  const outlineCall = (expr: CallExpr, index: number): SourceRange => {
    const [first, ...others] = expr.args
    const start = tokens[index]?.start ?? 0
    if (expr.target) return { start: locate(expr.target).start, end: closing(index) }
    if (expr.name === '_[_]' && first) return { start: locate(first).start, end: closing(index) }
    if (isPrefix(expr.name) && first) return { start, end: locate(first).end }
    if (isOperator(expr.name) && first) {
      return { start: locate(first).start, end: locate(must(others.at(-1), 'two operands')).end }
    }
    const isQualified = expr.name.includes('.')
    return { start: isQualified ? (tokens[index - 1]?.start ?? start) : start, end: closing(index) }
  }
  return locate
}

interface Token extends SourceRange {
  /** Index of the bracket that matches this one, or -1. */
  partner: number
}

const tokenPattern =
  /\/\/[^\n]*|\s+|[rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|0[xX][0-9a-fA-F]+[uU]?|\d[\d.]*(?:[eE][+-]?\d+)?[uU]?|[A-Za-z_]\w*|&&|\|\||[=!<>]=|[\s\S]/g

/** Where an offset is for people: both count from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

/** Whether whatever is put right behind the text would be part of a comment. */
export function endsInComment(text: string): boolean {
  const words = text.match(tokenPattern) ?? []
  return words.at(-1)?.startsWith('//') ?? false
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const open: number[] = []
  for (const match of text.matchAll(tokenPattern)) {
    const [word] = match
    if (word.startsWith('//') || word.trim() === '') continue
    const index =
      tokens.push({ start: match.index, end: match.index + word.length, partner: -1 }) - 1
    if ('([{'.includes(word)) open.push(index)
    const opener = ')]}'.includes(word) ? open.pop() : undefined
    if (opener === undefined) continue
    must(tokens[index], 'it was pushed').partner = opener
    must(tokens[opener], 'it is open').partner = index
  }
  return tokens
}

function endOfConstant(text: string, tokens: readonly Token[], index: number): number {
  const token = tokens[index]
  // The parser folds the sign into a number.
  const isSigned = token !== undefined && text.slice(token.start, token.end) === '-'
  return (isSigned ? tokens[index + 1]?.end : token?.end) ?? text.length
}

/** Widens a range that cuts through brackets until it holds them in pairs. */
function balance({ start, end }: SourceRange, tokens: readonly Token[]): SourceRange {
  const inside = tokens.filter((token) => token.start >= start && token.end <= end)
  const partners = inside.flatMap(({ partner }) => tokens[partner] ?? [])
  const widened = {
    start: Math.min(start, ...partners.map((token) => token.start)),
    end: Math.max(end, ...partners.map((token) => token.end)),
  }
  return widened.start === start && widened.end === end ? widened : balance(widened, tokens)
}

function isPrefix(name: string): boolean {
  return name === '!_' || name === '-_'
}

function isOperator(name: string): boolean {
  return name === '@in' || name.startsWith('_')
}

import type { CelValue } from '@bufbuild/cel'
import { listValue } from './cel-value'
import { compileCall } from './compile-call'
import { compileLogic, isLogic } from './compile-logic'
import { compileMacro } from './compile-macro'
import { compileMap } from './compile-map'
import { compileHas, compileIndex, compileSelect } from './compile-select'
import type { BindExpr, Expr } from './expression'
import type { Compiler, Local, Run, Scope } from './frame'
import { Failure, isStuck } from './outcome'
import { qualifiedName, typeNames } from './type-names'

/** A name that stands for another expression. */
export interface NamedExpr {
  readonly name: string
  readonly expr: Expr
}

export interface CompileOptions {
  /** Each sees those before it. */
  readonly binds: readonly NamedExpr[]
  /** Tells the frame's `trace` what every node yields. */
  readonly isTraced: boolean
}

export interface Compiled {
  readonly run: Run
  /** It may make timestamps and durations, for which the library wants a context. */
  readonly needsLibrary: boolean
}

/** The expression as a function of the frame. It never throws: a failure is what it yields. */
export function compileExpression(expr: Expr, { binds, isTraced }: CompileOptions): Compiled {
  let slotCount = 0
  let needsLibrary = false
  const compiler: Compiler = {
    newSlot: () => slotCount++,
    needLibrary: () => {
      needsLibrary = true
    },
    compile: (child, scope) => {
      const run = compileNode(child, scope, compiler)
      return isTraced ? traced(child, run) : run
    },
  }
  const scope = binds.reduce<Scope>(
    (outer, bind) =>
      withLocal(outer, bind.name, {
        slot: compiler.newSlot(),
        init: compiler.compile(bind.expr, outer),
      }),
    new Map(),
  )
  return { run: compiler.compile(expr, scope), needsLibrary }
}

function compileNode(expr: Expr, scope: Scope, compiler: Compiler): Run {
  switch (expr.kind) {
    case 'constant':
      return always(expr.value)
    case 'ident':
      return compileIdent(expr, expr.name, scope)
    case 'select':
      return compileTypeName(expr) ?? compileSelect(expr, scope, compiler)
    case 'has':
      return compileHas(expr, scope, compiler)
    case 'call':
      if (isLogic(expr)) return compileLogic(expr, scope, compiler)
      if (expr.name === '_[_]') return compileIndex(expr, scope, compiler)
      return compileCall(expr, scope, compiler)
    case 'list':
      return compileList(expr.elements, scope, compiler)
    case 'map':
      return compileMap(expr, scope, compiler)
    case 'macro':
      return compileMacro(expr, scope, compiler)
    case 'bind':
      return compileBind(expr, scope, compiler)
    case 'unsupported':
      return always(new Failure(`unknown type: ${expr.what}`, expr))
  }
}

function compileIdent(expr: Expr, name: string, scope: Scope): Run {
  const local = scope.get(name)
  if (local) return readLocal(local)
  const missing = typeNames.get(name) ?? new Failure(`undeclared reference to '${name}'`, expr)
  return ({ globals }) => {
    const value = globals[name]
    return value === undefined ? missing : value
  }
}

function readLocal({ slot, init }: Local): Run {
  if (!init) return ({ locals }) => locals[slot] ?? null
  return (frame) => {
    const known = frame.locals[slot]
    if (known !== undefined) return known
    const value = init(frame)
    frame.locals[slot] = value
    return value
  }
}

/** `google.protobuf.Timestamp` and its like, which only look like selections. */
function compileTypeName(expr: Expr): Run | null {
  const type = typeNames.get(qualifiedName(expr) ?? '')
  return type ? always(type) : null
}

function compileList(elements: readonly Expr[], scope: Scope, { compile }: Compiler): Run {
  const runs = elements.map((element) => compile(element, scope))
  return (frame) => {
    const items: CelValue[] = []
    for (const run of runs) {
      const item = run(frame)
      if (isStuck(item)) return item
      items.push(item)
    }
    return listValue(items)
  }
}

function compileBind(expr: BindExpr, scope: Scope, { compile, newSlot }: Compiler): Run {
  const slot = newSlot()
  const init = compile(expr.init, scope)
  const body = compile(expr.body, withLocal(scope, expr.name, { slot, init }))
  return (frame) => {
    // Inside a macro the same bind is entered again, and must not remember the last item.
    frame.locals[slot] = undefined
    return body(frame)
  }
}

function withLocal(scope: Scope, name: string, local: Local): Scope {
  return new Map(scope).set(name, local)
}

function always(outcome: CelValue | Failure): Run {
  return () => outcome
}

function traced(expr: Expr, run: Run): Run {
  return (frame) => {
    const outcome = run(frame)
    frame.trace?.(expr, outcome)
    return outcome
  }
}

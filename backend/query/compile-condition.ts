import { join, type Sql, sql } from '@/backend/sql/sql'
import type { LinkEnd } from '../schema/attr'
import { type CompileContext, type EntityRef, unguarded } from './compile-context'
import { compileLink, ends } from './compile-link'
import { compileFailure, compileTest } from './compile-test'
import type { Chain, Condition, Level } from './plan'

/**
 * SQL that holds of the rows of a level: those that its `where` matches and that may be shown. The
 * planner knows nothing of the values a row-local rule asks for: it would expect next to no row to
 * pass and sort the whole namespace for one page. Of a `case` it expects half to pass, and walks the
 * rows in their order.
 */
export function compileLevel(context: CompileContext, level: Level, entity: EntityRef): Sql {
  const where = compileCondition(context, level.where, { ...entity, isShown: true })
  const filter = context.rowFilter(entity)
  if (!filter) return where
  return context.isRowLocal(entity.namespace)
    ? sql`(${where} and case when ${filter} then true else false end)`
    : sql`(${where} and ${filter})`
}

/** SQL of a condition on an entity. Never null. */
export function compileCondition(
  context: CompileContext,
  condition: Condition,
  entity: EntityRef,
): Sql {
  switch (condition.kind) {
    case 'never':
      return sql`false`
    case 'all':
      return compileEach(context, condition.of, { entity, separator: sql` and `, empty: sql`true` })
    case 'any':
      return compileEach(context, condition.of, { entity, separator: sql` or `, empty: sql`false` })
    case 'joined':
      return join(
        components(condition.chains).map((chains) => compileJoined(context, chains, entity)),
        sql` and `,
      )
    case 'lacking':
      return compileLacking(context, { chain: condition.chain, entity })
  }
}

function compileEach(
  context: CompileContext,
  conditions: readonly Condition[],
  { entity, separator, empty }: { entity: EntityRef; separator: Sql; empty: Sql },
): Sql {
  if (conditions.length === 0) return empty
  const compiled = conditions.map((condition) => compileCondition(context, condition, entity))
  return sql`(${join(compiled, separator)})`
}

/**
 * Some chain from the entity fails the test at its end, or cannot be walked to its end
 * (semantics.md 3.4: `$not` and `$isNull: true`).
 */
function compileLacking(
  context: CompileContext,
  { chain, entity }: { chain: Chain; entity: EntityRef },
): Sql {
  const [hop, ...hops] = chain.hops
  if (!hop) return compileFailure(context, chain.test, entity)
  const alias = context.newAlias()
  const rest = compileLacking(context, {
    chain: { hops, test: chain.test },
    entity: { id: sql`${alias}.${ends(hop.direction).there}`, namespace: hop.target, data: null },
  })
  const walk = { link: hop, alias }
  // That a chain breaks is no fact of anybody's, so it is seen past all rules.
  const broken = compileLink({ ...context, guard: unguarded }, walk, entity)
  const walked = compileLink(context, walk, entity)
  return sql`(not exists (select 1 from links ${alias} where ${broken}) or exists (select 1 from links ${alias} where ${walked} and ${rest}))`
}

/** The name of the entity that a chain passes after a number of hops: Instant's variable. */
function variable(hop: LinkEnd, depth: number): string {
  return `${hop.target}@${depth}`
}

function variables(chain: Chain): string[] {
  return chain.hops.map((hop, index) => variable(hop, index + 1))
}

/** Groups of chains that share an entity, directly or through others; each can stand alone. */
function components(chains: readonly Chain[]): (readonly Chain[])[] {
  return chains
    .reduce<{ names: ReadonlySet<string>; chains: readonly Chain[] }[]>((groups, chain) => {
      const names = variables(chain)
      const related = groups.filter((group) => names.some((name) => group.names.has(name)))
      const others = groups.filter((group) => !related.includes(group))
      return [
        ...others,
        {
          names: new Set([...related.flatMap((group) => [...group.names]), ...names]),
          chains: [...related.flatMap((group) => group.chains), chain],
        },
      ]
    }, [])
    .map((group) => group.chains)
}

interface Walk {
  /** Entities reached so far, by variable. */
  readonly reached: ReadonlyMap<string, EntityRef>
  /** Links already joined, so that chains with a common beginning walk it once. */
  readonly edges: ReadonlySet<string>
  readonly tables: readonly Sql[]
  readonly tests: readonly Sql[]
}

function compileJoined(context: CompileContext, chains: readonly Chain[], root: EntityRef): Sql {
  const start: Walk = { reached: new Map(), edges: new Set(), tables: [], tests: [] }
  const walk = chains.reduce((so, chain) => walkChain(context, { walk: so, chain, root }), start)
  const tests = join(walk.tests, sql` and `)
  if (walk.tables.length === 0) return tests
  return sql`exists (select 1 from ${join(walk.tables, sql`, `)} where ${tests})`
}

function walkChain(
  context: CompileContext,
  { walk, chain, root }: { walk: Walk; chain: Chain; root: EntityRef },
): Walk {
  let here = root
  let at = 'root'
  let current = walk
  for (const [index, hop] of chain.hops.entries()) {
    const name = variable(hop, index + 1)
    current = walkHop(context, { walk: current, hop, here, at, name })
    here = current.reached.get(name) ?? here
    at = name
  }
  return { ...current, tests: [...current.tests, compileTest(context, chain.test, here)] }
}

function walkHop(
  context: CompileContext,
  {
    walk,
    hop,
    here,
    at,
    name,
  }: { walk: Walk; hop: LinkEnd; here: EntityRef; at: string; name: string },
): Walk {
  const edge = `${at} ${hop.attr.key} ${hop.direction} ${name}`
  if (walk.edges.has(edge)) return walk
  const alias = context.newAlias()
  const there = sql`${alias}.${ends(hop.direction).there}`
  const known = walk.reached.get(name)
  const linked = compileLink(context, { link: hop, alias }, here)
  return {
    reached: known
      ? walk.reached
      : new Map([...walk.reached, [name, { id: there, namespace: hop.target, data: null }]]),
    edges: new Set([...walk.edges, edge]),
    tables: [...walk.tables, sql`links ${alias}`],
    tests: [...walk.tests, known ? sql`${linked} and ${there} = ${known.id}` : linked],
  }
}

import { isJsonObject, type Json } from '@/lib/base/json'

/** Names that stand for expressions in a namespace (contract semantics.md 6.2). */
export interface Binds {
  readonly texts: ReadonlyMap<string, Json>
  /** A list of names and expressions in turn with one of them left over: nothing can be used. */
  readonly isOdd: boolean
  /** Names given more than once. The last one counts. */
  readonly repeated: readonly string[]
  /** Neither an object nor a list that starts every pair with a name. */
  readonly isMisshapen: boolean
}

/** Both spellings of `bind`: an object, or a list of names and expressions in turn. */
export function readBinds(bind: Json | undefined): Binds {
  if (bind === undefined || bind === null) return { ...proper, texts: new Map() }
  if (isJsonObject(bind)) return { ...proper, texts: new Map(Object.entries(bind)) }
  if (!Array.isArray(bind)) return { ...proper, texts: new Map(), isMisshapen: true }
  return readList(bind)
}

const proper = { isOdd: false, repeated: [], isMisshapen: false }

function readList(list: readonly Json[]): Binds {
  const texts = new Map<string, Json>()
  const repeated = new Set<string>()
  let isMisshapen = false
  for (let at = 0; at + 1 < list.length; at += 2) {
    const name = list[at]
    if (typeof name !== 'string') {
      isMisshapen = true
      continue
    }
    if (texts.has(name)) repeated.add(name)
    texts.set(name, list[at + 1] ?? null)
  }
  return { texts, isOdd: list.length % 2 === 1, repeated: [...repeated], isMisshapen }
}

import type { Json, JsonObject } from '@/lib/base/json'
import type { Attr, DataAttr, LinkAttr } from '../schema/attr'
import type { Mode } from './step'

/** A look-up whose attribute is known to be unique. Equal keys mean the same entity. */
export interface Lookup {
  readonly key: string
  readonly attr: Attr
  readonly value: Json
}

/** An entity whose id may still have to be looked up. */
export type Subject =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'lookup'; readonly lookup: Lookup }

/** What a transaction consists of once names are attributes. `S` stands for an entity. */
export type Op<S = Subject> =
  | (PutOp<S> & { readonly kind: 'put' })
  | (ValuesOp<S> & { readonly kind: 'merge' })
  | (LinkOp<S> & { readonly kind: 'link' })
  | (LinkOp<S> & { readonly kind: 'unlink' })
  | { readonly kind: 'delete'; readonly namespace: string; readonly entity: S }
  | (ParamsOp<S> & { readonly kind: 'params' })

interface ValuesOp<S> {
  readonly namespace: string
  readonly entity: S
  readonly values: readonly (readonly [attr: DataAttr, value: Json])[]
}

interface LinkOp<S> {
  readonly attr: LinkAttr
  readonly from: S
  readonly to: S
}

/** What rules are told of an entity; it writes nothing. */
interface ParamsOp<S> {
  readonly namespace: string
  readonly entity: S
  readonly params: JsonObject
}

/** Makes the entity when there is none, then sets whole values. */
export interface PutOp<S> extends ValuesOp<S> {
  readonly mode: Mode
  /** How many facts the step writes; errors name the entity once for each. */
  readonly facts: number
  /** The look-up that stands for the entity: a new one gets its value too. */
  readonly lookup: Lookup | null
  /** No step says so: the put stands before a link or unlink of an entity that is looked up. */
  readonly isImplicit?: true
}

/** Kinds of ops in the sense of the order of execution (contract semantics.md 5.2). */
export type GroupKind = 'set' | 'merge' | 'retract' | 'delete'

export type OpOf<K extends Op['kind'], S> = Extract<Op<S>, { readonly kind: K }>

export type Group<S> =
  | {
      readonly kind: 'set'
      readonly puts: readonly OpOf<'put', S>[]
      readonly links: readonly OpOf<'link', S>[]
    }
  | { readonly kind: 'merge'; readonly ops: readonly OpOf<'merge', S>[] }
  | { readonly kind: 'retract'; readonly ops: readonly OpOf<'unlink', S>[] }
  | { readonly kind: 'delete'; readonly ops: readonly OpOf<'delete', S>[] }

/** What whom one acts as sees of a record that is there for the admin. */
export type Sight =
  | {
      readonly kind: 'seen'
      /** Attributes and has-one links that are set and not shown to them. */
      readonly stripped: readonly string[]
    }
  | { readonly kind: 'hidden' }
  /** A rule cannot be evaluated for the record, which is neither seen nor hidden. */
  | { readonly kind: 'failed'; readonly message: string }

/** Whether they see a record in another way than the admin. */
export function differs(sight: Sight | undefined): boolean {
  return sight !== undefined && (sight.kind !== 'seen' || sight.stripped.length > 0)
}

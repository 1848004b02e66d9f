/** Success or a failure the person can act on. What server actions return, since throwing redacts. */
export type Result<T, E> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: E }

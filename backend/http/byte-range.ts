/** What a `Range` header asks for of a representation of `sizeBytes` (RFC 9110, 14). */
export type RangeRequest =
  | { readonly kind: 'all' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' }

/** Ranges that are malformed, or several at once, count as none: the whole is always a right answer. */
export function parseRange(header: string | undefined, sizeBytes: number): RangeRequest {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || first + last === '') return { kind: 'all' }
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return { kind: 'all' }
  return start > end ? { kind: 'unsatisfiable' } : { kind: 'part', start, end }
}

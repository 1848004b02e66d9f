/** What is promised of bytes that come in, and what they turn out to be. */
export interface Measured {
  /** The bytes, passed on; ends with the error of `refuse` as soon as a promise is broken. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** How many have come so far. */
  count(): number
}

export interface Measures {
  readonly limitBytes: number
  /** The length that was announced; null when none was. */
  readonly announcedBytes: number | null
  readonly refuse: (fault: 'too large' | 'other length', count: number) => Error
}

/** Counts bytes as they pass, so that no more than the limit is ever taken. */
export function measureBytes(
  source: AsyncIterable<Uint8Array>,
  { limitBytes, announcedBytes, refuse }: Measures,
): Measured {
  let count = 0
  async function* pass(): AsyncIterable<Uint8Array> {
    for await (const chunk of source) {
      count += chunk.byteLength
      if (count > limitBytes) throw refuse('too large', count)
      yield chunk
    }
    if (announcedBytes !== null && count !== announcedBytes) throw refuse('other length', count)
  }
  return { bytes: pass(), count: () => count }
}

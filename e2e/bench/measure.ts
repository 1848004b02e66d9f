/** Latencies of one request, in milliseconds, and how many are answered in a second. */
export interface Figures {
  readonly p50: number
  readonly p95: number
  readonly max: number
  readonly perSecond: number
}

export interface Load {
  /** How many requests are under way at any time. */
  readonly concurrency: number
  readonly durationMs: number
}

/** Repeats the request for a while; its first runs, which warm up caches and plans, do not count. */
export async function measure(
  request: (round: number) => Promise<void>,
  { concurrency, durationMs }: Load,
): Promise<Figures> {
  for (let round = 0; round < 5; round++) await request(round)
  const times: number[] = []
  let round = 5
  const startedAt = performance.now()
  const isOver = () => performance.now() - startedAt > durationMs
  const runOne = async () => {
    while (!isOver()) {
      round += 1
      const sentAt = performance.now()
      await request(round)
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, runOne))
  const seconds = (performance.now() - startedAt) / 1000
  times.sort((a, b) => a - b)
  const at = (part: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
  return { p50: at(0.5), p95: at(0.95), max: at(1), perSecond: times.length / seconds }
}

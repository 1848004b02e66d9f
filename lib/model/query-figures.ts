const whole = new Intl.NumberFormat('en')

/** A count with its noun: `1 record`, `12,000 records`. */
export function formatCount(count: number, noun: string): string {
  return `${whole.format(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A size with three digits at most, in powers of 1,000: `812 B`, `1.24 kB`, `38.1 MB`. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let scaled = sizeBytes / 1_000
  let unit = 0
  // 999.5 would be written as 1000, which is the next unit's 1.
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1_000
    unit += 1
  }
  return `${threeDigits(scaled)} ${units[unit]}`
}

/** A duration: `0.8 ms`, `42 ms`, `1.24 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 9.95) return `${Math.round(durationMs * 10) / 10} ms`
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`
  return `${threeDigits(durationMs / 1_000)} s`
}

function threeDigits(value: number): string {
  const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  return String(Number(value.toFixed(digits)))
}

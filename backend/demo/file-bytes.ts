import { toIso } from './demo-time'
import { pdf } from './pdf'
import { png } from './png'
import type { Random } from './random'
import { zip } from './zip'

/** Formats of the demo's files. */
export type DemoFormat = 'png' | 'pdf' | 'csv' | 'log' | 'svg' | 'zip'

/**
 * Small real content of a format, the same for the same random numbers. Compressors differ between
 * versions, so nothing is compressed.
 */
export function demoBytes(format: DemoFormat, random: Random): Buffer {
  switch (format) {
    case 'png':
      return png(random)
    case 'pdf':
      return pdf([
        `Invoice ${random.between(1000, 9999)}`,
        `Total: EUR ${random.between(5, 900)}.00`,
      ])
    case 'csv':
      return Buffer.from(csv(random))
    case 'log':
      return Buffer.from(log(random))
    case 'svg':
      return Buffer.from(svg(random))
    case 'zip':
      return zip('server.log', Buffer.from(log(random)))
  }
}

function csv(random: Random): string {
  const rows = Array.from({ length: random.between(3, 40) }, (_, at) =>
    [at + 1, random.pick(['Größe', 'naïve', 'plain', '"quoted, twice"']), random.int(1_000)].join(
      ',',
    ),
  )
  return ['number,text,amount', ...rows, ''].join('\r\n')
}

function log(random: Random): string {
  const start = Date.UTC(2026, random.int(6), random.between(1, 28))
  const stepMs = random.between(1, 9_000)
  const lines = Array.from({ length: random.between(5, 60) }, (_, at) => {
    const level = random.pick(['INFO', 'INFO', 'INFO', 'WARN', 'ERROR'])
    return `${toIso(start + at * stepMs)} ${level} request ${random.int(100_000)}`
  })
  return `${lines.join('\n')}\n`
}

function svg(random: Random): string {
  const bars = Array.from({ length: 8 }, (_, at) => {
    const height = random.between(10, 80)
    return `  <rect x="${at * 20 + 4}" y="${90 - height}" width="14" height="${height}" fill="#2563eb"/>`
  })
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 168 100" role="img">',
    '  <title>図 1</title>',
    ...bars,
    '</svg>',
    '',
  ].join('\n')
}

/**
 * What becomes of writes while the dashboard acts as somebody. `view`: none is made. `dry`: each is
 * tried and judged, and nothing is written. `real`: they are written as that somebody.
 */
export const writeModes = ['view', 'dry', 'real'] as const

export type WriteMode = (typeof writeModes)[number]

/** The parameter of a page's address that says so; without it, writes are dry runs. */
export const modeParam = 'mode'

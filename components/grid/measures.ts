import type { Density } from './grid-layout'

/** In pixels. The virtual rows and the styles must agree on them. */
export const headingHeight = 34
export const gutterWidth = 52

export const rowHeights: Readonly<Record<Density, number>> = {
  compact: 28,
  normal: 32,
  comfortable: 40,
}

/** The narrowest window in which columns are pinned: in less they would leave nothing else in view. */
export const pinsFromWidth = 640

/** A text of so many characters is hardly ever cut off by its cell, and not told again on hover. */
export const untitledLength = 24

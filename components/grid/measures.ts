/** In pixels. The virtual rows and the styles must agree on them. */
export const rowHeight = 32
export const headingHeight = 34
export const gutterWidth = 52

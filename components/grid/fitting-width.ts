import { clampWidth } from './grid-layout'

/** Beyond this one reads a value on its own rather than in a column. */
const widest = 640

const padding = 18

/**
 * How wide a column must be for the cells of it that are drawn, and for its heading, or null when
 * none is. What a cell cuts off counts.
 */
export function fittingWidth(grid: HTMLElement, columnIndex: number): number | null {
  const cells = grid.querySelectorAll(`[aria-colindex="${columnIndex + 2}"]:not([aria-colspan])`)
  if (cells.length === 0) return null
  const widths = [...cells].map((cell) => contentWidth(cell))
  return clampWidth(Math.min(widest, Math.ceil(Math.max(...widths)) + padding))
}

// The sum of what stands side by side, each as wide as its text would be if nothing were cut off.
function contentWidth(cell: Element): number {
  const parts = [...cell.children].filter((part) => {
    const { position, display } = getComputedStyle(part)
    return position !== 'absolute' && display !== 'none'
  })
  if (parts.length === 0) return textWidth(cell)
  const gap = Number.parseFloat(getComputedStyle(cell).columnGap) || 0
  return parts.reduce((sum, part) => sum + partWidth(part) + gap, -gap)
}

function partWidth(part: Element): number {
  const { paddingLeft, paddingRight, marginLeft, marginRight } = getComputedStyle(part)
  const around = [paddingLeft, paddingRight, marginLeft, marginRight].reduce(
    (sum, each) => sum + (Number.parseFloat(each) || 0),
    0,
  )
  const isFlex = getComputedStyle(part).display.includes('flex')
  if (isFlex && part.children.length > 0) return contentWidth(part) + around
  return textWidth(part) + around
}

function textWidth(element: Element): number {
  if (!element.firstChild) return element.getBoundingClientRect().width
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect().width
}

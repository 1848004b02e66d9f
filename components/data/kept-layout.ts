import { densities, type GridLayout } from '@/components/grid/grid-layout'
import { isJsonObject } from '@/lib/base/json'
import { widthRange } from '@/lib/model/namespace-view'

/** What a browser has kept of a layout. What of it cannot be read is as described. */
export function parseKeptLayout(text: string | null): GridLayout {
  const parsed = parseJson(text)
  const kept: Readonly<Record<string, unknown>> = isJsonObject(parsed) ? parsed : {}
  return {
    order: toNames(kept.order),
    hidden: toNames(kept.hidden),
    widths: toWidths(kept.widths),
    pinned: toNames(kept.pinned),
    density: densities.find((each) => each === kept.density) ?? 'normal',
  }
}

function toNames(value: unknown): readonly string[] {
  const isNames = Array.isArray(value) && value.every((name) => typeof name === 'string')
  return isNames ? value : []
}

function toWidths(value: unknown): Readonly<Record<string, number>> {
  const isWidth = (width: unknown): width is number =>
    typeof width === 'number' && width >= widthRange.min && width <= widthRange.max
  const widths = isJsonObject(value) ? Object.entries(value) : []
  return Object.fromEntries(
    widths.flatMap(([name, width]) => (isWidth(width) ? [[name, width] as const] : [])),
  )
}

/** The part of a layout that an address says. */
type AddressLayout = Pick<GridLayout, 'order' | 'hidden' | 'widths'>

/** The layout to show: where the address says something, that counts, and else what was kept. */
export function layoutOf(
  address: AddressLayout,
  kept: GridLayout,
  columnIds: readonly string[],
): GridLayout {
  const isTold = (part: AddressLayout[keyof AddressLayout]) => Object.keys(part).length > 0
  const hidden = isTold(address.hidden) ? address.hidden : kept.hidden
  return {
    ...kept,
    order: isTold(address.order) ? address.order : kept.order,
    // The columns may be others than those there were when it was kept.
    hidden: columnIds.every((id) => hidden.includes(id)) ? [] : hidden,
    widths: isTold(address.widths) ? address.widths : kept.widths,
  }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
}

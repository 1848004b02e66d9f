import { z } from 'zod'
import { densities, type GridLayout } from '@/components/grid/grid-layout'
import { widthRange } from '@/lib/model/namespace-view'

const names = z.array(z.string()).catch([])

const keptLayout = z.object({
  order: names,
  hidden: names,
  widths: z.record(z.string(), z.number().min(widthRange.min).max(widthRange.max)).catch({}),
  pinned: names,
  density: z.enum(densities).catch('normal'),
})

/** What a browser has kept of a layout. What of it cannot be read is as described. */
export function parseKeptLayout(text: string | null): GridLayout {
  const { data } = keptLayout.safeParse(parseJson(text))
  return data ?? keptLayout.parse({})
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

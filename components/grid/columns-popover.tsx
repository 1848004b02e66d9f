'use client'

import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { Popover } from '@/components/ui/popover'
import { ColumnsItem } from './columns-item'
import type { GridColumn } from './grid-column'
import {
  asDescribed,
  densities,
  type GridLayout,
  moveColumn,
  orderColumns,
  toggled,
} from './grid-layout'

interface ColumnsPopoverProps<Row> {
  readonly columns: readonly GridColumn<Row>[]
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
}

/** With more columns than this, one is looked for by name. */
const findableFrom = 12

/** Every column, shown or not, in order, and how high rows are. The only way back for a hidden column. */
export function ColumnsPopover<Row>({ columns, layout, onLayoutChange }: ColumnsPopoverProps<Row>) {
  const [wanted, setWanted] = useState('')
  const [dragged, setDragged] = useState<string | null>(null)
  const ids = columns.map(({ id }) => id)
  const order = orderColumns(ids, layout.order)
  const shownCount = ids.filter((id) => !layout.hidden.includes(id)).length
  const labels = new Map(columns.map(({ id, label }) => [id, label]))
  const found = order.filter((id) =>
    labels.get(id)?.toLowerCase().includes(wanted.trim().toLowerCase()),
  )

  function move(column: string, to: string | undefined) {
    if (to === undefined) return
    onLayoutChange({ ...layout, order: moveColumn(ids, layout.order, { column, to }) })
  }
  const hide = (hidden: readonly string[]) => onLayoutChange({ ...layout, hidden })

  return (
    <Popover
      title="Columns"
      trigger={
        <Button
          variant="quiet"
          icon={<Columns3 />}
          aria-label={`Columns, ${shownCount} of ${ids.length} shown`}
        >
          <span className="hidden sm:inline">Columns</span>
          <span className="text-faint">
            {shownCount === ids.length ? ids.length : `${shownCount}/${ids.length}`}
          </span>
        </Button>
      }
    >
      {ids.length > findableFrom && (
        <Input
          type="search"
          aria-label="Find a column"
          placeholder="Find a column"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className="mb-2"
        />
      )}
      <ul aria-label="Columns" className="-mx-1 max-h-80 overflow-y-auto">
        {found.map((id) => (
          <ColumnsItem
            key={id}
            label={labels.get(id) ?? id}
            isShown={!layout.hidden.includes(id)}
            isOnlyShown={shownCount === 1 && !layout.hidden.includes(id)}
            isPinned={layout.pinned.includes(id)}
            isFirst={id === order[0]}
            isLast={id === order.at(-1)}
            onToggle={() => hide(toggled(layout.hidden, id))}
            onPin={() => onLayoutChange({ ...layout, pinned: toggled(layout.pinned, id) })}
            onStep={(by) => move(id, order[order.indexOf(id) + by])}
            onDrag={setDragged}
            onDragOver={() => dragged !== null && dragged !== id && move(dragged, id)}
            id={id}
            isDragged={dragged === id}
          />
        ))}
        {found.length === 0 && (
          <li className="px-1 py-2 text-muted text-xs">No column has this in its name.</li>
        )}
      </ul>
      <div className="mt-2 flex gap-2 border-line border-t pt-2">
        <Button size="small" onClick={() => hide([])} disabled={layout.hidden.length === 0}>
          Show all
        </Button>
        <Button
          size="small"
          variant="quiet"
          onClick={() => onLayoutChange({ ...asDescribed, density: layout.density })}
        >
          Reset columns
        </Button>
      </div>
      <fieldset className="mt-2 flex items-center gap-2 border-line border-t pt-2">
        <legend className="sr-only">Height of rows</legend>
        <span aria-hidden="true" className="text-muted text-xs">
          Rows
        </span>
        <div className="ml-auto flex rounded-md border border-line-strong p-0.5">
          {densities.map((density) => (
            <label
              key={density}
              className={cn(
                'rounded px-2 text-xs capitalize leading-5 coarse:leading-8 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent',
                density === layout.density ? 'bg-accent-soft text-accent-text' : 'hover:bg-hover',
              )}
            >
              <input
                type="radio"
                name="density"
                className="sr-only"
                checked={density === layout.density}
                onChange={() => onLayoutChange({ ...layout, density })}
              />
              {density}
            </label>
          ))}
        </div>
      </fieldset>
    </Popover>
  )
}

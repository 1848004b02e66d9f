'use client'

import { ChevronDown, ChevronUp, Columns3 } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Popover } from '@/components/ui/popover'
import type { GridColumn } from './grid-column'
import { type GridLayout, moveColumn, orderColumns, toggleHidden } from './grid-layout'

interface ColumnsPopoverProps<Row> {
  readonly columns: readonly GridColumn<Row>[]
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
}

/** Every column, shown or not, in order. The only way back for a hidden one. */
export function ColumnsPopover<Row>({ columns, layout, onLayoutChange }: ColumnsPopoverProps<Row>) {
  const ids = columns.map(({ id }) => id)
  const order = orderColumns(ids, layout.order)
  const shownCount = ids.filter((id) => !layout.hidden.includes(id)).length
  const labels = new Map(columns.map(({ id, label }) => [id, label]))

  function step(id: string, by: -1 | 1) {
    const target = order[order.indexOf(id) + by]
    if (target)
      onLayoutChange({
        ...layout,
        order: moveColumn(ids, layout.order, { column: id, to: target }),
      })
  }

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
      <ul className="-mx-1">
        {order.map((id, index) => (
          <li
            key={id}
            className="group/item flex h-8 items-center gap-1 rounded px-1 hover:bg-hover"
          >
            <label className="flex min-w-0 flex-1 items-center gap-2">
              <input
                type="checkbox"
                className="size-3.5 accent-accent"
                checked={!layout.hidden.includes(id)}
                disabled={shownCount === 1 && !layout.hidden.includes(id)}
                onChange={() =>
                  onLayoutChange({ ...layout, hidden: toggleHidden(layout.hidden, id) })
                }
              />
              <span className="truncate">{labels.get(id)}</span>
            </label>
            <IconButton
              size="small"
              label={`Move ${labels.get(id)} up`}
              disabled={index === 0}
              onClick={() => step(id, -1)}
            >
              <ChevronUp aria-hidden="true" />
            </IconButton>
            <IconButton
              size="small"
              label={`Move ${labels.get(id)} down`}
              disabled={index === order.length - 1}
              onClick={() => step(id, 1)}
            >
              <ChevronDown aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="mt-2 flex gap-2 border-line border-t pt-2">
        <Button size="small" onClick={() => onLayoutChange({ ...layout, hidden: [] })}>
          Show all
        </Button>
        <Button
          size="small"
          variant="quiet"
          onClick={() => onLayoutChange({ order: [], hidden: [], widths: {} })}
        >
          Reset
        </Button>
      </div>
    </Popover>
  )
}

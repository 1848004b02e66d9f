'use client'

import { Copy, Filter, PanelRightOpen, Pencil } from 'lucide-react'
import { MenuItem, MenuSeparator } from '@/components/ui/menu'
import { type FilterTerm, noFilter } from '@/lib/model/filter/filter'
import { printFilter } from '@/lib/model/filter/print-filter'
import { valueTerms } from '@/lib/model/filter/value-terms'
import { toCopyText } from '@/lib/model/format-value'
import type { RecordRow } from '@/lib/model/record'
import { type AppSchema, findLink, type Namespace } from '@/lib/model/schema'

interface CellMenuItemsProps {
  readonly row: RecordRow
  readonly column: string
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly onFilter: (term: FilterTerm) => void
  readonly onOpen: () => void
  readonly onEdit: () => void
}

/** What can be done with the value of a cell, first of all to filter by it. */
export function CellMenuItems(props: CellMenuItemsProps) {
  const { row, column, namespace, schema, onFilter, onOpen, onEdit } = props
  const link = findLink(namespace, column)
  const isLink = link !== undefined
  // A row does not hold the targets of a link to many, so it offers nothing that is made of them.
  const isToMany = link?.cardinality === 'many'
  const value = isLink ? row.links[column]?.id : row.values[column]
  const terms = isToMany ? [] : valueTerms(column, value, { namespace, schema })
  const copy = () => void navigator.clipboard.writeText(toCopyText(value))
  return (
    <>
      {terms.map((term) => (
        <MenuItem key={term.operator} icon={<Filter />} onClick={() => onFilter(term)}>
          {`Filter: ${shorten(printFilter({ ...noFilter, of: [term] }))}`}
        </MenuItem>
      ))}
      {terms.length > 0 && <MenuSeparator />}
      {!isToMany && (
        <MenuItem icon={<Copy />} onClick={copy}>
          {isLink ? 'Copy the id' : 'Copy the value'}
        </MenuItem>
      )}
      <MenuItem icon={<PanelRightOpen />} onClick={onOpen} note="Shift Space">
        Open the record
      </MenuItem>
      {!isLink && column !== 'id' && (
        <MenuItem icon={<Pencil />} onClick={onEdit} note="Enter">
          Edit
        </MenuItem>
      )}
    </>
  )
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

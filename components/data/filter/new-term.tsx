'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Popover } from '@/components/ui/popover'
import type { FilterGroup, FilterTerm } from '@/lib/model/filter/filter'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { TermEditor } from './lazy-term-editor'
import type { FilterEdit } from './use-filter'

interface NewTermProps {
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly edit: FilterEdit
  /** Where it is added; the root, unless stated. */
  readonly group?: FilterGroup
  /** Makes it a small button with this name. */
  readonly label?: string
}

/** A button that asks for one more condition. */
export function NewTerm({ namespace, schema, edit, group, label }: NewTermProps) {
  const [isOpen, setOpen] = useState(false)
  const trigger = label ? (
    <IconButton size="small" label={label}>
      <Plus aria-hidden="true" />
    </IconButton>
  ) : (
    <Button variant="quiet" size="small" icon={<Plus />} className="h-7!">
      Filter
    </Button>
  )
  return (
    <Popover
      title="New filter"
      align="start"
      className="w-80"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={trigger}
    >
      <TermEditor
        term={firstTerm(namespace)}
        namespace={namespace}
        schema={schema}
        action="Add"
        onApply={(term) => {
          setOpen(false)
          edit.add(term, group)
        }}
      />
    </Popover>
  )
}

function firstTerm({ titleAttribute }: Namespace): FilterTerm {
  return { kind: 'term', path: [titleAttribute ?? 'id'], operator: '=', value: '', isOff: false }
}

'use client'

import { type RefObject, useCallback, useState } from 'react'
import type { NamespaceView } from '@/lib/model/namespace-view'
import type { RecordRef, RecordRow } from '@/lib/model/record'
import { findLink, type Namespace } from '@/lib/model/schema'
import type { ChangeView } from './use-view'

/** A field being edited. Not in the address: a reload would lose what was typed anyway. */
interface Editing extends RecordRef {
  readonly attribute: string
}

interface OpenRecordOptions {
  readonly namespace: Namespace
  readonly view: NamespaceView
  readonly changeView: ChangeView
  /** Gets the focus back when the panel closes. */
  readonly gridRef: RefObject<HTMLDivElement | null>
}

/** Which record is open, which of its fields is being edited, and the ways in and out. */
export function useOpenRecord({ namespace, view, changeView, gridRef }: OpenRecordOptions) {
  const [editing, setEditing] = useState<Editing | null>(null)
  const open = view.open.at(-1)

  const openTrail = useCallback(
    (trail: readonly RecordRef[]) => {
      setEditing(null)
      changeView({ open: trail })
    },
    [changeView],
  )

  const openRecord = useCallback((ref: RecordRef) => openTrail([ref]), [openTrail])

  const editCell = useCallback(
    (row: RecordRow, column: string) => {
      const ref = { namespace: namespace.name, id: row.id }
      const link = findLink(namespace, column)
      const target = row.links[column]
      // A link is not edited in place: the record at its end is opened, or else this one.
      if (link) return openRecord(target ? { namespace: link.target, id: target.id } : ref)
      changeView({ open: [ref] })
      setEditing({ ...ref, attribute: column })
    },
    [changeView, namespace, openRecord],
  )

  const close = useCallback(() => {
    openTrail([])
    gridRef.current?.focus({ preventScroll: true })
  }, [openTrail, gridRef])

  const edit = (attribute: string | null) =>
    setEditing(open && attribute !== null ? { ...open, attribute } : null)

  const isEditingOpen = editing?.id === open?.id && editing?.namespace === open?.namespace
  const editedAttribute = isEditingOpen ? (editing?.attribute ?? null) : null

  return { open, editedAttribute, openRecord, openTrail, editCell, edit, close }
}

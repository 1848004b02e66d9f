'use client'

import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { FailureNote } from '@/components/shell/failure-note'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/dialog'
import { formatCount } from '@/lib/model/format-value'
import type { RecordDetail } from '@/lib/model/record'
import type { Link, Namespace } from '@/lib/model/schema'
import { useDeleteRecord } from './use-delete-record'

interface DeleteRecordProps {
  readonly namespace: Namespace
  readonly record: RecordDetail
  readonly title: string | null
  readonly onDeleted: () => void
}

/** Deletes a record after saying what goes with it. */
export function DeleteRecord({ namespace, record, title, onDeleted }: DeleteRecordProps) {
  const [isOpen, setOpen] = useState(false)
  const deletion = useDeleteRecord({ ...useApp(), namespace: namespace.name, id: record.id })

  return (
    <>
      <Button
        size="small"
        variant="danger-quiet"
        icon={<Trash2 />}
        onClick={() => {
          deletion.reset()
          setOpen(true)
        }}
      >
        Delete…
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Delete this record of ${namespace.name}?`}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              variant="danger"
              disabled={deletion.isPending}
              onClick={() =>
                deletion.mutate(undefined, {
                  onSuccess: () => {
                    setOpen(false)
                    onDeleted()
                  },
                })
              }
            >
              {deletion.isPending ? 'Deleting…' : 'Delete'}
            </Button>
          </>
        }
      >
        {title && <p className="font-medium [overflow-wrap:anywhere]">{title}</p>}
        <p className="font-mono text-muted text-xs">{record.id}</p>
        <Consequences namespace={namespace} record={record} />
        {deletion.error && <FailureNote title="Not deleted" error={deletion.error} />}
      </ConfirmDialog>
    </>
  )
}

function Consequences({ namespace, record }: { namespace: Namespace; record: RecordDetail }) {
  const linked = namespace.links
    .map((link) => ({ link, total: record.links[link.label]?.total ?? 0 }))
    .filter(({ total }) => total > 0)
  const deleted = linked.filter(({ link }) => link.deletesTargets)
  const kept = linked.filter(({ link }) => !link.deletesTargets)

  return (
    <div className="my-3 space-y-3">
      {deleted.length > 0 && (
        <div className="rounded-md bg-danger-soft px-3 py-2 text-danger-text">
          <p className="font-medium">Deleted with it, and what they in turn take with them:</p>
          <ConsequenceList items={deleted} />
        </div>
      )}
      {kept.length > 0 && (
        <div className="text-muted">
          <p>Kept, but no longer linked to it:</p>
          <ConsequenceList items={kept} />
        </div>
      )}
      <p className="text-muted">It cannot be undone.</p>
    </div>
  )
}

function ConsequenceList({ items }: { items: readonly { link: Link; total: number }[] }) {
  return (
    <ul className="mt-1 list-disc pl-5">
      {items.map(({ link, total }) => (
        <li key={link.label}>
          {formatCount(total)} of {link.target} ({link.label})
        </li>
      ))}
    </ul>
  )
}

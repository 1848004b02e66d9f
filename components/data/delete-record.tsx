'use client'

import { FlaskConical, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { DryRunNote } from '@/components/shell/dry-run-note'
import { FailureNote } from '@/components/shell/failure-note'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/dialog'
import { decideWrite } from '@/lib/model/decide-write'
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

/** Deletes a record after saying what goes with it, or makes a dry run of that. */
export function DeleteRecord({ namespace, record, title, onDeleted }: DeleteRecordProps) {
  const [isOpen, setOpen] = useState(false)
  const app = useApp()
  const decision = decideWrite(app)
  const isDry = decision.kind === 'try'
  const deletion = useDeleteRecord({ ...app, namespace: namespace.name, id: record.id })

  return (
    <>
      {decision.kind === 'refuse' && (
        <p className="mr-auto min-w-0 truncate text-muted text-xs" title={decision.reason}>
          {decision.reason}
        </p>
      )}
      <Button
        size="small"
        variant="danger-quiet"
        icon={<Trash2 />}
        disabled={decision.kind === 'refuse'}
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
              variant={isDry ? 'primary' : 'danger'}
              {...(isDry && { icon: <FlaskConical /> })}
              disabled={deletion.isPending}
              onClick={() =>
                deletion.mutate(undefined, {
                  onSuccess: ({ kind }) => {
                    if (kind === 'tried') return
                    setOpen(false)
                    onDeleted()
                  },
                })
              }
            >
              {wordsOfDelete(isDry, deletion.isPending)}
            </Button>
          </>
        }
      >
        {title && <p className="font-medium [overflow-wrap:anywhere]">{title}</p>}
        <p className="font-mono text-muted text-xs">{record.id}</p>
        <Consequences namespace={namespace} record={record} isDry={isDry} />
        {deletion.error && (
          <FailureNote
            title={isDry ? 'The dry run failed' : 'Not deleted'}
            error={deletion.error}
          />
        )}
        {deletion.data?.kind === 'tried' && <DryRunNote dryRun={deletion.data} />}
      </ConfirmDialog>
    </>
  )
}

function wordsOfDelete(isDry: boolean, isPending: boolean): string {
  if (isDry) return isPending ? 'Trying…' : 'Dry run'
  return isPending ? 'Deleting…' : 'Delete'
}

interface ConsequencesProps extends Pick<DeleteRecordProps, 'namespace' | 'record'> {
  readonly isDry: boolean
}

function Consequences({ namespace, record, isDry }: ConsequencesProps) {
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
      <p className="text-muted">
        {isDry ? 'This is a dry run: nothing will be deleted.' : 'It cannot be undone.'}
      </p>
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

'use client'

import { Pencil } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { describeAttribute, TypeIcon } from '@/components/field/type-icon'
import { useApp } from '@/components/shell/acting'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import type { Json } from '@/lib/base/json'
import { decideWrite } from '@/lib/model/decide-write'
import { formatDate, toCopyText } from '@/lib/model/format-value'
import { formatInZone } from '@/lib/model/moment'
import type { RecordDetail } from '@/lib/model/record'
import { type Attribute, type Namespace, whyNotEditable } from '@/lib/model/schema'
import { Missing, Null } from './cell'
import { FieldEditor } from './field-editor'
import { useTimeZone } from './use-time-zone'

interface RecordFieldsProps {
  readonly namespace: Namespace
  readonly record: RecordDetail
  readonly editing: string | null
  readonly onEdit: (attribute: string | null) => void
}

/** Every attribute of a record, and the editor of the one being edited. */
export function RecordFields({ namespace, record, editing, onEdit }: RecordFieldsProps) {
  const decision = decideWrite(useApp())
  const isOff = decision.kind === 'refuse'
  return (
    <>
      {isOff && <p className="bg-dry-soft px-3 py-1.5 text-dry-text text-xs">{decision.reason}</p>}
      <dl>
        {namespace.attributes.map((attribute) => (
          <Field
            key={attribute.name}
            attribute={attribute}
            value={record.values[attribute.name]}
            whyReadOnly={whyNotEditable(namespace, attribute)}
            isOff={isOff}
            onEdit={() => onEdit(attribute.name)}
            editor={
              !isOff &&
              editing === attribute.name &&
              whyNotEditable(namespace, attribute) === null ? (
                <FieldEditor
                  namespace={namespace.name}
                  id={record.id}
                  attribute={attribute}
                  value={record.values[attribute.name]}
                  onDone={() => onEdit(null)}
                />
              ) : null
            }
          />
        ))}
      </dl>
    </>
  )
}

interface FieldProps {
  readonly attribute: Attribute
  readonly value: Json | undefined
  readonly whyReadOnly: string | null
  /** Whether nothing is to be written at all now. */
  readonly isOff: boolean
  readonly onEdit: () => void
  readonly editor: ReactNode
}

function Field({ attribute, value, whyReadOnly, isOff, onEdit, editor }: FieldProps) {
  const { name } = attribute
  const editRef = useRef<HTMLButtonElement>(null)
  const isEditing = editor !== null
  const wasEditing = useRef(isEditing)

  // The editor takes the focus with it when it goes. Unless something else has it, it comes back here.
  useEffect(() => {
    const isOver = wasEditing.current && !isEditing
    wasEditing.current = isEditing
    if (isOver && document.activeElement === document.body) editRef.current?.focus()
  }, [isEditing])

  return (
    <div className="group/field border-line border-b px-3 py-2">
      <dt className="flex h-6 items-center gap-1.5 text-muted text-xs">
        <TypeIcon attribute={attribute} />
        <span className="truncate font-medium text-ink" title={describeAttribute(attribute)}>
          {name}
        </span>
        {attribute.isRequired && <Badge>required</Badge>}
        {attribute.isUnique && name !== 'id' && <Badge>unique</Badge>}
        {!editor && (
          <span className="ml-auto flex opacity-0 focus-within:opacity-100 coarse:opacity-100 group-hover/field:opacity-100">
            {value !== undefined && <CopyButton text={toCopyText(value)} label={`Copy ${name}`} />}
            {whyReadOnly === null && (
              <IconButton
                ref={editRef}
                size="small"
                label={`Edit ${name}`}
                disabled={isOff}
                onClick={onEdit}
              >
                <Pencil aria-hidden="true" />
              </IconButton>
            )}
          </span>
        )}
      </dt>
      <dd className="min-w-0">
        {editor ?? (
          // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the button beside it is for all
          <div onDoubleClick={whyReadOnly === null && !isOff ? onEdit : undefined}>
            <FieldValue attribute={attribute} value={value} />
          </div>
        )}
      </dd>
    </div>
  )
}

function FieldValue({ attribute, value }: { attribute: Attribute; value: Json | undefined }) {
  if (value === undefined) {
    return (
      <span className="flex h-5 items-center gap-1.5 text-faint">
        <Missing />
        <span aria-hidden="true">not set</span>
      </span>
    )
  }
  if (value === null) return <Null />
  if (value === '') return <span className="text-faint">empty text</span>
  if (attribute.type === 'date' && (typeof value === 'string' || typeof value === 'number')) {
    const inUtc = formatDate(value)
    if (inUtc !== null) return <DateValue value={value} inUtc={inUtc} />
  }
  if (typeof value === 'object') {
    return (
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-72 overflow-auto rounded-md bg-sunken px-2 py-1.5 font-mono text-xs"
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    )
  }
  const isId = attribute.name === 'id'
  return (
    <span
      className={`whitespace-pre-wrap [overflow-wrap:anywhere] ${isId ? 'font-mono text-xs' : ''}`}
    >
      {String(value)}
    </span>
  )
}

/** A date in the reader's zone, as in the grid, and then in everybody's and as it is stored. */
function DateValue({ value, inUtc }: { value: string | number; inUtc: string }) {
  const zone = useTimeZone()
  const inZone = formatInZone(value, zone) ?? inUtc
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <time>{inZone}</time>
        <span className="text-muted text-xs">{zone}</span>
      </span>
      <span className="flex flex-wrap items-baseline gap-x-3 text-muted text-xs">
        {inZone !== inUtc && <span>{inUtc} UTC</span>}
        <code className="font-mono">{JSON.stringify(value)}</code>
      </span>
    </>
  )
}

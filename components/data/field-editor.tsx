'use client'

import { type KeyboardEvent, useId, useState } from 'react'
import { FieldInput } from '@/components/field/field-input'
import { NullChoice } from '@/components/field/null-choice'
import { useApp } from '@/components/shell/acting'
import { DryRunNote } from '@/components/shell/dry-run-note'
import { FailureNote } from '@/components/shell/failure-note'
import { Button } from '@/components/ui/button'
import type { Json } from '@/lib/base/json'
import { decideWrite } from '@/lib/model/decide-write'
import { type Draft, isJsonEditor, parseField, toDraft } from '@/lib/model/parse-field'
import type { Attribute } from '@/lib/model/schema'
import { useChangeField } from './use-change-field'

interface FieldEditorProps {
  readonly namespace: string
  readonly id: string
  readonly attribute: Attribute
  readonly value: Json | undefined
  readonly onDone: () => void
}

/**
 * Edits one field. What was typed stays until it is saved or given up: a mistake, a refusal of the
 * backend and what a dry run comes to are shown beside it.
 */
export function FieldEditor({ namespace, id, attribute, value, onDone }: FieldEditorProps) {
  const [draft, setDraft] = useState<Draft>(() => toDraft(value, attribute))
  const [wantsCheck, setWantsCheck] = useState(false)
  const app = useApp()
  const isDry = decideWrite(app).kind === 'try'
  const change = useChangeField({ ...app, namespace, id })
  const errorId = useId()

  const parsed = parseField(draft, attribute)
  const mistake = wantsCheck && !parsed.ok ? parsed.error : null

  function save() {
    setWantsCheck(true)
    if (!parsed.ok || change.isPending) return
    change.mutate(
      { attribute: attribute.name, value: parsed.data },
      { onSuccess: ({ kind }) => kind === 'written' && onDone() },
    )
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onDone()
    }
    const isLineBreak = isJsonEditor(attribute) || event.shiftKey
    const isSave = event.key === 'Enter' && (event.metaKey || event.ctrlKey || !isLineBreak)
    if (!isSave || event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    save()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the field inside
    <div onKeyDown={press} className="space-y-2 pb-1">
      <FieldInput
        attribute={attribute}
        draft={draft}
        onChange={(next) => {
          setDraft(next)
          setWantsCheck(false)
          change.reset()
        }}
        isInvalid={mistake !== null || change.isError}
        errorId={errorId}
        // The field was asked for by a key or a click on "Edit": typing goes on there.
        takesFocus
      />
      <div id={errorId}>
        {mistake && (
          <p role="alert" className="text-danger-text text-xs [overflow-wrap:anywhere]">
            {mistake}
          </p>
        )}
        {change.error && (
          <FailureNote title={isDry ? 'The dry run failed' : 'Not saved'} error={change.error} />
        )}
        {change.data?.kind === 'tried' && <DryRunNote dryRun={change.data} />}
      </div>
      <div className="flex items-center gap-2">
        <Button size="small" variant="primary" onClick={save} disabled={change.isPending}>
          {wordsOfSave(isDry, change.isPending)}
        </Button>
        <Button size="small" variant="quiet" onClick={onDone}>
          Cancel
        </Button>
        <NullChoice
          attribute={attribute}
          isNull={draft.kind === 'null'}
          onChange={(isNull) => {
            // Back to what was there, or to an empty input when that was null itself.
            const before = toDraft(value === null ? undefined : value, attribute)
            setDraft(isNull ? { kind: 'null' } : before)
            setWantsCheck(false)
            change.reset()
          }}
          className="ml-auto"
        />
      </div>
    </div>
  )
}

function wordsOfSave(isDry: boolean, isPending: boolean): string {
  if (isDry) return isPending ? 'Trying…' : 'Dry run'
  return isPending ? 'Saving…' : 'Save'
}

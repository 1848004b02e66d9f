'use client'

import { Dices } from 'lucide-react'
import { useDeferredValue, useId } from 'react'
import { FieldInput } from '@/components/field/field-input'
import { IconButton } from '@/components/ui/icon-button'
import { Input, Select } from '@/components/ui/input'
import type { JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import type { StepProblem } from '@/lib/model/check-step'
import { parseField } from '@/lib/model/parse-field'
import { findAttribute, type Namespace } from '@/lib/model/schema'
import type { StepDraft, SubjectDraft } from '@/lib/model/step-draft'
import { FoundRecord } from './found-record'
import { ProblemList } from './problem-list'

interface StepSubjectProps {
  readonly namespace: Namespace
  readonly draft: StepDraft
  readonly problems: readonly StepProblem[]
  readonly madeBy: number | null
  readonly isWritten: boolean
  readonly onChange: (subject: SubjectDraft) => void
}

/** Which record a step is about: by its id, or by the value of a unique attribute. */
export function StepSubject({
  namespace,
  draft,
  problems,
  madeBy,
  isWritten,
  onChange,
}: StepSubjectProps) {
  const { subject, action } = draft
  const problemsId = useId()
  const unique = namespace.attributes.filter(({ isUnique, name }) => isUnique && name !== 'id')
  const attribute = findAttribute(namespace, subject.attribute)
  const where = useDeferredValue(toWhere(subject, namespace))
  const isInvalid = problems.some(({ kind }) => kind === 'wrong')

  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-start gap-2">
        <Select
          aria-label="Record by"
          className="w-36! shrink-0"
          value={subject.by === 'id' ? 'id' : `by ${subject.attribute}`}
          onChange={({ target }) =>
            onChange(
              target.value === 'id'
                ? { ...subject, by: 'id' }
                : { ...subject, by: 'lookup', attribute: target.value.slice('by '.length) },
            )
          }
        >
          <option value="id">{action === 'create' ? 'New id' : 'By id'}</option>
          {unique.map(({ name }) => (
            <option key={name} value={`by ${name}`}>
              By {name}
            </option>
          ))}
          {subject.by === 'lookup' && !unique.some(({ name }) => name === subject.attribute) && (
            <option value={`by ${subject.attribute}`}>By {subject.attribute || '…'}</option>
          )}
        </Select>
        <div className="flex min-w-48 flex-1 items-start gap-1">
          {subject.by === 'id' ? (
            <Input
              aria-label="Id of the record"
              aria-invalid={isInvalid}
              aria-describedby={problemsId}
              placeholder="00000000-0000-0000-0000-000000000000"
              spellCheck={false}
              className="font-mono text-xs!"
              value={subject.id}
              onChange={({ target }) => onChange({ ...subject, id: target.value })}
            />
          ) : (
            <div className="min-w-0 flex-1">
              {attribute && (
                <FieldInput
                  attribute={attribute}
                  draft={subject.value}
                  onChange={(value) => onChange({ ...subject, value })}
                  isInvalid={isInvalid}
                  errorId={problemsId}
                />
              )}
            </div>
          )}
          {action === 'create' && subject.by === 'id' && (
            <IconButton
              label="Another new id"
              onClick={() => onChange({ ...subject, id: crypto.randomUUID() })}
            >
              <Dices aria-hidden="true" />
            </IconButton>
          )}
        </div>
      </div>
      <ProblemList id={problemsId} problems={problems} />
      {where && (
        <FoundRecord
          namespace={namespace}
          where={where}
          wanted={isWritten ? writtenOf(draft) : wantedOf(draft)}
          madeBy={madeBy}
        />
      )}
    </div>
  )
}

function wantedOf({ action, mustExist }: StepDraft): 'yes' | 'no' | 'either' {
  switch (action) {
    case 'create':
      return 'no'
    case 'update':
    case 'merge':
      return mustExist ? 'yes' : 'either'
    case 'link':
    case 'unlink':
    case 'delete':
      return 'yes'
  }
}

/** What is true once the step has run. */
function writtenOf({ action }: StepDraft): 'yes' | 'no' {
  return action === 'delete' ? 'no' : 'yes'
}

/** How the record is found, or null while what is typed names none. */
function toWhere(subject: SubjectDraft, namespace: Namespace): JsonObject | null {
  if (subject.by === 'id') {
    const id = subject.id.trim().toLowerCase()
    return isUuid(id) ? { id } : null
  }
  const attribute = findAttribute(namespace, subject.attribute)
  if (!attribute?.isUnique || subject.value.kind === 'null') return null
  const parsed = parseField(subject.value, attribute)
  return parsed.ok && subject.value.text !== '' ? { [attribute.name]: parsed.data } : null
}

'use client'

import { Input, Select, TextArea } from '@/components/ui/input'
import { type Draft, isJsonEditor } from '@/lib/model/parse-field'
import type { Attribute } from '@/lib/model/schema'

interface FieldInputProps {
  readonly attribute: Attribute
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly isInvalid: boolean
  /** The element that says what is wrong. */
  readonly errorId: string
  /** Whether it takes the focus when it appears. */
  readonly takesFocus?: boolean
}

/** The input that suits an attribute's type. */
export function FieldInput({
  attribute,
  draft,
  onChange,
  isInvalid,
  errorId,
  takesFocus = false,
}: FieldInputProps) {
  // Null is typed over like anything else.
  const isNull = draft.kind === 'null'
  const text = isNull ? '' : draft.text
  const shared = {
    'aria-label': attribute.name,
    'aria-invalid': isInvalid,
    'aria-describedby': errorId,
    value: text,
    ...(isNull && { placeholder: 'null' }),
    onChange: (event: { target: { value: string } }) =>
      onChange({ kind: 'text', text: event.target.value }),
    autoFocus: takesFocus,
    spellCheck: attribute.type === 'string',
  }
  const lines = text.split('\n').length

  if (isJsonEditor(attribute)) {
    return (
      <TextArea
        {...shared}
        rows={Math.min(24, Math.max(3, lines))}
        className="font-mono text-xs!"
      />
    )
  }
  switch (attribute.type) {
    case 'boolean':
      return (
        <Select {...shared}>
          {isNull && <option value="">null</option>}
          <option value="true">true</option>
          <option value="false">false</option>
        </Select>
      )
    case 'number':
      return <Input {...shared} inputMode="decimal" />
    case 'date':
      return (
        <div className="flex flex-wrap gap-2">
          <Input {...shared} className="w-auto! min-w-48 flex-1 font-mono text-xs!" />
          <Input
            type="datetime-local"
            step={1}
            aria-label={`${attribute.name}, picked, in UTC`}
            title="In UTC"
            className="w-auto!"
            value={toPicked(text)}
            onChange={(event) => {
              const picked = fromPicked(event.target.value, text)
              if (picked !== null) onChange({ kind: 'text', text: picked })
            }}
          />
        </div>
      )
    default:
      return (
        <TextArea
          {...shared}
          rows={Math.min(12, Math.max(1, lines, Math.ceil(text.length / 56)))}
        />
      )
  }
}

function toPicked(text: string): string {
  const time = isMilliseconds(text) ? Number(text) : Date.parse(text)
  return Number.isFinite(time) && Math.abs(time) < 8e15
    ? new Date(time).toISOString().slice(0, 19)
    : ''
}

// Keeps the form in which the date was stored: milliseconds stay milliseconds.
function fromPicked(picked: string, text: string): string | null {
  const time = Date.parse(`${picked}Z`)
  if (!Number.isFinite(time)) return null
  return isMilliseconds(text) ? String(time) : new Date(time).toISOString()
}

function isMilliseconds(text: string): boolean {
  return /^-?\d{5,16}$/.test(text.trim())
}

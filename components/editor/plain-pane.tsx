'use client'

import { type KeyboardEvent, useImperativeHandle, useRef } from 'react'
import { TextArea } from '@/components/ui/input'
import { offsetOfPlace } from '@/lib/model/text-span'
import type { EditorProps } from './editor-props'

/** The same text in a plain field, for when Monaco could not be loaded. Nothing typed is lost. */
export function PlainPane({ label, value, onChange, onRun, placeholder, handle }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null)

  useImperativeHandle(handle, () => ({
    focus: () => field.current?.focus(),
    goTo: ({ line, column }) => {
      const offset = offsetOfPlace(value, line, column)
      field.current?.setSelectionRange(offset, offset)
      field.current?.focus()
    },
  }))

  const runOnEnter = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    onRun?.(event.currentTarget.value)
  }

  return (
    <div className="flex h-full flex-col gap-1 p-2">
      <p role="status" className="text-muted text-xs">
        The full editor could not be loaded. This plain one works; reload to try again.
      </p>
      <TextArea
        ref={field}
        aria-label={label}
        className="min-h-0 flex-1 resize-none font-mono"
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={runOnEnter}
      />
    </div>
  )
}

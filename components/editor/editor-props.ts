import type { Ref } from 'react'
import type { TextSpan } from '@/lib/model/text-span'

export interface EditorProps {
  /** Name of the text for assistive technology. */
  readonly label: string
  readonly value: string
  /**
   * Called with the whole text after every change by the person. A different `value` from outside
   * is merged in: the cursor stays where it can, and undo brings the former text back.
   */
  readonly onChange: (value: string) => void
  /** Bound to ⌘Enter, or Ctrl+Enter. Called with the text as it stands, of which `value` may be behind. */
  readonly onRun?: (text: string) => void
  /** What is wrong, in place. Keep the array's identity while nothing changes. */
  readonly markers?: readonly EditorMarker[]
  /** What may be written at an offset. Asked on typing and on Ctrl+Space. */
  readonly suggest?: Suggest
  /** Shown while the text is empty. */
  readonly placeholder?: string
  readonly handle?: Ref<EditorHandle>
}

/** What the editor does on request. */
export interface EditorHandle {
  focus(): void
  /** Moves the cursor there, shows it, and takes the focus. */
  goTo(span: TextSpan): void
}

export interface EditorMarker {
  readonly tone: 'error' | 'warning'
  readonly message: string
  readonly span: TextSpan
}

export type Suggest = (text: string, offset: number) => readonly Suggestion[]

export interface Suggestion {
  readonly label: string
  readonly kind: 'namespace' | 'link' | 'attribute' | 'option' | 'value'
  /** A few words after the label: a type, a target. */
  readonly detail: string
  /** What is written; `$0` is where the cursor goes, and a literal `$` is `\$`. */
  readonly snippet: string
  /** The stretch of the text that is replaced, in offsets. It lies on one line. */
  readonly start: number
  readonly end: number
}

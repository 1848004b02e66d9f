'use client'

import { editor, KeyCode, KeyMod, MarkerSeverity, Range } from 'monaco-editor/editor'
import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { EditorMarker, EditorProps } from './editor-props'
import { themeName } from './editor-theme'
import { instaql } from './instaql-language'
import { setSuggest } from './model-suggestions'
import './monaco-setup'
import { changeBetween } from './text-change'

const noMarkers: readonly EditorMarker[] = []

/** Monaco with its text, marks and keys bound to props. */
export function MonacoPane({
  label,
  value,
  onChange,
  onRun,
  markers = noMarkers,
  suggest,
  placeholder,
  handle,
}: EditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const opened = useRef<editor.IStandaloneCodeEditor>(null)
  // Texts told to the parent and not yet seen as `value`: their return is an echo, not a change.
  const told = useRef<string[]>([])

  const isMerging = useRef(false)

  const tell = useEffectEvent((text: string) => {
    if (isMerging.current) return
    told.current.push(text)
    onChange(text)
  })
  const run = useEffectEvent((text: string) => onRun?.(text))

  const open = useEffectEvent((element: HTMLElement) => {
    const created = editor.create(element, {
      value,
      language: instaql,
      theme: themeName,
      ariaLabel: label,
      ...(placeholder !== undefined && { placeholder }),
      ...look,
    })
    created.getModel()?.setEOL(editor.EndOfLineSequence.LF)
    created.getModel()?.updateOptions({ bracketColorizationOptions: plainBrackets })
    created.onDidChangeModelContent(() => tell(created.getValue()))
    created.addAction({
      id: 'understudy.run',
      label: 'Run',
      keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
      run: () => run(created.getValue()),
    })
    return created
  })

  useLayoutEffect(() => {
    if (!host.current) return
    const created = open(host.current)
    opened.current = created
    // The width of a character is measured once, perhaps before the font has arrived.
    void document.fonts.ready.then(() => editor.remeasureFonts())
    return () => {
      opened.current = null
      created.getModel()?.dispose()
      created.dispose()
    }
  }, [])

  useLayoutEffect(() => {
    if (!opened.current || opened.current.getValue() === value) {
      told.current = []
      return
    }
    const echo = told.current.indexOf(value)
    told.current = told.current.slice(echo + 1)
    if (echo >= 0) return
    isMerging.current = true
    replaceText(opened.current, value)
    isMerging.current = false
  }, [value])

  useEffect(() => {
    opened.current?.updateOptions({ ariaLabel: label })
  }, [label])

  useEffect(() => {
    const model = opened.current?.getModel()
    if (model) editor.setModelMarkers(model, 'understudy', markers.map(toMarkerData))
  }, [markers])

  useEffect(() => {
    const model = opened.current?.getModel()
    if (model) setSuggest(model, suggest)
  }, [suggest])

  useImperativeHandle(handle, () => ({
    focus: () => opened.current?.focus(),
    goTo: ({ line, column }) => {
      opened.current?.setPosition({ lineNumber: line, column })
      opened.current?.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column })
      opened.current?.focus()
    },
  }))

  return <div ref={host} className="h-full min-h-0 w-full" />
}

/** One step of undo, and the cursor stays with the text around it. */
function replaceText(opened: editor.IStandaloneCodeEditor, text: string): void {
  const model = opened.getModel()
  const change = model && changeBetween(model.getValue(), text.replaceAll(/\r\n?/g, '\n'))
  if (!change) return
  const range = Range.fromPositions(
    model.getPositionAt(change.start),
    model.getPositionAt(change.end),
  )
  opened.pushUndoStop()
  opened.executeEdits('value', [{ range, text: change.text }])
  opened.pushUndoStop()
}

function toMarkerData({ tone, message, span }: EditorMarker): editor.IMarkerData {
  return {
    severity: tone === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
    message,
    startLineNumber: span.line,
    startColumn: span.column,
    endLineNumber: span.endLine,
    endColumn: span.endColumn,
  }
}

const plainBrackets = { enabled: false, independentColorPoolPerBracketType: false }

const look: editor.IStandaloneEditorConstructionOptions = {
  // Monaco 0.57 loops for ever when brackets are put around several lines of a text with colours
  // and a key follows at once.
  autoSurround: 'never',
  automaticLayout: true,
  bracketPairColorization: plainBrackets,
  fixedOverflowWidgets: true,
  folding: true,
  fontFamily: 'var(--font-geist-mono), ui-monospace, monospace',
  fontSize: 13,
  glyphMargin: false,
  guides: { indentation: true },
  lineDecorationsWidth: 8,
  lineHeight: 20,
  lineNumbersMinChars: 3,
  links: false,
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  overviewRulerLanes: 0,
  padding: { top: 8, bottom: 8 },
  renderLineHighlight: 'none',
  renderWhitespace: 'none',
  scrollBeyondLastLine: false,
  scrollbar: {
    verticalScrollbarSize: 10,
    horizontalScrollbarSize: 10,
    alwaysConsumeMouseWheel: false,
  },
  stickyScroll: { enabled: false },
  suggest: { showWords: false, showIcons: true },
  tabSize: 2,
  wordBasedSuggestions: 'off',
  wordWrap: 'on',
  wrappingIndent: 'indent',
}

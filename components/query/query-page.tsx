'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { EditorHandle } from '@/components/editor/editor-props'
import { SplitPane } from '@/components/shell/split-pane'
import { parseQueryText } from '@/lib/model/query-text'
import type { TextSpan } from '@/lib/model/text-span'
import { schemaQuery } from '@/lib/queries/schema'
import { queryMarkers } from './query-markers'
import { QueryPanel } from './query-panel'
import { ResultPanel } from './result-panel'
import { useQueryRun } from './use-query-run'
import { useQueryText } from './use-query-text'
import { useRunAgain } from './use-run-again'

/** The text of a query beside what it gives. */
export function QueryPage({ appId }: { appId: string }) {
  const editor = useRef<EditorHandle>(null)
  const schema = useQuery(schemaQuery(appId))
  const { last, failed, isRunning, run, cancel } = useQueryRun()
  // The text of the last attempt that could not even be sent.
  const [refused, setRefused] = useState<string | null>(null)

  // A query only reads, so a link that brings one may run it.
  const runIfQuery = useCallback(
    (arrived: string) => {
      const parsed = parseQueryText(arrived)
      if (parsed.kind === 'query') void run(arrived, parsed.query)
    },
    [run],
  )
  useRunAgain(last, runIfQuery)
  const { text, notice, write, settle, conclude } = useQueryText(runIfQuery)

  const deferred = useDeferredValue(text)
  const parsed = useMemo(() => parseQueryText(deferred), [deferred])
  const markers = useMemo(() => queryMarkers(deferred, parsed, failed), [deferred, parsed, failed])

  const runText = (wanted: string) => {
    const now = parseQueryText(wanted)
    conclude()
    setRefused(now.kind === 'wrong' ? wanted : null)
    if (now.kind === 'wrong') editor.current?.goTo(now.problem.span)
    if (now.kind === 'query') void run(wanted, now.query)
  }

  const tryExample = (example: string) => {
    write(example)
    runText(example)
    editor.current?.focus()
  }

  const goTo = (span: TextSpan) => editor.current?.goTo(span)

  return (
    <>
      <h1 className="sr-only">Query</h1>
      <SplitPane
        name="query"
        label="Width of the editor"
        first={
          <QueryPanel
            text={text}
            parsed={parsed}
            notice={notice}
            markers={markers}
            isRefused={refused === text}
            isRunning={isRunning}
            handle={editor}
            onWrite={write}
            onLeave={settle}
            onRun={runText}
            onCancel={() => void cancel()}
            onGoTo={goTo}
          />
        }
        second={
          <ResultPanel
            text={text}
            last={last}
            failed={failed}
            isRunning={isRunning}
            schema={schema}
            onRun={() => runText(text)}
            onTryExample={tryExample}
            onGoTo={goTo}
          />
        }
      />
    </>
  )
}

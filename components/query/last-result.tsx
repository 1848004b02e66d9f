'use client'

import { ChevronsDownUp, ChevronsUpDown, SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { NothingMatchesState } from '@/components/shell/states'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { countRecords, type RecordCount } from '@/lib/model/query-count'
import { formatBytes, formatCount, formatDuration } from '@/lib/model/query-figures'
import type { QueryRun } from '@/lib/queries/query-run'
import { ResultTree } from './result-tree'

/** Why a result is not the answer to the text in the editor; null when it is. */
export type Staleness = 'running' | 'failed' | 'edited' | null

interface LastResultProps {
  readonly run: QueryRun
  readonly staleness: Staleness
}

/** The last answer, with its figures. */
export function LastResult({ run, staleness }: LastResultProps) {
  const counts = useMemo(() => countRecords(run.query, run.result), [run])
  const total = counts.reduce((sum, { records }) => sum + records, 0)
  const { as } = useApp()
  const [depth, setDepth] = useState(total <= 20 ? 2 : 1)
  // A tree that is folded as a whole starts over: what was opened by hand is forgotten.
  const [foldings, setFoldings] = useState(0)
  const fold = (to: number) => {
    setDepth(to)
    setFoldings(foldings + 1)
  }

  return (
    <>
      <div className="flex min-h-11 shrink-0 items-center gap-2 border-line border-b bg-surface py-1 pr-2 pl-3">
        <Figures run={run} total={total} />
        <div className="ml-auto flex shrink-0 items-center">
          <IconButton
            size="small"
            label="Expand all"
            onClick={() => fold(Number.POSITIVE_INFINITY)}
          >
            <ChevronsUpDown aria-hidden="true" />
          </IconButton>
          <IconButton size="small" label="Collapse all" onClick={() => fold(1)}>
            <ChevronsDownUp aria-hidden="true" />
          </IconButton>
          <CopyButton
            label="Copy result as JSON"
            text={() => JSON.stringify(run.result, null, 2)}
          />
        </div>
      </div>
      {staleness && <StaleNote run={run} staleness={staleness} />}
      {total === 0 ? (
        <NothingMatchesState title="The query ran and found no records" icon={<SearchX />}>
          <p>
            {as.kind === 'admin'
              ? 'Nothing in the app matches it. Loosen its conditions, or check the names it uses.'
              : 'Either nothing in the app matches it, or the rules hide what does. Run it as Admin to tell.'}
          </p>
        </NothingMatchesState>
      ) : (
        <div className={cn('flex min-h-0 flex-1 flex-col', staleness && 'bg-sunken')}>
          <ResultTree key={foldings} label="Result" value={run.result} depth={depth} />
        </div>
      )}
    </>
  )
}

function Figures({ run, total }: { run: QueryRun; total: number }) {
  const counts = useMemo(() => countRecords(run.query, run.result), [run])
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-xs">
      <p role="status" className="flex flex-wrap gap-x-3 text-muted tabular-nums">
        <strong className="font-medium text-ink">{formatCount(total, 'record')}</strong>
        <span>{formatDuration(run.backendMs)} backend</span>
        <span>{formatDuration(run.totalMs)} in all</span>
        <span>{formatBytes(run.sizeBytes)}</span>
      </p>
      <ul aria-label="Records per namespace" className="flex flex-wrap gap-1">
        {counts.map((count) => (
          <CountOf key={count.path.join('.')} count={count} />
        ))}
      </ul>
    </div>
  )
}

function CountOf({ count: { path, records } }: { count: RecordCount }) {
  return (
    <li className="flex">
      <Badge>
        {path.join('.')}
        <span className="ml-1.5 font-medium text-ink tabular-nums">
          {records.toLocaleString('en')}
        </span>
      </Badge>
    </li>
  )
}

function StaleNote({ run, staleness }: { run: QueryRun; staleness: NonNullable<Staleness> }) {
  const time = new Date(run.at).toLocaleTimeString()
  const words = {
    running: `While it runs: the result of ${time}`,
    failed: `Not the answer to this query: the last result that worked, of ${time}`,
    edited: `The query has changed since this result of ${time}`,
  }
  return (
    <p className="shrink-0 border-line border-b bg-notice-soft px-3 py-1 text-notice-text text-xs">
      {words[staleness]}
    </p>
  )
}

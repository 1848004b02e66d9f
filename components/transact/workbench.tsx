'use client'

import { type KeyboardEvent, useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { SplitPane } from '@/components/shell/split-pane'
import { Alert } from '@/components/ui/alert'
import { decideWrite } from '@/lib/model/decide-write'
import type { AppSchema } from '@/lib/model/schema'
import type { Step } from '@/lib/model/transaction'
import type { WriteMode } from '@/lib/model/write-mode'
import { CodePanel } from './code-panel'
import { OutcomePanel } from './outcome-panel'
import { RunBar } from './run-bar'
import { headId } from './step-card'
import type { Steps } from './step-list'
import { StepOutcome } from './step-outcome'
import { StepsPanel } from './steps-panel'
import { useActor } from './use-actor'
import { useCode, useCompiledSteps } from './use-compiled-steps'
import { useRuns } from './use-runs'
import { useSteps } from './use-steps'

interface WorkbenchProps {
  readonly schema: AppSchema
}

/** Everything of the Transact page, once the schema is known. */
export function Workbench({ schema }: WorkbenchProps) {
  const app = useApp()
  const { as: identity, mode } = app
  const decision = decideWrite(app)
  const { name: actor, email } = useActor()
  const { steps, change, offered, takeOffered, isBroken, conclude } = useSteps()
  const { compiled, complete } = useCompiledSteps(steps, schema)
  const code = useCode(steps, { compiled, identity, email })
  const runs = useRuns({ app, schema, steps, complete, onWritten: conclude })
  // Cards that were to be run or checked: from then on they say what they lack.
  const [examined, setExamined] = useState<ReadonlySet<string>>(new Set())
  const [isChecked, setChecked] = useState(false)
  const isAdmin = identity.kind === 'admin'

  /** Shows what the cards lack and goes to the first that lacks something. */
  const examine = (): readonly Step[] | null => {
    setExamined(new Set(steps.map(({ key }) => key)))
    const first = steps.find(({ key }) => compiled.get(key)?.step === null)
    if (first) document.getElementById(headId(first.key))?.focus()
    return complete
  }

  const runSteps = (wanted: WriteMode) => {
    if (decision.kind === 'refuse') return
    setChecked(false)
    const ready = examine()
    if (ready && ready.length > 0) runs.run(wanted, ready)
  }

  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    runSteps(mode)
  }

  const problemsOf = (key: string) => {
    const problems = compiled.get(key)?.problems ?? []
    return examined.has(key) ? problems : problems.filter(({ kind }) => kind === 'wrong')
  }

  const outcomeOf = (key: string) => {
    const said = runs.saidOf(key)
    return said && <StepOutcome {...said} isStale={runs.isStale} />
  }

  const startAnother = () => {
    change({ kind: 'replace', steps: [] })
    runs.reset()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the cards inside
    <div className="h-full" onKeyDown={press}>
      <SplitPane
        name="transact"
        label="Width of the steps"
        flows
        first={
          <section aria-label="Steps" className="flex flex-col bg-canvas lg:h-full">
            <StepsPanel
              schema={schema}
              steps={steps}
              offered={offered}
              isBroken={isBroken}
              problemsOf={problemsOf}
              outcomeOf={outcomeOf}
              isWritten={runs.isWritten}
              change={change}
              onTakeOffered={takeOffered}
            />
            <RunBar
              identity={identity}
              actor={actor}
              decision={decision}
              isRunning={runs.isPending}
              obstacle={obstacleOf(steps, problemsOf)}
              isEmpty={steps.length === 0}
              onCheck={() => setChecked(examine() !== null)}
              onRun={() => runSteps(mode)}
            />
          </section>
        }
        second={
          <div className="flex flex-col bg-surface lg:h-full lg:overflow-y-auto">
            {isChecked && isAdmin && complete && complete.length > 0 && <CheckedNote />}
            {runs.attempt && !runs.isPending && (
              <OutcomePanel
                key={runs.at}
                schema={schema}
                attempt={runs.attempt}
                outcome={runs.outcome}
                error={runs.error}
                isStale={runs.isStale}
                actor={actor}
                otherChecks={runs.otherChecks}
                onStartAnother={startAnother}
                onTry={isAdmin ? null : () => runSteps('dry')}
              />
            )}
            <CodePanel code={code} />
          </div>
        }
      />
    </div>
  )
}

function CheckedNote() {
  return (
    <Alert tone="notice" className="m-3" title="Well formed, as far as the schema tells">
      Rules were not tried: none applies to the admin, and Instant tries them only for a guest or a
      user. To see what they say, act as somebody.
    </Alert>
  )
}

function obstacleOf(steps: Steps, problemsOf: (key: string) => readonly unknown[]): string | null {
  const wrong = steps.flatMap(({ key }, index) => (problemsOf(key).length > 0 ? [index + 1] : []))
  if (wrong.length === 0) return null
  return wrong.length === 1
    ? `Step ${wrong[0]} needs attention first.`
    : `Steps ${wrong.join(', ')} need attention first.`
}

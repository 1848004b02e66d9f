'use client'

import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { SplitPane } from '@/components/shell/split-pane'
import { Alert } from '@/components/ui/alert'
import { type CompiledStep, compileStep } from '@/lib/model/compile-step'
import { type Identity, toIdentityText } from '@/lib/model/identity'
import type { AppSchema } from '@/lib/model/schema'
import { type CodeActor, toSdkCode } from '@/lib/model/sdk-code'
import type { Step } from '@/lib/model/transaction'
import { toFailure } from '@/lib/queries/request-error'
import { CheckRow } from './check-row'
import { CodePanel } from './code-panel'
import { OutcomePanel } from './outcome-panel'
import { blameSteps, placeChecks } from './place-checks'
import { RunBar, type RunMode } from './run-bar'
import { headId } from './step-card'
import type { Steps } from './step-list'
import { StepsPanel } from './steps-panel'
import { useActor } from './use-actor'
import { useSteps } from './use-steps'
import { useTransaction } from './use-transaction'

interface WorkbenchProps {
  readonly schema: AppSchema
}

/** Everything of the Transact page, once the schema is known. */
export function Workbench({ schema }: WorkbenchProps) {
  const { as: identity } = useApp()
  const asText = toIdentityText(identity)
  const { name: actor, email } = useActor()
  const { steps, change, offered, takeOffered, isBroken, conclude } = useSteps()
  const run = useTransaction()
  // Writing for real is decided for one identity: the next one begins with a dry run again.
  const [bold, setBold] = useState<string | null>(null)
  const mode: RunMode = bold === asText ? 'write' : 'try'
  // Cards that were to be run or checked: from then on they say what they lack.
  const [examined, setExamined] = useState<ReadonlySet<string>>(new Set())
  const [isChecked, setChecked] = useState(false)

  const compiled = useMemo(
    () => new Map(steps.map((step) => [step.key, compileStep(step, schema)])),
    [steps, schema],
  )
  const code = useDeferredValue(
    useMemo(
      () => toSdkCode(toLines(steps, compiled), toCodeActor(identity, email)),
      [steps, compiled, identity, email],
    ),
  )
  const isAdmin = identity.kind === 'admin'
  const complete = toComplete(steps, compiled)

  const attempt = run.variables?.as === asText ? run.variables : undefined
  const isStale =
    attempt !== undefined && JSON.stringify(complete) !== JSON.stringify(attempt.steps)
  const placed =
    attempt && run.data?.kind === 'tried'
      ? placeChecks(run.data.checks, attempt.steps, schema)
      : null
  const blamed = attempt && run.error ? blameSteps(toFailure(run.error), attempt.steps) : []

  /** Shows what the cards lack and goes to the first that lacks something. */
  const examine = (): readonly Step[] | null => {
    setExamined(new Set(steps.map(({ key }) => key)))
    if (complete) return complete
    const first = steps.find(({ key }) => compiled.get(key)?.step === null)
    if (first) document.getElementById(headId(first.key))?.focus()
    return null
  }

  const check = () => setChecked(examine() !== null)

  const runSteps = (wanted: RunMode) => {
    setChecked(false)
    const ready = examine()
    if (!ready || ready.length === 0 || run.isPending) return
    run.mutate(
      { mode: wanted, as: asText, steps: ready, keys: steps.map(({ key }) => key) },
      {
        onSuccess: ({ kind }) => {
          if (kind === 'written') conclude()
        },
      },
    )
  }

  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
    event.preventDefault()
    runSteps(isAdmin ? 'write' : mode)
  }

  const problemsOf = (key: string) => {
    const problems = compiled.get(key)?.problems ?? []
    return examined.has(key) ? problems : problems.filter(({ kind }) => kind === 'wrong')
  }

  const outcomeOf = (key: string) => {
    const index = attempt?.keys.indexOf(key) ?? -1
    if (index < 0 || run.isPending) return null
    const checks = placed?.ofSteps[index] ?? []
    if (checks.length > 0) {
      return (
        <ul aria-label="Checks" className="space-y-1.5">
          {isStale && (
            <li className="text-notice-text text-xs">From before the last change of the steps:</li>
          )}
          {checks.map((each, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is of one run and never changes
            <CheckRow key={at} check={each} />
          ))}
        </ul>
      )
    }
    return run.error && blamed.includes(index) && !isStale ? (
      <p className="text-danger-text text-xs [overflow-wrap:anywhere]">{run.error.message}</p>
    ) : null
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
              isWritten={run.data?.kind === 'written' && !isStale}
              change={change}
              onTakeOffered={takeOffered}
            />
            <RunBar
              identity={identity}
              actor={actor}
              mode={mode}
              onChooseMode={(chosen) => setBold(chosen === 'write' ? asText : null)}
              isRunning={run.isPending}
              obstacle={obstacleOf(steps, problemsOf)}
              isEmpty={steps.length === 0}
              onCheck={check}
              onRun={() => runSteps(isAdmin ? 'write' : mode)}
            />
          </section>
        }
        second={
          <div className="flex flex-col bg-surface lg:h-full lg:overflow-y-auto">
            {isChecked && isAdmin && complete && complete.length > 0 && (
              <Alert tone="notice" className="m-3" title="Well formed, as far as the schema tells">
                Rules were not tried: none applies to the admin, and Instant tries them only for a
                guest or a user. To see what they say, act as somebody.
              </Alert>
            )}
            {attempt && !run.isPending && (
              <OutcomePanel
                key={run.submittedAt}
                schema={schema}
                attempt={attempt}
                outcome={run.data}
                error={run.error}
                isStale={isStale}
                actor={actor}
                onTry={isAdmin ? null : () => runSteps('try')}
                otherChecks={placed?.others ?? []}
                onStartAnother={() => {
                  change({ kind: 'replace', steps: [] })
                  run.reset()
                }}
              />
            )}
            <CodePanel code={code} />
          </div>
        }
      />
    </div>
  )
}

type Compiled = ReadonlyMap<string, CompiledStep>

/** The steps on all cards, or null while one of them is not complete. */
function toComplete(steps: Steps, compiled: Compiled): readonly Step[] | null {
  const complete = steps.flatMap(({ key }) => compiled.get(key)?.step ?? [])
  return complete.length === steps.length ? complete : null
}

function toLines(steps: Steps, compiled: Compiled) {
  return steps.map(({ key, action, namespace }, index) => {
    const { step, problems } = compiled.get(key) ?? { step: null, problems: [] }
    const reason = `Step ${index + 1}, ${action} ${namespace}: ${problems[0]?.message ?? ''}`
    return step ? ({ kind: 'step', step } as const) : ({ kind: 'gap', reason } as const)
  })
}

function obstacleOf(steps: Steps, problemsOf: (key: string) => readonly unknown[]): string | null {
  const wrong = steps.flatMap(({ key }, index) => (problemsOf(key).length > 0 ? [index + 1] : []))
  if (wrong.length === 0) return null
  return wrong.length === 1
    ? `Step ${wrong[0]} needs attention first.`
    : `Steps ${wrong.join(', ')} need attention first.`
}

function toCodeActor(identity: Identity, email: string | null): CodeActor {
  return identity.kind === 'user' ? { ...identity, email } : identity
}

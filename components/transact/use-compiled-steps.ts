import { useDeferredValue, useMemo } from 'react'
import { type CompiledStep, compileStep } from '@/lib/model/compile-step'
import type { Identity } from '@/lib/model/identity'
import type { AppSchema } from '@/lib/model/schema'
import { type CodeActor, type CodeLine, toSdkCode } from '@/lib/model/sdk-code'
import type { Step } from '@/lib/model/transaction'
import type { Steps } from './step-list'
import type { Actor } from './use-actor'

/** By the key of the card. */
export type Compiled = ReadonlyMap<string, CompiledStep>

interface CompiledSteps {
  readonly compiled: Compiled
  /** The steps on all cards, or null while one of them is not complete. */
  readonly complete: readonly Step[] | null
}

/** What the cards stand for. */
export function useCompiledSteps(steps: Steps, schema: AppSchema): CompiledSteps {
  return useMemo(() => {
    const compiled = new Map(steps.map((step) => [step.key, compileStep(step, schema)]))
    const complete = steps.flatMap(({ key }) => compiled.get(key)?.step ?? [])
    return { compiled, complete: complete.length === steps.length ? complete : null }
  }, [steps, schema])
}

interface CodeOptions {
  readonly compiled: Compiled
  readonly identity: Identity
  readonly email: Actor['email']
}

/** The cards as code. It may lag behind typing. */
export function useCode(steps: Steps, { compiled, identity, email }: CodeOptions): string {
  const code = useMemo(
    () => toSdkCode(toLines(steps, compiled), toCodeActor(identity, email)),
    [steps, compiled, identity, email],
  )
  return useDeferredValue(code)
}

function toLines(steps: Steps, compiled: Compiled): readonly CodeLine[] {
  return steps.map(({ key, action, namespace }, index) => {
    const { step, problems } = compiled.get(key) ?? { step: null, problems: [] }
    const reason = `Step ${index + 1}, ${action} ${namespace}: ${problems[0]?.message ?? ''}`
    return step ? { kind: 'step', step } : { kind: 'gap', reason }
  })
}

function toCodeActor(identity: Identity, email: string | null): CodeActor {
  return identity.kind === 'user' ? { ...identity, email } : identity
}

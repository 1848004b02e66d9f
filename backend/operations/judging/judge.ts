import type { CompiledRule } from '@/backend/rules/compile-rules'
import { type Evaluation, evaluate, type Inputs } from '@/backend/rules/evaluate'
import { type Explanation, explain } from '@/backend/rules/explain'
import type { LimitRequest, RefLookup, RefRequest } from '@/backend/rules/frame'
import type { Program } from '@/backend/rules/program'
import type { RequestScope } from '@/backend/rules/request-scope'
import { evaluationFailed, unusableRule } from '@/backend/rules/rule-error'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import { explainedFailure } from './explain-check'
import { createRefCache, type RefCache, type RefOwners } from './ref-cache'

/** What judging works with: one for a request, or for each phase of one that writes. */
export interface JudgeContext {
  readonly tx: Queryable
  readonly app: AppKey
  readonly schema: Schema
  readonly scope: RequestScope
  /** Id of the user who asks; null for a guest. */
  readonly userId: string | null
  /** Takes tokens of a rate limit, or throws. */
  readonly takeTokens: (request: LimitRequest) => void
  /** Whether the asker may be told what CEL says about a rule that fails. */
  readonly isDebug: boolean
}

/** One question to a rule. */
export interface Subject {
  readonly inputs: Omit<Inputs, 'scope' | 'refs' | 'granted'>
  readonly owners: RefOwners
  /** The request as this question sees it, where steps bring parameters of their own. */
  readonly scope?: RequestScope
}

/** An answer to a subject. */
export interface Verdict extends Pick<Extract<Evaluation, { kind: 'value' }>, 'value' | 'passes'> {
  /** How the rule came to it; only of use while the transaction lasts. */
  readonly explain: () => Explanation
}

/** Judges many subjects by one rule, with every ref fetched in batches. */
export interface Judge {
  /**
   * The answers in the order of the subjects. A rule that does not compile or fails on one of them
   * fails the request (contract semantics.md 6.3, 6.8).
   */
  judge(rule: CompiledRule, subjects: readonly Subject[]): Promise<readonly Verdict[]>
  /** What the caller's own refs that stand in a program say. */
  authRefs(program: Program): Promise<RefLookup>
}

/** A judge that remembers the refs it has fetched. */
export function createJudge(context: JudgeContext): Judge {
  const refs = createRefCache(context.tx, context)
  return {
    async judge(rule, subjects) {
      const program = requireProgram(rule)
      await refs.fetch(
        subjects.flatMap(({ owners }) => program.refs.map((request) => ({ request, owners }))),
      )
      const verdicts = new Map<Subject, Verdict>()
      let open: readonly Question[] = subjects.map((subject) => ({ subject, granted: 0 }))
      while (open.length > 0) {
        const answers = open.map((question) => ask({ context, refs, rule, program }, question))
        for (const { question, verdict } of answers) {
          if (verdict) verdicts.set(question.subject, verdict)
        }
        await refs.fetch(
          answers.flatMap(({ question, wants }) =>
            wants.map((request) => ({ request, owners: question.subject.owners })),
          ),
        )
        open = answers.flatMap(({ question, verdict }) => (verdict ? [] : [question]))
      }
      return subjects.flatMap((subject) => verdicts.get(subject) ?? [])
    },
    async authRefs(program) {
      const own = program.refs.filter(({ source }) => source === 'auth')
      await refs.fetch(own.map((request) => ({ request, owners: nobody })))
      const lookup = refs.lookup(nobody)
      return (request) => (request.source === 'auth' ? lookup(request) : undefined)
    },
  }
}

/** The program of a rule. Throws for one that turns out not to compile (semantics.md 6.8). */
export function requireProgram(rule: CompiledRule): Program {
  if (rule.program.ok) return rule.program.data
  throw unusableRule(rule, rule.program.error)
}

const nobody: RefOwners = { data: null }

interface Question {
  readonly subject: Subject
  /** Tokens that this evaluation has been given already. */
  readonly granted: number
}

interface Answer {
  /** The question as it stands now. */
  readonly question: Question
  readonly verdict: Verdict | null
  readonly wants: readonly RefRequest[]
}

interface Asking {
  readonly context: JudgeContext
  readonly refs: RefCache
  readonly rule: CompiledRule
  readonly program: Program
}

function ask({ context, refs, rule, program }: Asking, question: Question): Answer {
  const { subject, granted } = question
  const inputs: Inputs = {
    ...subject.inputs,
    scope: subject.scope ?? context.scope,
    refs: refs.lookup(subject.owners),
    granted,
  }
  const answer = evaluate(program, inputs)
  switch (answer.kind) {
    case 'value': {
      const { value, passes } = answer
      return {
        question,
        verdict: { value, passes, explain: () => explain(program, inputs) },
        wants: [],
      }
    }
    case 'error': {
      const failed = evaluationFailed(rule, answer.failure, { isDebug: context.isDebug })
      if (!context.isDebug) throw failed
      const entity = subject.owners.data && { ...subject.owners.data }
      throw explainedFailure(failed, { rule, entity, explanation: explain(program, inputs) })
    }
    case 'needs': {
      if (answer.refs.length > 0 || !answer.limit) {
        return { question, verdict: null, wants: answer.refs }
      }
      context.takeTokens(answer.limit)
      return { question: { subject, granted: granted + 1 }, verdict: null, wants: [] }
    }
  }
}

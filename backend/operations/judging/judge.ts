import type { CompiledRule } from '@/backend/rules/compile-rules'
import { type Evaluation, evaluate, type Inputs } from '@/backend/rules/evaluate'
import type { LimitRequest, RefLookup, RefRequest } from '@/backend/rules/frame'
import type { Program } from '@/backend/rules/program'
import type { RequestScope } from '@/backend/rules/request-scope'
import { evaluationFailed, unusableRule } from '@/backend/rules/rule-error'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
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
}

/** An answer to a subject. */
export type Verdict = Extract<Evaluation, { kind: 'value' }>

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

function ask(
  {
    context,
    refs,
    rule,
    program,
  }: { context: JudgeContext; refs: RefCache; rule: CompiledRule; program: Program },
  question: Question,
): Answer {
  const { subject, granted } = question
  const answer = evaluate(program, {
    ...subject.inputs,
    scope: context.scope,
    refs: refs.lookup(subject.owners),
    granted,
  })
  switch (answer.kind) {
    case 'value':
      return { question, verdict: answer, wants: [] }
    case 'error':
      throw evaluationFailed(rule, answer.failure, { isDebug: context.isDebug })
    case 'needs': {
      if (answer.refs.length > 0 || !answer.limit) {
        return { question, verdict: null, wants: answer.refs }
      }
      context.takeTokens(answer.limit)
      return { question: { subject, granted: granted + 1 }, verdict: null, wants: [] }
    }
  }
}

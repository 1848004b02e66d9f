import type { CompiledRule } from '@/backend/rules/compile-rules'
import { must } from '@/lib/base/must'
import type { Judge, Subject, Verdict } from './judge'

/**
 * The judge, asked about a row only once by each rule, however often the row turns up: so no token
 * is taken twice, and what was said can be told later. For rows alone, not for writes.
 */
export function rememberVerdicts(judge: Judge): Judge {
  const known = new Map<CompiledRule, Map<string, Verdict>>()
  return {
    authRefs: judge.authRefs,
    async judge(rule, subjects) {
      const said = known.get(rule) ?? new Map<string, Verdict>()
      known.set(rule, said)
      const fresh = new Map(
        subjects.flatMap((subject): [string, Subject][] =>
          said.has(keyOf(subject)) ? [] : [[keyOf(subject), subject]],
        ),
      )
      const verdicts = await judge.judge(rule, [...fresh.values()])
      ;[...fresh.keys()].forEach((key, index) => {
        said.set(key, must(verdicts[index], 'there is an answer to every question'))
      })
      return subjects.map((subject) => must(said.get(keyOf(subject)), 'all have been asked'))
    },
  }
}

function keyOf({ owners: { data } }: Subject): string {
  return data ? `${data.namespace} ${data.id}` : ''
}

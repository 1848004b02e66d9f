import { parseSteps } from '@/lib/model/steps-link'
import type { Steps } from './step-list'

const prefix = 'understudy:transact:'

/** Keeps the cards of an app in this tab; without any, forgets them. */
export function keepDraft(appId: string, steps: Steps): void {
  if (steps.length === 0) sessionStorage.removeItem(prefix + appId)
  else sessionStorage.setItem(prefix + appId, JSON.stringify(steps))
}

/** The cards this tab has kept of an app. None when what is kept cannot be read. */
export function keptDraft(appId: string): Steps {
  const kept = sessionStorage.getItem(prefix + appId)
  return (kept === null ? null : parseSteps(kept)) ?? []
}

import { isJsonObject } from '@/lib/base/json'
import { parseSteps } from '@/lib/model/steps-link'
import type { Steps } from './step-list'

/** What a tab keeps of an app's transaction. */
export interface KeptDraft {
  readonly steps: Steps
  /** From before, and neither taken nor given up. */
  readonly offered: Steps
  /**
   * The steps of the address at that time, and before: a reload that comes while the address is being
   * written has the one before. The same address means the same visit.
   */
  readonly links: readonly string[]
}

export const emptyDraft: KeptDraft = { steps: [], offered: [], links: [] }

const prefix = 'understudy:transact:'

/** Keeps the cards of an app in this tab; without any, forgets them. */
export function keepDraft(appId: string, draft: KeptDraft): void {
  const isEmpty = draft.steps.length + draft.offered.length === 0
  if (isEmpty) sessionStorage.removeItem(prefix + appId)
  else sessionStorage.setItem(prefix + appId, JSON.stringify(draft))
}

/** The cards this tab has kept of an app. None when what is kept cannot be read. */
export function keptDraft(appId: string): KeptDraft {
  const kept = parse(sessionStorage.getItem(prefix + appId))
  if (!isJsonObject(kept)) return emptyDraft
  return {
    steps: parseSteps(JSON.stringify(kept.steps)) ?? [],
    offered: parseSteps(JSON.stringify(kept.offered)) ?? [],
    links: Array.isArray(kept.links) ? kept.links.filter((each) => typeof each === 'string') : [],
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { changeAddress, searchInForce } from '@/components/shell/address'
import { parseStepsLink, toStepsLink } from '@/lib/model/steps-link'
import { keepDraft, keptDraft } from './kept-draft'
import { changeSteps, type Steps } from './step-list'

/** How long typing must pause before the address and the tab's storage follow. */
const pauseMs = 300

/**
 * The cards of an app's transaction. They are in the address while they fit there, and always in the
 * tab's storage. What the tab has kept and the address does not bring is offered, not imposed.
 */
export function useSteps() {
  const { appId } = useApp()
  const link = useSearchParams().get('steps')
  const [steps, change] = useReducer(changeSteps, link, stepsOf)
  const [offered, setOffered] = useState<Steps>([])
  const [isBroken, setBroken] = useState(() => parseStepsLink(link).kind === 'broken')
  const latest = useRef({ steps, offered })
  latest.current = { steps, offered }
  const written = useRef(link)
  const before = useRef(link)
  /** The cards as they were when they were run for real: no draft any more. */
  const done = useRef<string | null>(null)

  // Only the browser knows what its tab has kept.
  useEffect(() => {
    const kept = keptDraft(appId)
    const isSameVisit = written.current !== null && kept.links.includes(written.current)
    const isNews = kept.steps.length > 0 && toText(kept.steps) !== toText(latest.current.steps)
    if (isSameVisit && isNews) change({ kind: 'replace', steps: withNewKeys(kept.steps) })
    setOffered(withNewKeys([...kept.offered, ...(isNews && !isSameVisit ? kept.steps : [])]))
  }, [appId])

  useEffect(() => {
    // The router tells of an address some time after it is written; by then it may be another.
    const isLate = link !== searchInForce().get('steps')
    if (isLate || link === null || link === written.current) return
    // Another list has come by a link: what was here is offered again.
    written.current = link
    const arrived = parseStepsLink(link)
    setBroken(arrived.kind === 'broken')
    if (arrived.kind !== 'steps') return
    setOffered((before) => [...before, ...latest.current.steps])
    change({ kind: 'replace', steps: withNewKeys(arrived.steps) })
  }, [link])

  const save = useCallback(() => {
    const { steps, offered } = latest.current
    // Until it is decided what becomes of what was offered, it is kept, too.
    const isDone = toText(steps) === done.current
    const links = [before.current, written.current].filter((each) => each !== null)
    keepDraft(appId, { steps: isDone ? [] : steps, offered, links })
  }, [appId])

  const settle = useCallback(() => {
    const next = toStepsLink(latest.current.steps)
    before.current = written.current
    written.current = next
    save()
    if (next === searchInForce().get('steps')) return
    changeAddress((search) => {
      if (next === null) search.delete('steps')
      else search.set('steps', next)
      return search
    }, 'replace')
  }, [save])

  const isFirst = useRef(true)
  const isTouched = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of either is what is kept
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    isTouched.current = true
    const pause = setTimeout(settle, pauseMs)
    return () => clearTimeout(pause)
  }, [steps, offered, settle])

  useEffect(() => {
    // A page that was only looked at keeps nothing: it may not even have read what is kept.
    const leave = () => {
      if (isTouched.current) save()
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [save])

  const takeOffered = useCallback((isWanted: boolean) => {
    if (isWanted) change({ kind: 'prepend', steps: latest.current.offered })
    setOffered([])
  }, [])

  const conclude = useCallback(() => {
    done.current = toText(latest.current.steps)
    save()
  }, [save])

  return { steps, change, offered, takeOffered, isBroken, conclude }
}

function stepsOf(link: string | null): Steps {
  const parsed = parseStepsLink(link)
  return parsed.kind === 'steps' ? parsed.steps : []
}

function withNewKeys(steps: Steps): Steps {
  return steps.map((step) => ({ ...step, key: crypto.randomUUID() }))
}

function toText(steps: Steps): string {
  return JSON.stringify(steps.map((step) => ({ ...step, key: '' })))
}

'use client'

import { type Query, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { must } from '@/lib/base/must'
import type { RecordsRequest } from '@/lib/model/requests/record'
import { changesUrl, recordKeys } from '@/lib/queries/records'
import { schemaKeys } from '@/lib/queries/schema'

/** How the page keeps up with the backend. */
export type LiveState =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'on' }
  /** What may pass by itself. */
  | { readonly kind: 'trouble'; readonly message: string }
  /** It goes on only when it is asked for again. */
  | { readonly kind: 'failed'; readonly message: string }

export interface Live {
  readonly state: LiveState
  readonly isPaused: boolean
  /** Changes that came while it was paused. */
  readonly waiting: number
  readonly pause: () => void
  /** Shows what has changed meanwhile, and follows again. */
  readonly resume: () => void
}

/** Many changes in a row are shown together, this far apart. */
const leastMs = 400

/**
 * Keeps a page of records current: opens the stream of its changes while `isWanted` and the tab is
 * in view, and reads the page again after each. The stream brings no data, so that what is shown
 * always comes the one way, with the identity of everything else.
 */
export function useLive(request: RecordsRequest, isWanted: boolean): Live {
  const queryClient = useQueryClient()
  const isVisible = useTabVisible()
  const [state, setState] = useState<LiveState>({ kind: 'off' })
  const [isPaused, setPaused] = useState(false)
  const [waiting, setWaiting] = useState(0)
  const paused = useRef(isPaused)
  paused.current = isPaused
  const url = changesUrl(request)

  // By its text: a request is a new object at every drawing.
  const key = JSON.stringify(request)
  const refresh = useMemo(() => {
    const shown: RecordsRequest = JSON.parse(key)
    return throttled(() => {
      void queryClient.invalidateQueries({ queryKey: recordKeys.namespace(shown) })
      void queryClient.invalidateQueries({ queryKey: schemaKeys.counts(shown) })
    })
  }, [key, queryClient])

  useEffect(() => {
    if (!isWanted || !isVisible) {
      setState({ kind: 'off' })
      return
    }
    setState({ kind: 'connecting' })
    const stream = new EventSource(url)
    const onChange = () => {
      setState({ kind: 'on' })
      if (paused.current) setWaiting((before) => before + 1)
      else refresh.call()
    }
    stream.addEventListener('changed', onChange)
    // After a lost connection, and when the tab comes into view again, there may have been changes.
    stream.addEventListener('ready', () => {
      setState({ kind: 'on' })
      if (!paused.current) refresh.call()
    })
    stream.addEventListener('trouble', ({ data }) => setState({ kind: 'trouble', ...told(data) }))
    stream.addEventListener('failed', ({ data }) => {
      stream.close()
      setState({ kind: 'failed', ...told(data) })
    })
    stream.onerror = () => {
      if (stream.readyState === EventSource.CONNECTING) {
        setState({ kind: 'trouble', message: 'The connection was lost. It is tried again.' })
      } else if (stream.readyState === EventSource.CLOSED) {
        setState({ kind: 'failed', message: 'The dashboard refused to follow changes.' })
      }
    }
    return () => stream.close()
  }, [url, isWanted, isVisible, refresh])

  const pause = useCallback(() => {
    setPaused(true)
    // What is yet to be read again, or just being, is held back as well.
    const queryKey = recordKeys.namespace(JSON.parse(key))
    const isReread = ({ state }: Query) =>
      state.data !== undefined && state.fetchMeta?.fetchMore === undefined
    const isReading = queryClient.isFetching({ queryKey, predicate: isReread }) > 0
    if (refresh.cancel() || isReading) setWaiting((before) => before + 1)
    void queryClient.cancelQueries({ queryKey, predicate: isReread })
  }, [key, queryClient, refresh])
  const resume = useCallback(() => {
    setPaused(false)
    setWaiting(0)
    refresh.call()
  }, [refresh])

  return { state, isPaused: isPaused && isWanted, waiting, pause, resume }
}

function told(data: string): { readonly message: string } {
  const message: unknown = JSON.parse(data)?.message
  return { message: must(typeof message === 'string' ? message : null, 'trouble says what it is') }
}

interface Throttled {
  readonly call: () => void
  /** Takes back a call that is yet to come; tells whether there was one. */
  readonly cancel: () => boolean
}

/** Calls at once, and then no more often than every `leastMs`; the last call is never lost. */
function throttled(call: () => void): Throttled {
  let lastAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | null = null
  const run = () => {
    timer = null
    lastAt = performance.now()
    call()
  }
  return {
    call: () => {
      timer ??= setTimeout(run, Math.max(0, lastAt + leastMs - performance.now()))
    },
    cancel: () => {
      if (timer === null) return false
      clearTimeout(timer)
      timer = null
      return true
    },
  }
}

/** A tab in the background needs no stream, of which a browser allows few to one host. */
function useTabVisible(): boolean {
  const [isVisible, setVisible] = useState(true)
  useEffect(() => {
    const update = () => setVisible(document.visibilityState === 'visible')
    update()
    document.addEventListener('visibilitychange', update)
    return () => document.removeEventListener('visibilitychange', update)
  }, [])
  return isVisible
}

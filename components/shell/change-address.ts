import { keepActing } from '@/lib/model/routes'

/** Whether Back leads to the address before. */
export type HistoryChange = 'push' | 'replace'

/**
 * Changes what the page in view says of itself in its address. Given are the parameters that stand
 * there, not those last drawn: two changes in a row must not undo each other. As whom the page acts and
 * what becomes of writes stay as they stand there, whatever is given back; that is changed by
 * `useActAs` and `useChooseMode` alone.
 */
export function changeAddress(
  change: (search: URLSearchParams) => URLSearchParams,
  history: HistoryChange,
): void {
  const current = new URLSearchParams(window.location.search)
  const next = change(new URLSearchParams(current))
  const url = keepActing(window.location.pathname, next, current)
  if (history === 'push') window.history.pushState(null, '', url)
  else window.history.replaceState(null, '', url)
}

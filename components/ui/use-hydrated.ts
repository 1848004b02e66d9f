import { useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * Whether what is drawn is the browser's own: false on the server, and in the browser while it takes over
 * what the server has drawn. What only the browser may know by then is to be left out until it is true.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

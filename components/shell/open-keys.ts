const eventName = 'understudy:keys'

/** Shows the list of keys. */
export function openKeys(): void {
  window.dispatchEvent(new Event(eventName))
}

/** Calls back whenever the list is asked for; the result stops it. */
export function onOpenKeys(show: () => void): () => void {
  window.addEventListener(eventName, show)
  return () => window.removeEventListener(eventName, show)
}

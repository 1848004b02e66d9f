const eventName = 'understudy:identity'

/** Shows the choice of an identity. */
export function openIdentity(): void {
  window.dispatchEvent(new Event(eventName))
}

/** Calls back whenever the choice is asked for; the result stops it. */
export function onOpenIdentity(show: () => void): () => void {
  window.addEventListener(eventName, show)
  return () => window.removeEventListener(eventName, show)
}

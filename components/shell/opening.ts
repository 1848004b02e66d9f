/** Something of the shell that opens on request from anywhere: a key, a button, the palette. */
interface Opening {
  readonly open: () => void
  /** Calls back whenever it is to open; the result stops that. */
  readonly onOpen: (show: () => void) => () => void
}

function createOpening(name: string): Opening {
  const eventName = `understudy:${name}`
  return {
    open: () => {
      window.dispatchEvent(new Event(eventName))
    },
    onOpen: (show) => {
      window.addEventListener(eventName, show)
      return () => window.removeEventListener(eventName, show)
    },
  }
}

/** The list of all keys. */
export const keysOpening = createOpening('keys')

/** The choice of an identity. */
export const identityOpening = createOpening('identity')

/** The command palette. */
export const paletteOpening = createOpening('palette')

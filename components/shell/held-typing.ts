/** Typing that is kept from the page for a field that is yet to come. */
export interface HeldTyping {
  /** Lets go of the keys; the result is what was typed. */
  readonly end: () => string
}

/**
 * From now on letters go nowhere else. Escape and a press of the pointer call `onLeave`, which is to end it.
 */
export function holdTyping(onLeave: () => void): HeldTyping {
  const over = new AbortController()
  let text = ''

  function press(event: KeyboardEvent) {
    const { key } = event
    // By AltGr one types letters, too.
    const isLetter = key.length === 1 && (!hasModifier(event) || event.getModifierState('AltGraph'))
    if (!isLetter && (hasModifier(event) || !['Escape', 'Backspace', 'Enter'].includes(key))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (isLetter) text += key
    else if (key === 'Backspace') text = text.slice(0, -1)
    else if (key === 'Escape') onLeave()
  }
  const options = { capture: true, signal: over.signal }
  window.addEventListener('keydown', press, options)
  window.addEventListener('pointerdown', onLeave, options)
  return {
    end: () => {
      over.abort()
      return text
    },
  }
}

function hasModifier({ metaKey, ctrlKey, altKey }: KeyboardEvent): boolean {
  return metaKey || ctrlKey || altKey
}

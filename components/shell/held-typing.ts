/** Typing that is kept from the page for a field that is yet to come. */
export interface HeldTyping {
  /** Lets go of the keys; the result is what was typed. */
  readonly end: () => string
}

/** From now on letters go nowhere else. Escape calls back, other keys do what they always do. */
export function holdTyping(onEscape: () => void): HeldTyping {
  let text = ''

  function press(event: KeyboardEvent) {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const { key } = event
    if (key === 'Escape') onEscape()
    else if (key === 'Backspace') text = text.slice(0, -1)
    else if (key.length === 1) text += key
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('keydown', press, { capture: true })
  return {
    end: () => {
      window.removeEventListener('keydown', press, { capture: true })
      return text
    },
  }
}

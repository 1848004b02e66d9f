/**
 * Whether a key pressed there is meant for what is there: as text, or for a menu or dialog. Monaco's
 * input is a textarea, or an edit context.
 */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(
      'input:not([type="radio"], [type="checkbox"]), textarea, select, [role="textbox"], [role="menu"], [role="dialog"], [role="alertdialog"], .monaco-editor',
    ) !== null
  )
}

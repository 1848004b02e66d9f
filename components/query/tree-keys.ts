import type { TreeLine } from './tree-lines'

/** What a key does in a tree. */
export type TreeStep =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }

interface Pressed {
  readonly key: string
  /** Lines that fit into the view. */
  readonly pageSize: number
}

/** What a key does on a line, as the ARIA tree pattern has it, or null when it does nothing. */
export function stepInTree(
  lines: readonly TreeLine[],
  active: number,
  { key, pageSize }: Pressed,
): TreeStep | null {
  const line = lines[active]
  if (!line) return null
  const move = (to: number): TreeStep => ({
    kind: 'move',
    to: Math.max(0, Math.min(lines.length - 1, to)),
  })
  switch (key) {
    case 'ArrowDown':
      return move(active + 1)
    case 'ArrowUp':
      return move(active - 1)
    case 'PageDown':
      return move(active + pageSize)
    case 'PageUp':
      return move(active - pageSize)
    case 'Home':
      return move(0)
    case 'End':
      return move(lines.length - 1)
    case 'ArrowRight':
      if (!line.size) return null
      return line.isOpen ? move(active + 1) : { kind: 'open' }
    case 'ArrowLeft':
      if (line.isOpen) return { kind: 'close' }
      return line.parent < 0 ? null : move(line.parent)
    case 'Enter':
    case ' ':
      if (!line.size) return null
      return { kind: line.isOpen ? 'close' : 'open' }
    default:
      return null
  }
}

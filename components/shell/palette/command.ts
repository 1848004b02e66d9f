import type { LucideIcon } from 'lucide-react'

/** Something the palette can do. */
export interface Command {
  readonly id: string
  readonly label: string
  readonly icon: LucideIcon
  /** Said at the end of the line. */
  readonly note?: string
  /** The keys that do the same without the palette. */
  readonly keys?: readonly string[]
  /** What it is found by besides its label. */
  readonly words?: string
  readonly run: () => void
}

export interface CommandGroup {
  readonly title: string
  readonly commands: readonly Command[]
}

/** How many commands of one group are listed before anything is typed. */
const shownAtFirst = 6

/**
 * The commands in which every word of a search occurs, those that begin with it first. Without a
 * search, the first few of each group. A group of which nothing is left is left out.
 */
export function matchCommands(
  groups: readonly CommandGroup[],
  search: string,
): readonly CommandGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const matched = groups.map(({ title, commands }) => ({
    title,
    commands:
      words.length === 0
        ? commands.slice(0, shownAtFirst)
        : commands
            .map((command) => ({ command, rank: rankOf(command, words) }))
            .filter(({ rank }) => rank < none)
            .sort((a, b) => a.rank - b.rank)
            .map(({ command }) => command),
  }))
  return matched.filter(({ commands }) => commands.length > 0)
}

const none = 3

// 0: begins with the first word; 1: a word of it does; 2: it is somewhere inside; 3: not found. What
// a command does not show counts only from the beginning of a word: any other find would puzzle.
function rankOf({ label, words = '' }: Command, search: readonly string[]): number {
  const text = label.toLowerCase()
  const shown = wordsOf(text)
  const hidden = wordsOf(words.toLowerCase())
  const isFound = (word: string) =>
    text.includes(word) || hidden.some((each) => each.startsWith(word))
  const [first = ''] = search
  if (!search.every(isFound)) return none
  if (text.startsWith(first)) return 0
  return shown.some((each) => each.startsWith(first)) ? 1 : 2
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

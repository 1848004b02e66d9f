import { sections } from './sections'

interface KeyGroup {
  readonly title: string
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[]
}

/** Every key of the product, as the `?` dialog lists them. `Mod` is ⌘ or Ctrl. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: 'Anywhere',
    keys: [
      ...sections.map(({ key, name }) => ({ keys: ['g', key], does: `Go to ${name}` })),
      { keys: ['Mod', 'K'], does: 'Command palette' },
      { keys: ['a'], does: 'Act as…' },
      { keys: ['?'], does: 'Show the keys' },
      { keys: ['Esc'], does: 'Leave the innermost thing' },
    ],
  },
  {
    title: 'Grid',
    keys: [
      { keys: ['↑', '↓', '←', '→'], does: 'Move the cell' },
      { keys: ['/'], does: 'Search the records' },
      { keys: ['Home', 'End'], does: 'First, last column' },
      { keys: ['Mod', 'Home'], does: 'First of all records' },
      { keys: ['Mod', 'End'], does: 'Last of all records' },
      { keys: ['PageUp', 'PageDown'], does: 'One screen up, down' },
      { keys: ['Enter'], does: 'Edit the cell; sort, on a heading' },
      { keys: ['F2'], does: 'Edit the cell' },
      { keys: ['Space'], does: 'Read all of the value' },
      { keys: ['Shift', 'Space'], does: 'Open the record' },
      {
        keys: ['Shift', '↑', '↓', '←', '→'],
        does: 'Select cells; also Shift and a click, or dragging',
      },
      { keys: ['Mod', 'A'], does: 'Select all cells at hand' },
      { keys: ['Mod', 'C'], does: 'Copy the cell, or those selected' },
      { keys: ['Shift', 'F10'], does: 'The menu of the cell or the heading' },
    ],
  },
  {
    title: 'Record',
    keys: [{ keys: ['Alt', '↑', '↓'], does: 'Previous, next record of the grid' }],
  },
  {
    title: 'Field',
    keys: [
      { keys: ['Enter'], does: 'Save; in JSON, a new line' },
      { keys: ['Mod', 'Enter'], does: 'Save' },
      { keys: ['Shift', 'Enter'], does: 'A new line' },
    ],
  },
  {
    title: 'Query',
    keys: [{ keys: ['Mod', 'Enter'], does: 'Run' }],
  },
  {
    title: 'Transact',
    keys: [
      { keys: ['Mod', 'Enter'], does: 'Dry run, or run' },
      { keys: ['Alt', '↑'], does: 'Move the step up' },
      { keys: ['Alt', '↓'], does: 'Move the step down' },
      { keys: ['↑', '↓'], does: 'On the head of a step: go to the next' },
      { keys: ['Mod', 'D'], does: 'On the head of a step: duplicate it' },
      { keys: ['Delete'], does: 'On the head of a step: remove it' },
    ],
  },
]

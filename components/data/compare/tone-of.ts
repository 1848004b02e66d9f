import type { RowTone } from '@/components/grid/grid-column'
import type { RecordRow } from '@/lib/model/record'

const normal: RowTone = { kind: 'normal' }

/** How a record that is compared is drawn: as always where it is seen, else behind a lock with the reason. */
export function toneOf({ sight }: RecordRow): RowTone {
  switch (sight?.kind) {
    case undefined:
    case 'seen':
      return normal
    case 'hidden':
      return { kind: 'muted', label: 'Hidden by the view rule' }
    case 'failed':
      return { kind: 'muted', label: `The rule fails for this record: ${sight.message}` }
  }
}

/** Why a cell of a record that is compared is not shown to whom one acts as, or null when it is. */
export function whyStripped({ sight }: RecordRow, column: string): string | null {
  const isStripped = sight?.kind === 'seen' && sight.stripped.includes(column)
  return isStripped ? 'Set, but a rule on its field or its target hides it' : null
}

import type { CelList } from '@bufbuild/cel'
import { listValue } from './cel-value'

/**
 * The parts of a text between separators: at most `limit`, the last of which holds all that is left;
 * every one when it is absent or negative. An empty separator parts the characters.
 */
export function splitText(this: string, separator: string, limit?: bigint): CelList {
  const parts = separator === '' ? [...this] : this.split(separator)
  const most = limit === undefined || limit < 0n ? parts.length : Number(limit)
  if (most === 0) return listValue([])
  const rest = parts.slice(most - 1).join(separator)
  return listValue(parts.length > most ? [...parts.slice(0, most - 1), rest] : parts)
}

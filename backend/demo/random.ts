/**
 * Chance that is the same every time. A generator is made from a name and a number, so any record
 * can be made, or referred to, without making those before it: that is what lets a big app be
 * generated in a stream.
 */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number
  /** A whole number between the two, both included. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<const Choices extends readonly [unknown, ...unknown[]]>(choices: Choices): Choices[number]
  /** Up to `count` different whole numbers below `below`. */
  some(count: number, below: number): number[]
}

export function createRandom(name: string, index: number): Random {
  const word = words(name, index)
  const next = () => word() / 2 ** 32
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    between: (least, most) => least + int(most - least + 1),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[int(choices.length)] ?? choices[0],
    some: (count, below) => [...new Set(Array.from({ length: count }, () => int(below)))],
  }
}

/** The id of a record, a valid uuid of version 4; the same for the same name and number. */
export function recordId(name: string, index: number): string {
  const word = words(`id of ${name}`, index)
  const hex = Array.from({ length: 4 }, () => word().toString(16).padStart(8, '0')).join('')
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) % 4)).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

/** The sfc32 generator: 32-bit words from a name and a number. */
function words(name: string, index: number): () => number {
  let a = hashOf(name)
  let b = index | 0
  let c = Math.floor(index / 2 ** 32) ^ 0x9e3779b9
  let counter = 1
  const word = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  // The first words still look like the seed.
  for (let round = 0; round < 12; round++) word()
  return word
}

const hashes = new Map<string, number>()

/** FNV-1a, remembered: there are few names and very many records. */
function hashOf(name: string): number {
  const known = hashes.get(name)
  if (known !== undefined) return known
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  hashes.set(name, hash)
  return hash
}

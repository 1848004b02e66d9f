import { type CelValue, isCelList } from '@bufbuild/cel'

/**
 * What a call of a library function is charged: a step, and more for long operands. So texts that
 * double and patterns over long texts meet their end by cost, before the memory is taken.
 */
export function costOf(
  name: string,
  receiver: CelValue | undefined,
  args: readonly CelValue[],
): number {
  const weight = args.reduce<number>((sum, arg) => sum + weigh(arg), weigh(receiver))
  switch (name) {
    case 'split':
      return 1 + weight
    case 'matches': {
      const [text, pattern] = receiver === undefined ? args : [receiver, ...args]
      return 1 + weigh(text) * (1 + Math.ceil(weigh(pattern) / 8)) + weigh(pattern) * 4
    }
  }
  // Accessors with a time zone ask the locale data.
  const isZoned = name.startsWith('get') && args.length > 0
  return 1 + Math.ceil(weight / 16) + (isZoned ? 1000 : 0)
}

/** Characters of a text, also of those in a list. */
function weigh(value: CelValue | undefined): number {
  if (typeof value === 'string') return value.length
  if (value === undefined || !isCelList(value)) return 0
  let sum = value.size
  for (const item of value) if (typeof item === 'string') sum += item.length
  return sum
}

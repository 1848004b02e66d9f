import { RE2JS } from '@bufbuild/re2'

const known = new Map<string, RE2JS>()
const capacity = 200

/**
 * A regular expression that takes time linear in the text, whatever the pattern. The latest ones
 * are kept, since a rule asks for the same pattern on every row. Throws on a malformed pattern.
 */
export function compilePattern(pattern: string): RE2JS {
  const compiled = known.get(pattern) ?? RE2JS.compile(pattern)
  known.delete(pattern)
  known.set(pattern, compiled)
  const [oldest] = known.keys()
  if (known.size > capacity && oldest !== undefined) known.delete(oldest)
  return compiled
}

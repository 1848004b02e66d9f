const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether the text is a uuid of any version, in either case, without surrounding space. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value)
}

/** Class names joined, with what is false or missing left out. */
export function cn(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

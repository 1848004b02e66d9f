import type { JsonObject } from '@/lib/base/json'

/** The namespace whose records Instant keeps beside the files that were uploaded. */
export const filesNamespace = '$files'

/** A file as its record tells of it. What the record lacks, or a rule hides, is null. */
export interface StoredFile {
  readonly path: string | null
  readonly contentType: string | null
  readonly bytes: number | null
  /** Where it can be read for a while, with no other permission than this address. */
  readonly url: string | null
}

/** The file of a record of `$files`. */
export function toStoredFile(values: JsonObject): StoredFile {
  const { path, size, url } = values
  const contentType = values['content-type']
  return {
    path: typeof path === 'string' ? path : null,
    contentType: typeof contentType === 'string' ? mediaTypeOf(contentType) : null,
    bytes: typeof size === 'number' ? size : null,
    url: typeof url === 'string' && isWebAddress(url) ? url : null,
  }
}

/** `Image/PNG; charset=binary` is `image/png`. */
function mediaTypeOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase()
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
}

const pictureTypes = [
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/svg+xml',
  'image/webp',
  'image/x-icon',
]

/** The largest picture that is shown, in bytes. */
export const largestPicture = 20_000_000

/** Why a file is not shown as a picture, or null when it is. */
export function whyNoPicture({ contentType, bytes, url }: StoredFile): string | null {
  if (contentType === null || !pictureTypes.includes(contentType)) return 'It is no picture.'
  if (url === null) return 'It has no address.'
  if (bytes === null) return 'Its size is not known.'
  if (bytes === 0) return 'It is empty.'
  return bytes > largestPicture
    ? `At ${formatBytes(bytes)} it is too large to be shown here: the most is ${formatBytes(largestPicture)}.`
    : null
}

export type FileKind =
  | 'archive'
  | 'audio'
  | 'code'
  | 'other'
  | 'picture'
  | 'table'
  | 'text'
  | 'video'

const kinds: readonly (readonly [kind: FileKind, type: RegExp])[] = [
  ['picture', /^image\//],
  ['video', /^video\//],
  ['audio', /^audio\//],
  ['table', /^text\/(csv|tab-separated-values)$|spreadsheet|excel/],
  ['code', /json|javascript|xml|html|css/],
  ['text', /^text\/|pdf|msword|wordprocessing|rtf/],
  ['archive', /zip|tar|compressed|7z/],
]

/** What sort of file it is, by its media type. */
export function kindOfFile({ contentType }: StoredFile): FileKind {
  return kinds.find(([, type]) => type.test(contentType ?? ''))?.[0] ?? 'other'
}

const units = ['kB', 'MB', 'GB', 'TB'] as const

/** A number of bytes as people read it: `628 B`, `12.3 kB`, a kB being 1,000 bytes. */
export function formatBytes(bytes: number): string {
  let amount = bytes
  let unit = 'B'
  for (const next of units) {
    // What would be rounded to 1,000 is one of the next.
    if (Math.abs(amount) < (unit === 'B' ? 1000 : 999.95)) break
    amount /= 1000
    unit = next
  }
  const isWhole = unit === 'B'
  return `${amount.toLocaleString('en-US', { minimumFractionDigits: isWhole ? 0 : 1, maximumFractionDigits: isWhole ? 0 : 1 })} ${unit}`
}

/** What is known of a file that is handed out. All but the size was said by whoever uploaded it. */
export interface Content {
  readonly path: string
  readonly contentType: string | null
  readonly contentDisposition: string | null
}

/** What a browser shows without running anything: no HTML, no SVG, no XML. */
const shownTypes = new Set([
  'application/pdf',
  'audio/aac',
  'audio/flac',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/x-icon',
  'text/plain',
  'video/mp4',
  'video/ogg',
  'video/quicktime',
  'video/webm',
])

const unknownType = 'application/octet-stream'
const validType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;[\t\x20-\x7e]*)?$/

/**
 * Headers under which a file is handed out. Its type is kept, but a browser neither guesses another one
 * nor shows what could run: everything not on the list is downloaded, and what is opened all the same
 * has an origin of its own and may load and run nothing.
 */
export function contentHeaders(content: Content): Record<string, string> {
  const given = content.contentType?.trim() ?? ''
  const type = validType.test(given) ? given : unknownType
  return {
    'Content-Type': type,
    'Content-Disposition': disposition(content, isShown(type)),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': `default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox`,
  }
}

function isShown(type: string): boolean {
  return shownTypes.has((type.split(';')[0] ?? '').trim().toLowerCase())
}

function disposition({ path, contentDisposition }: Content, isShownInline: boolean): string {
  const wantsDownload = /^\s*attachment\b/i.test(contentDisposition ?? '')
  const kind = isShownInline && !wantsDownload ? 'inline' : 'attachment'
  const name = givenName(contentDisposition ?? '') ?? lastSegment(path)
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encodeName(name)}`
}

/** The name in a disposition; only its text is taken over, never its syntax. */
function givenName(text: string): string | null {
  const [, quoted, bare] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(text) ?? []
  const name = lastSegment(quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '')
  return name === '' ? null : name
}

function lastSegment(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? ''
}

/** Percent-encoding of RFC 8187, which is stricter than that of URLs. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

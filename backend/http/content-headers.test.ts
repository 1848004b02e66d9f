import { expect, test } from 'vitest'
import { contentHeaders } from './content-headers'

test.each([
  ['image/png', 'inline'],
  ['IMAGE/PNG', 'inline'],
  ['text/plain; charset=utf-8', 'inline'],
  ['application/pdf', 'inline'],
  ['video/mp4', 'inline'],
  ['text/html', 'attachment'],
  ['text/html; charset=utf-8', 'attachment'],
  ['image/svg+xml', 'attachment'],
  ['application/xhtml+xml', 'attachment'],
  ['text/xml', 'attachment'],
  ['text/javascript', 'attachment'],
  ['application/x-unknown', 'attachment'],
])('%s is for %s', (contentType, kind) => {
  const headers = contentHeaders({ path: 'a', contentType, contentDisposition: 'inline' })

  expect(headers['Content-Type']).toBe(contentType)
  expect(headers['Content-Disposition']).toMatch(new RegExp(`^${kind};`))
  expect(headers['X-Content-Type-Options']).toBe('nosniff')
  expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none';.*sandbox$/)
})

test.each([null, '', 'png', 'image', 'image/png\r\nX-Evil: 1', 'image/png, text/html'])(
  'the type %j is none, so it is bytes',
  (contentType) => {
    const headers = contentHeaders({ path: 'a', contentType, contentDisposition: null })

    expect(headers['Content-Type']).toBe('application/octet-stream')
    expect(headers['Content-Disposition']).toMatch(/^attachment;/)
  },
)

test.each<[path: string, disposition: string | null, expected: string]>([
  ['a/b/c.png', null, `inline; filename="c.png"; filename*=UTF-8''c.png`],
  ['c.png', 'attachment', `attachment; filename="c.png"; filename*=UTF-8''c.png`],
  [
    'c',
    'attachment; filename="my file.png"',
    `attachment; filename="my file.png"; filename*=UTF-8''my%20file.png`,
  ],
  ['c', 'inline; filename=x.png', `inline; filename="x.png"; filename*=UTF-8''x.png`],
  ['c', 'inline; filename="../../x.png"', `inline; filename="x.png"; filename*=UTF-8''x.png`],
  ['c', 'inline; filename="a\\"b"', `inline; filename="a_b"; filename*=UTF-8''a%22b`],
  ['ö"/ü\\"ß\n.png', null, `inline; filename="___.png"; filename*=UTF-8''%22%C3%9F%0A.png`],
  [
    "日本 (1)'s.png",
    null,
    `inline; filename="__ (1)'s.png"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%20%281%29%27s.png`,
  ],
])('%j with %j', (path, contentDisposition, expected) => {
  const headers = contentHeaders({ path, contentType: 'image/png', contentDisposition })

  expect(headers['Content-Disposition']).toBe(expected)
})

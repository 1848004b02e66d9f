/**
 * Parses the text form of a Postgres array, such as `{1,NULL,"a \"b\""}`, of any number of
 * dimensions; `parse` gets the text of each element that is not null.
 */
export function parseArray(text: string, parse: (element: string) => unknown): unknown[] {
  // Arrays whose subscripts do not start at 1 are printed with a prefix such as `[0:1]=`.
  const start = text.startsWith('[') ? text.indexOf('=') + 1 : 0
  return readArray({ text, at: start }, parse)
}

interface Cursor {
  readonly text: string
  at: number
}

function readArray(cursor: Cursor, parse: (element: string) => unknown): unknown[] {
  const elements: unknown[] = []
  cursor.at += 1
  while (cursor.text[cursor.at] !== '}') {
    elements.push(readElement(cursor, parse))
    if (cursor.text[cursor.at] === ',') cursor.at += 1
  }
  cursor.at += 1
  return elements
}

function readElement(cursor: Cursor, parse: (element: string) => unknown): unknown {
  const first = cursor.text[cursor.at]
  if (first === '{') return readArray(cursor, parse)
  if (first === '"') return parse(readQuoted(cursor))
  const rest = /[,}]/g
  rest.lastIndex = cursor.at
  const end = rest.exec(cursor.text)?.index ?? cursor.text.length
  const word = cursor.text.slice(cursor.at, end)
  cursor.at = end
  return word === 'NULL' ? null : parse(word)
}

function readQuoted(cursor: Cursor): string {
  const start = cursor.at + 1
  let end = start
  while (cursor.text[end] !== '"') end += cursor.text[end] === '\\' ? 2 : 1
  cursor.at = end + 1
  return cursor.text.slice(start, end).replace(/\\(.)/gs, '$1')
}

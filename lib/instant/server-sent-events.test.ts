import { expect, test } from 'vitest'
import { readEvents } from './server-sent-events'

test('events come through however the stream is cut', async () => {
  const text = 'retry:500\n\ndata: {"op":"sse-init"}\n\n:\n\ndata: {"op":"ok","n":"ünï"}\r\n\r\n'
  for (const size of [1, 2, 7, 1000]) {
    expect(await all(text, size)).toEqual([{ op: 'sse-init' }, { op: 'ok', n: 'ünï' }])
  }
})

test('what is not JSON is passed over', async () => {
  expect(await all('data: {oops\ndata: 1\nevent: x\n', 4)).toEqual([1])
})

async function all(text: string, size: number): Promise<unknown[]> {
  const bytes = new TextEncoder().encode(text)
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  )
  const events: unknown[] = []
  for await (const event of readEvents(stream(chunks))) events.push(event)
  return events
}

function stream(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

/** The longest question that is handed over whole. */
const wholeBodyBytes = 1_000_000

/** What a request brings, and the way to have done with it once it has its answer. */
export interface TakenBody {
  readonly body: ArrayBuffer | ReadableStream<Uint8Array> | null
  readonly discardRest: () => Promise<void>
}

/** A question is handed over whole, which is faster; a file as it comes. */
export async function takeBody(request: Request): Promise<TakenBody> {
  const { method, headers } = request
  if (method === 'GET' || method === 'HEAD') return { body: null, discardRest: nothing }
  const isQuestion = headers.get('content-type')?.includes('json') ?? false
  const length = Number(headers.get('content-length') ?? Number.NaN)
  if (isQuestion && length <= wholeBodyBytes) {
    return { body: await request.arrayBuffer(), discardRest: nothing }
  }
  // Not before: asking for it makes a stream of the body, and a request of the standard's own.
  const { body } = request
  return body ? takeStream(body) : { body: null, discardRest: nothing }
}

async function nothing(): Promise<void> {}

/**
 * The bytes of a body. A client that is refused sends on until it has its answer, and would not see
 * it if the rest were not read: the server ends it when that is too much.
 */
function takeStream(body: ReadableStream<Uint8Array>): TakenBody {
  const reader = body.getReader()
  let isDiscarding = false
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else if (!isDiscarding) controller.enqueue(value)
    },
  })
  const discardRest = async () => {
    isDiscarding = true
    while (!(await reader.read()).done);
  }
  return { body: stream, discardRest }
}

import { makeApp, type TestApp } from './make-app'

/** Attributes by name, as `'string indexed unique required'` in any order; the type comes first. */
export type NamespaceSpec = Readonly<Record<string, string>>

export interface SchemaSpec {
  readonly namespaces: Readonly<Record<string, NamespaceSpec>>
  /** Such as `'books.author one required cascade <-> users.books many'`. */
  readonly links?: readonly string[]
}

/** An app and the ways to ask it that a table of cases needs. */
export interface ContractApp extends TestApp {
  /** Any request, with the app's id and its admin token unless told otherwise. */
  call(path: string, request?: CallOptions): Promise<Answer>
  query(query: object, options?: AskOptions): Promise<Answer>
  transact(steps: readonly unknown[], options?: AskOptions & { strict?: boolean }): Promise<Answer>
}

export interface AskOptions {
  /** Headers that say as whom; null values take headers away. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly inference?: boolean
}

export interface CallOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | null>>
  /** Sent as JSON, but text and bytes as they are. */
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is for the assertions to say.
  readonly body: any
}

/** A new app with this schema. */
export async function makeContractApp(
  apiURI: string,
  spec: SchemaSpec = { namespaces: {} },
  rules?: object,
): Promise<ContractApp> {
  const app = await makeApp({ apiURI, schema: toDefs(spec), ...(rules && { rules }) })
  const call = (path: string, options: CallOptions = {}) => send(app, path, options)
  return {
    ...app,
    call,
    query: (query, { headers = {}, inference = false } = {}) =>
      call('/admin/query', { headers, body: { query, 'inference?': inference } }),
    transact: (steps, { headers = {}, strict = false } = {}) =>
      call('/admin/transact', { headers, body: { steps, 'throw-on-missing-attrs?': strict } }),
  }
}

/** Transacts and fails the test where that is refused. */
export async function write(app: ContractApp, steps: readonly unknown[]): Promise<void> {
  const { status, body } = await app.transact(steps)
  if (status !== 200) throw new Error(JSON.stringify(body))
}

/** Some headers of an answer, as an object to compare. */
export function setOf(headers: Headers, names: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(names.map((name) => [name, headers.get(name)]))
}

/** The JSON form of `i.schema` (contract http.md 6.13 b). */
export function toDefs({ namespaces, links = [] }: SchemaSpec): object {
  return {
    entities: mapValues(namespaces, (attrs) => ({ attrs: mapValues(attrs, toAttr), links: {} })),
    links: Object.fromEntries(links.map((link, n) => [`link${n}`, toLink(link)])),
    rooms: {},
  }
}

async function send(
  { apiURI, appId, adminToken }: TestApp,
  path: string,
  { method, headers = {}, body }: CallOptions,
): Promise<Answer> {
  const all = {
    'app-id': appId,
    authorization: `Bearer ${adminToken}`,
    'content-type': 'application/json',
    ...headers,
  }
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const answer = await fetch(apiURI + path, {
    method: method ?? 'POST',
    headers: Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
    ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  })
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await answer.body?.cancel()
  const text = isStream ? '' : await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json')
  return {
    status: answer.status,
    headers: answer.headers,
    body: isJson ? JSON.parse(text) : text,
  }
}

function toAttr(spec: string): object {
  const [valueType, ...flags] = spec.split(' ')
  const has = (flag: string) => flags.includes(flag)
  return {
    valueType,
    required: has('required'),
    isIndexed: has('indexed'),
    config: { indexed: has('indexed'), unique: has('unique') },
    metadata: {},
  }
}

function toLink(spec: string): object {
  const [forward, reverse] = spec.split(' <-> ').map(toSide)
  return { forward, reverse }
}

function toSide(spec: string): object {
  const [name = '', has, ...flags] = spec.split(' ')
  const [on, label] = name.split('.')
  return {
    on,
    label,
    has,
    ...(flags.includes('required') && { required: true }),
    ...(flags.includes('cascade') && { onDelete: 'cascade' }),
  }
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, change: (value: T) => U) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}

import { randomUUID } from 'node:crypto'
import { type Connection, saveConnection } from '@/backend/demo/connections-file'
import { recordId } from '@/backend/demo/random'
import { testConnectionsFile, titles } from './connections'
import { flakyPort, startFlakyBackend } from './flaky-backend'
import { makeApp, type TestApp } from './make-app'
import { makePeopleApp } from './people-app'
import { transact } from './transact'
import { makeWideApp } from './wide-app'

const noteCount = 12

/** Runs once before all browser tests, when both programs are up. */
export default async function prepareApps(): Promise<() => Promise<void>> {
  const backend = process.env.E2E_BACKEND_URL ?? ''
  const flaky = await startFlakyBackend(new URL(backend))
  const workshop = await makeNotesApp(backend)
  const behindSwitch = await makeNotesApp(backend)
  const other = await makeNotesApp(backend)
  const people = await makePeopleApp(backend)
  const wide = await makeWideApp(backend)
  const connections: readonly Connection[] = [
    { title: titles.workshop, ...workshop },
    { title: titles.people, ...people },
    { title: titles.wide, ...wide },
    { title: titles.flaky, ...behindSwitch, apiURI: `http://127.0.0.1:${flakyPort}` },
    { title: titles.wrongToken, ...other, adminToken: randomUUID() },
    {
      title: titles.unreachable,
      apiURI: 'http://127.0.0.1:9',
      appId: randomUUID(),
      adminToken: randomUUID(),
    },
  ]
  for (const connection of connections) await saveConnection(testConnectionsFile, connection)
  return flaky.stop
}

/** The id of one of the notes of the workshop and of the app behind the switch. */
export function noteId(index: number): string {
  return recordId('notes', index)
}

async function makeNotesApp(apiURI: string): Promise<TestApp> {
  const attr = (valueType: string, { unique = false, indexed = false, required = false } = {}) => ({
    valueType,
    required,
    isIndexed: indexed,
    config: { indexed, unique },
    metadata: {},
  })
  const app = await makeApp({
    apiURI,
    schema: {
      entities: {
        notes: {
          attrs: {
            title: attr('string', { indexed: true, required: true }),
            slug: attr('string', { indexed: true, unique: true }),
            amount: attr('number', { indexed: true }),
            isDone: attr('boolean'),
            dueAt: attr('date'),
            extra: attr('json'),
          },
          links: {},
        },
        tags: { attrs: { name: attr('string') }, links: {} },
      },
      links: {
        noteTags: {
          forward: { on: 'notes', has: 'many', label: 'tags' },
          reverse: { on: 'tags', has: 'many', label: 'notes' },
        },
      },
      rooms: {},
    },
  })
  const tag = recordId('tags', 0)
  await transact(app, [['create', 'tags', tag, { name: 'shared' }]])
  for (let index = 0; index < noteCount; index++) {
    const values = { title: `Note ${index + 1}`, slug: `note-${index + 1}`, amount: index * 10 }
    await transact(app, [
      ['create', 'notes', noteId(index), { ...values, isDone: false, extra: { index } }],
      ['link', 'notes', noteId(index), { tags: tag }],
    ])
  }
  return app
}

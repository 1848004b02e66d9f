import { later, toIso } from './demo-time'
import { demoBytes } from './file-bytes'
import { imageSize } from './png'
import { recordId } from './random'
import { type DemoRecord, present, toLinks } from './record'
import { articleBody, articleTitle } from './texts'
import { ticketOfAttachment } from './work'
import { createWorld, type World } from './world'

/** Articles are read in series of six: each knows the next one. */
const seriesLength = 6

export function articleRecord(world: World, index: number): DemoRecord {
  const random = world.random('articles', index)
  const createdAt = world.madeAt('articles', index)
  const title = articleTitle(random, index)
  const isPublished = random.chance(0.75)
  const hasNext = index % seriesLength < seriesLength - 1 && index + 1 < world.counts.articles
  return {
    id: world.id('articles', index),
    createdAt,
    values: present({
      slug: `${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${index + 1}`,
      title,
      body: articleBody(random, title),
      locale: random.pick(['en', 'en', 'de', 'ja', 'ar']),
      isPublished,
      // Unique to the millisecond, since it is made of the number.
      publishedAt: isPublished
        ? toIso(Math.floor(createdAt / 1_000) * 1_000 + (index % 1_000))
        : null,
      views: isPublished ? Math.floor(10 ** (random.next() * 7)) : 0,
      translations: random.chance(0.5)
        ? {
            de: { title: `${title} (Deutsch)`, isComplete: true },
            ar: { title: 'مقالة', isComplete: false },
          }
        : undefined,
    }),
    links: toLinks({
      author: world.id('profiles', random.int(world.staff)),
      next: hasNext ? world.id('articles', index + 1) : null,
      relatedTickets: random.some(random.int(5), world.counts.tickets).map((at) => {
        return world.id('tickets', at)
      }),
    }),
  }
}

const fileKinds = [
  { extension: 'png', contentType: 'image/png', name: 'screenshot' },
  { extension: 'pdf', contentType: 'application/pdf', name: 'Rechnung für März' },
  { extension: 'csv', contentType: 'text/csv', name: 'export' },
  { extension: 'log', contentType: 'text/plain', name: 'server' },
  { extension: 'svg', contentType: 'image/svg+xml', name: 'スクリーン図' },
  { extension: 'zip', contentType: 'application/zip', name: 'backup (final) (2)' },
] as const

export function attachmentRecord(world: World, index: number): DemoRecord {
  const random = world.random('attachments', index)
  const ticket = world.ticket(ticketOfAttachment(world, index))
  const kind = kindOf(index)
  const hasFile = index < ticketFiles(world)
  return {
    id: world.id('attachments', index),
    createdAt: later(ticket.openedAt, 600_000, random.next()),
    values: present({
      name: `${kind.name}-${index}.${kind.extension}`,
      contentType: kind.contentType,
      sizeBytes: hasFile ? fileBytes(world, index).length : sizeOf(world, index),
      checksum: random.chance(0.7) ? checksum(world, index) : undefined,
      dimensions: kind.extension === 'png' ? { ...imageSize, dpi: null } : undefined,
    }),
    links: toLinks({
      file: hasFile ? world.id('$files', index) : null,
      uploader: world.id('profiles', ticket.requester),
    }),
  }
}

/** Rows of files. The first belong to attachments, the last are public. */
export function fileRecord(world: World, index: number): DemoRecord {
  const isPublic = index >= ticketFiles(world)
  const kind = kindOf(index)
  const ticket = isPublic ? null : ticketOfAttachment(world, index)
  const folder = ticket === null ? 'public/handbook' : `tickets/${1001 + ticket}`
  return {
    id: world.id('$files', index),
    createdAt:
      ticket === null ? world.madeAt('$files', index) : world.ticket(ticket).openedAt + 1_000,
    values: present({
      path: `${folder}/${kind.name}-${index}.${kind.extension}`,
      size: fileBytes(world, index).length,
      'content-type': kind.contentType,
      'content-disposition': 'inline',
      'location-id': locationOf(index),
      'key-version': 1,
      description: index % 4 === 0 ? 'Uploaded with the first message' : undefined,
    }),
    links: {},
  }
}

/** A file of the demo and what is in it. */
export interface DemoFile {
  readonly id: string
  readonly locationId: string
  readonly bytes: Buffer
}

/** The files of a demo app of about `total` records, made one after another while they are read. */
export function* demoFiles(total: number): Iterable<DemoFile> {
  const world = createWorld(total)
  for (let index = 0; index < world.counts.$files; index++) {
    const bytes = fileBytes(world, index)
    yield { id: world.id('$files', index), locationId: locationOf(index), bytes }
  }
}

function locationOf(index: number): string {
  return recordId('bytes of $files', index)
}

/** Some are empty. */
function fileBytes(world: World, index: number): Buffer {
  if (index % 17 === 3) return Buffer.alloc(0)
  return demoBytes(kindOf(index).extension, world.random('$files', index))
}

/** Every fourth file is a public one that hangs on nothing; attachments may lack theirs. */
function ticketFiles(world: World): number {
  return Math.min(world.counts.attachments, Math.floor(world.counts.$files * 0.75))
}

function kindOf(index: number): (typeof fileKinds)[number] {
  return fileKinds[index % fileKinds.length] ?? fileKinds[0]
}

/** Of what was never uploaded: empty, small, and beyond 32 bits. */
function sizeOf(world: World, index: number): number {
  const random = world.random('$files', index)
  return index % 17 === 3 ? 0 : Math.floor(10 ** (1 + random.next() * 9))
}

function checksum(world: World, index: number): string {
  return world.id('$files', index).replaceAll('-', '')
}

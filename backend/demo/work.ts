import { dayMs, demoStart, hourMs, later, toDay, toIso } from './demo-time'
import { personOf } from './people'
import type { Random } from './random'
import { type DemoRecord, present, toLinks } from './record'
import {
  commentBody,
  internalRemark,
  labelNames,
  longLog,
  milestoneTitles,
  oddSubjects,
  projectDescription,
  projectNames,
  ticketBody,
  topics,
  workNote,
} from './texts'
import type { World } from './world'

export function labelRecord(world: World, index: number): DemoRecord {
  const [name, color, description] = labelNames[index % labelNames.length] ?? labelNames[0]
  return {
    id: world.id('labels', index),
    createdAt: demoStart + (index + 30) * hourMs,
    values: present({ name, color, description: description ?? undefined }),
    links: {},
  }
}

export function projectRecord(world: World, index: number): DemoRecord {
  const random = world.random('projects', index)
  const createdAt = world.madeAt('projects', index)
  const [known, knownKey] = projectNames[index % projectNames.length] ?? projectNames[0]
  const round = Math.floor(index / projectNames.length)
  const isDone = index < world.counts.projects * 0.4
  return {
    id: world.id('projects', index),
    createdAt,
    values: present({
      key: round === 0 ? knownKey : `${knownKey}${round + 1}`,
      name: round === 0 ? known : `${known}, phase ${round + 1}`,
      description: projectDescription(random),
      status: isDone ? 'done' : random.pick(['planned', 'active', 'active', 'on hold']),
      color: random.pick(['#2563eb', '#16a34a', '#d97706', '#db2777', '#7c3aed']),
      budget: random.chance(0.7) ? random.between(2, 240) * 500 : null,
      startsOn: toDay(createdAt + random.between(0, 20) * dayMs),
      dueAt: random.chance(0.8) ? createdAt + random.between(30, 200) * dayMs : null,
      isArchived: isDone && random.chance(0.5),
      board: board(random),
    }),
    links: toLinks({
      owner: world.id('profiles', random.int(world.staff)),
      team: world.id('teams', index % world.counts.teams),
      organization: random.chance(0.3)
        ? world.id('organizations', 1 + random.int(Math.ceil(world.counts.organizations / 2)))
        : null,
    }),
  }
}

export function milestoneRecord(world: World, index: number): DemoRecord {
  const random = world.random('milestones', index)
  const project = projectOfMilestone(world, index)
  const createdAt = world.madeAt('projects', project) + hourMs
  const dueOn = createdAt + random.between(10, 150) * dayMs
  return {
    id: world.id('milestones', index),
    createdAt,
    values: present({
      title: milestoneTitles[index % milestoneTitles.length],
      dueOn: toDay(dueOn),
      reachedAt: random.chance(0.5) ? toIso(dueOn) : undefined,
      weight: random.pick([1, 2.5, 'heavy', true, [3, 5], { points: 8 }]),
    }),
    links: toLinks({ project: world.id('projects', project) }),
  }
}

export function ticketRecord(world: World, index: number): DemoRecord {
  const random = world.random('tickets', index)
  const facts = world.ticket(index)
  const topic = topics[facts.topic] ?? topics[0]
  const { displayName } = personOf(world, facts.requester)
  const milestone = random.chance(0.3) ? random.int(world.counts.milestones) : null
  const isOdd = index % 31 === 5
  return {
    id: world.id('tickets', index),
    createdAt: facts.openedAt,
    values: present({
      number: 1001 + index,
      subject: isOdd
        ? oddSubjects[Math.floor(index / 31) % oddSubjects.length]
        : random.pick(topic.subjects),
      body: index % 97 === 40 ? longLog(random) : ticketBody(random, topic, displayName),
      status: facts.status,
      priority: random.pick([1, 2, 2, 3, 3, 3, 4]),
      channel: random.pick(['email', 'email', 'portal', 'phone', 'chat']),
      openedAt: facts.openedAt,
      dueAt: random.chance(0.6) ? toIso(facts.openedAt + random.between(1, 10) * dayMs) : undefined,
      closedAt: facts.closedAt === null ? undefined : toIso(facts.closedAt),
      isUrgent: random.chance(0.12),
      sentiment: random.chance(0.7)
        ? Math.round((random.next() * 2 - 1) * 1_000) / 1_000
        : undefined,
      satisfaction: facts.closedAt !== null && random.chance(0.4) ? random.between(1, 5) : null,
      estimateHours: random.pick([undefined, null, 0, 0.25, 1.5, 8, 40]),
      externalRef: random.chance(0.2) ? `REQ-${10_000 + index}` : undefined,
      internalNotes: random.chance(0.5) ? internalRemark(random) : undefined,
      context: random.chance(0.4) ? ticketContext(random) : undefined,
      customFields: random.pick([
        undefined,
        null,
        '',
        'gold',
        -7,
        false,
        ['a', 2, null],
        { Größe: 'XL', nested: {} },
      ]),
    }),
    links: ticketLinks({ world, random, index, milestone }),
  }
}

interface TicketLinksInput {
  readonly world: World
  readonly random: Random
  readonly index: number
  readonly milestone: number | null
}

function ticketLinks({ world, random, index, milestone }: TicketLinksInput): DemoRecord['links'] {
  const { requester, assignee, topic } = world.ticket(index)
  // Part of a ticket shortly before it, which is no part itself: two levels and no circle.
  const parent = index % 9 === 4 ? index - 2 - (index % 2) : null
  const organization = world.organizationOf(requester)
  const project =
    milestone === null
      ? random.chance(0.2)
        ? random.int(world.counts.projects)
        : null
      : projectOfMilestone(world, milestone)
  const labels = [topic, ...random.some(random.int(3), world.counts.labels)]
  return toLinks({
    requester: world.id('profiles', requester),
    assignee: assignee === null ? null : world.id('profiles', assignee),
    watchers: random.some(random.int(4), world.staff).map((at) => world.id('profiles', at)),
    organization: organization === 0 ? null : world.id('organizations', organization),
    project: project === null ? null : world.id('projects', project),
    milestone: milestone === null ? null : world.id('milestones', milestone),
    parent: parent === null || parent < 0 ? null : world.id('tickets', parent),
    blocks:
      index % 11 === 7 ? [world.id('tickets', index - 1), world.id('tickets', index - 5)] : [],
    labels: [...new Set(labels)].map((at) => world.id('labels', at)),
    attachments: attachmentsOf(world, index).map((at) => world.id('attachments', at)),
  })
}

export function commentRecord(world: World, index: number): DemoRecord {
  const random = world.random('comments', index)
  const ticket = ticketOfComment(world, index)
  const facts = world.ticket(ticket)
  const isFromStaff = random.chance(0.6)
  const author = isFromStaff ? (facts.assignee ?? 3) : facts.requester
  const postedAt = later(facts.openedAt, 40 * hourMs, random.next())
  const before = index - 1
  const isReply = before >= 0 && ticketOfComment(world, before) === ticket && random.chance(0.3)
  return {
    id: world.id('comments', index),
    createdAt: postedAt,
    values: present({
      body: commentBody(random, topics[facts.topic] ?? topics[0], isFromStaff),
      postedAt,
      editedAt: random.chance(0.1) ? toIso(postedAt + 120_000) : undefined,
      isInternal: isFromStaff && random.chance(0.25),
      reactions: random.chance(0.2) ? { '👍': random.between(1, 5), '❤️': 1 } : undefined,
    }),
    links: toLinks({
      ticket: world.id('tickets', ticket),
      author: world.id('profiles', author),
      replyTo: isReply ? world.id('comments', before) : null,
    }),
  }
}

export function timeEntryRecord(world: World, index: number): DemoRecord {
  const random = world.random('timeEntries', index)
  const ticket = random.chance(0.85) ? random.int(world.counts.tickets) : null
  const facts = ticket === null ? null : world.ticket(ticket)
  const startedAt = facts
    ? later(facts.openedAt, 30 * hourMs, random.next())
    : world.madeAt('timeEntries', index)
  return {
    id: world.id('timeEntries', index),
    createdAt: startedAt,
    values: present({
      minutes: random.pick([5, 10, 15, 25, 30, 45, 60, 90, 240, -15]),
      startedAt: toIso(startedAt),
      note: random.chance(0.8) ? workNote(random) : undefined,
      isBillable: random.chance(0.6),
      rate: random.chance(0.5) ? random.between(40, 120) : null,
    }),
    links: toLinks({
      person: world.id('profiles', facts?.assignee ?? random.int(world.staff)),
      ticket: ticket === null ? null : world.id('tickets', ticket),
    }),
  }
}

function projectOfMilestone(world: World, milestone: number): number {
  return Math.floor((milestone * world.counts.projects) / world.counts.milestones)
}

/** Comments come in runs of one to a dozen, like conversations. */
function ticketOfComment(world: World, index: number): number {
  const { tickets, comments } = world.counts
  const run = Math.floor(index / 4) * 4
  const within = world.random('comments', run + 1_000_000_000).int(3)
  return Math.min(
    tickets - 1,
    Math.floor((run * tickets) / comments) + (index % 4 < within ? 0 : 1),
  )
}

/** Attachments hang together in threes; which ticket has which three follows from their numbers. */
export function attachmentsOf(world: World, ticket: number): number[] {
  const { tickets, attachments } = world.counts
  const groups = Math.ceil(attachments / 3)
  const group = Math.ceil((ticket * groups) / tickets)
  if (group >= groups || Math.floor((group * tickets) / groups) !== ticket) return []
  return [0, 1, 2].map((at) => group * 3 + at).filter((at) => at < attachments)
}

/** The other way round: the ticket an attachment belongs to. */
export function ticketOfAttachment(world: World, attachment: number): number {
  const { tickets, attachments } = world.counts
  return Math.floor((Math.floor(attachment / 3) * tickets) / Math.ceil(attachments / 3))
}

function board(random: Random) {
  return {
    columns: ['Backlog', 'Doing', 'Review', 'Done'].map((title, at) => ({
      title,
      limit: at === 1 ? random.between(2, 5) : null,
    })),
    swimlanes: { by: 'assignee', collapsed: [] },
  }
}

/** Deep on purpose: what a client sends along with a ticket. */
function ticketContext(random: Random) {
  return {
    client: {
      browser: {
        name: random.pick(['Firefox', 'Chrome', 'Safari']),
        version: [131, 0, random.int(9)],
      },
      viewport: { width: random.pick([390, 1440, 2560]), height: 900, scale: 1.5 },
    },
    steps: Array.from({ length: random.between(1, 4) }, (_, at) => ({
      at: at * 350,
      action: random.pick(['click', 'type', 'scroll']),
      target: { tag: 'button', path: ['main', 'form', { nth: at, text: 'Save ✓' }] },
    })),
    flags: { beta: random.chance(0.5), cohort: null, '': 'empty key' },
    deep: { a: { b: { c: { d: { e: { f: { g: { h: [[[['bottom']]]] } } } } } } } },
  }
}

import { later, madeAt } from './demo-time'
import { type DemoNamespace, type DemoPlan, planDemo } from './plan'
import { createRandom, type Random, recordId } from './random'

/**
 * What records of different namespaces must agree on, computed from their numbers alone: who a
 * ticket is from, when it was opened, which company a person belongs to.
 */
export interface World extends DemoPlan {
  random(namespace: DemoNamespace, index: number): Random
  id(namespace: DemoNamespace, index: number): string
  madeAt(namespace: DemoNamespace, index: number): number
  /** The company of a person, as an index. Number 0 is the company whose demo this is. */
  organizationOf(profile: number): number
  /** The user of a person, as an index; null for most customers. */
  userOf(profile: number): number | null
  /** A person who was there before the given part (0 to 1) of all tickets. */
  customerBefore(random: Random, part: number): number
  ticket(index: number): TicketFacts
}

export interface TicketFacts {
  readonly openedAt: number
  /** Null while it is open. */
  readonly closedAt: number | null
  readonly status: 'new' | 'open' | 'waiting' | 'solved' | 'closed'
  /** Index into `topics`. */
  readonly topic: number
  readonly requester: number
  /** Index of a person of the staff; null when nobody has taken it. */
  readonly assignee: number | null
}

const topicCount = 8
const hourMs = 3_600_000

export function createWorld(total: number): World {
  const plan = planDemo(total)
  const { counts, staff } = plan

  const world: World = {
    ...plan,
    random: createRandom,
    id: recordId,
    madeAt: (namespace, index) => madeAt(namespace, index, counts[namespace]),
    organizationOf: (profile) => {
      if (profile < staff) return 0
      // The first customer of each company is its contact, so every company has somebody.
      const customer = profile - staff
      if (customer < counts.organizations - 1) return customer + 1
      const skewed = createRandom('company of', profile).next() ** 1.7
      return 1 + Math.floor(skewed * (counts.organizations - 1))
    },
    // The last two users are one without a profile and one guest.
    userOf: (profile) => (profile < counts.$users - 2 ? profile : null),
    customerBefore: (random, part) => {
      const customers = counts.profiles - staff
      return staff + Math.floor(customers * Math.max(part, 0.1) * random.next() ** 1.3)
    },
    ticket: (index) => ticketFacts(world, index),
  }
  return world
}

function ticketFacts(world: World, index: number): TicketFacts {
  const count = world.counts.tickets
  const random = createRandom('facts of tickets', index)
  const openedAt = world.madeAt('tickets', index)
  const part = (index + 0.5) / count
  const requester = random.chance(0.08)
    ? random.int(world.staff)
    : world.customerBefore(random, part)
  const isDone = random.chance(part < 0.9 ? 0.93 : 0.93 - (part - 0.9) * 7)
  return {
    openedAt,
    closedAt: isDone ? later(openedAt, 60 * hourMs, random.next()) : null,
    status: isDone
      ? random.pick(['closed', 'closed', 'closed', 'solved'])
      : random.pick(['new', 'open', 'open', 'waiting']),
    topic: random.int(topicCount),
    requester,
    assignee: random.chance(0.88) ? assigneeOf(world, random) : null,
  }
}

/** Mostly the agents, who follow the owner and two admins. */
function assigneeOf(world: World, random: Random): number {
  return random.chance(0.85)
    ? Math.min(world.staff - 1, 3 + random.int(4))
    : random.int(world.staff)
}

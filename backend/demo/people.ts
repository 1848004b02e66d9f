import { dayMs, demoNow, demoStart, hourMs, later, toDay, toIso } from './demo-time'
import { companyDomain, companyName, ownCompany, personName, staffPeople } from './names'
import { type DemoRecord, present, toLinks } from './record'
import { bio, teamNames } from './texts'
import type { World } from './world'

/** Users: the staff, customers who sign in, one without a profile, one guest of a customer. */
export function userRecord(world: World, index: number): DemoRecord {
  const last = world.counts.$users - 1
  const createdAt = index < world.staff ? demoStart + index * hourMs : world.madeAt('$users', index)
  const base = { id: world.id('$users', index), createdAt }
  if (index === last) {
    return {
      ...base,
      values: { type: 'guest' },
      links: toLinks({ linkedPrimaryUser: world.id('$users', world.staff) }),
    }
  }
  if (index === last - 1) {
    const email = 'newcomer@mail.example'
    return { ...base, values: { type: 'user', email, joinedAt: toIso(createdAt) }, links: {} }
  }
  const person = personOf(world, index)
  const host = index < world.staff ? 'fernwood.example' : 'mail.example'
  return {
    ...base,
    values: present({
      type: 'user',
      email: `${person.handle}@${host}`,
      displayName: person.displayName,
      staffRole: index < world.staff ? person.role : undefined,
      joinedAt: toIso(createdAt),
      // Stored as null for some, missing for the others: both mean that there is none.
      imageURL: index % 3 === 0 ? null : undefined,
    }),
    links: {},
  }
}

export function profileRecord(world: World, index: number): DemoRecord {
  const random = world.random('profiles', index)
  const isStaff = index < world.staff
  const createdAt = isStaff ? demoStart + index * hourMs : world.madeAt('profiles', index)
  const person = personOf(world, index)
  const user = world.userOf(index)
  return {
    id: world.id('profiles', index),
    createdAt,
    values: present({
      handle: person.handle,
      displayName: person.displayName,
      role: person.role,
      title: person.title ?? (random.chance(0.4) ? 'Office manager' : undefined),
      bio: random.chance(0.7) ? bio(random) : random.chance(0.5) ? null : undefined,
      timeZone: random.pick(['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Tokyo']),
      phone: random.chance(0.6) ? `+1 555 01${random.between(10, 99)}` : undefined,
      birthday: random.chance(0.4)
        ? toDay(Date.UTC(1960, 0, 1) + random.int(15_000) * dayMs)
        : null,
      hourlyRate: isStaff ? random.between(45, 140) + random.pick([0, 0.5]) : null,
      lastSeenAt: user === null ? null : later(createdAt, 200 * dayMs, random.next()),
      preferences: random.chance(0.8) ? preferences(random.int(4)) : undefined,
      isAvailable: isStaff ? random.chance(0.8) : undefined,
    }),
    links: toLinks({
      user: user === null ? null : world.id('$users', user),
      organization: world.id('organizations', world.organizationOf(index)),
    }),
  }
}

export function teamRecord(world: World, index: number): DemoRecord {
  const random = world.random('teams', index)
  const [slug, name, purpose] = teamNames[index % teamNames.length] ?? teamNames[0]
  const members = [0, ...random.some(5, world.staff)].map((at) => (at + index) % world.staff)
  return {
    id: world.id('teams', index),
    createdAt: demoStart + (index + 20) * hourMs,
    values: present({
      slug,
      name,
      purpose: purpose ?? undefined,
      rotation: slug === 'on-call' ? rotation(world.staff) : undefined,
    }),
    links: toLinks({
      members: [...new Set(members)].map((at) => world.id('profiles', at)),
      lead: world.id('profiles', index % world.staff),
    }),
  }
}

export function organizationRecord(world: World, index: number): DemoRecord {
  const random = world.random('organizations', index)
  const createdAt = index === 0 ? demoStart : world.madeAt('organizations', index)
  const name = companyName(random, index)
  const plan = index === 0 ? 'internal' : random.pick(['free', 'team', 'team', 'business'])
  const seats = plan === 'free' ? random.between(1, 3) : random.between(4, 180)
  const contact = index === 0 ? 0 : world.staff + index - 1
  return {
    id: world.id('organizations', index),
    createdAt,
    values: present({
      name,
      domain: index === 0 ? 'fernwood.example' : (companyDomain(name) ?? undefined),
      plan,
      seats,
      monthlyRevenue: revenue(plan, seats),
      // Beyond 32 bits for most, the largest exact whole number for the company itself.
      storageBytes: name === ownCompany ? Number.MAX_SAFE_INTEGER : random.int(9_000_000_000_000),
      isActive: random.chance(0.9),
      foundedOn: random.chance(0.7) ? toDay(Date.UTC(1890 + random.int(130), 4, 1)) : undefined,
      renewsAt: plan === 'business' ? demoNow + random.int(365) * dayMs : null,
      address: random.chance(0.8) ? address(random.int(1_000)) : null,
      settings: organizationSettings(random.int(1_000)),
      notes: random.chance(0.3) ? 'Prefers the phone.\nInvoices in English, please.' : undefined,
      legacyId: random.pick([
        null,
        index,
        `old-${index}`,
        { system: 'crm', id: index },
        [index, 'b'],
      ]),
    }),
    links: toLinks({
      accountManager: random.chance(0.9) ? world.id('profiles', random.int(world.staff)) : null,
      primaryContact: contact < world.counts.profiles ? world.id('profiles', contact) : null,
    }),
  }
}

export interface Named {
  readonly displayName: string
  /** Unique. */
  readonly handle: string
  readonly role: string
  readonly title?: string
}

/** Who the person of that number is, alike for the profile and the user. */
export function personOf(world: World, index: number): Named {
  const known = staffPeople[index]
  if (known) return known
  const random = world.random('profiles', index)
  const { displayName, handle } = personName(random)
  const role = index < world.staff ? 'agent' : 'customer'
  return { displayName, handle: `${handle}${index}`, role }
}

function revenue(plan: string, seats: number): number | null {
  if (plan === 'internal') return null
  if (plan === 'free') return 0
  return seats * (plan === 'team' ? 9 : 18.5)
}

function preferences(variant: number) {
  return {
    theme: variant % 2 === 0 ? 'dark' : 'light',
    notifications: { email: variant > 1, push: { mentions: true, digest: ['mon', 'thu'] } },
    pinned: [],
  }
}

function rotation(staff: number) {
  return { everyDays: 7, order: Array.from({ length: Math.min(4, staff) }, (_, at) => at + 3) }
}

function address(seed: number) {
  const city = ['Lisbon', 'Kraków', 'Malmö', 'São Paulo', 'Kyoto', 'Haifa'][seed % 6] ?? 'Lisbon'
  return { street: `${1 + (seed % 90)} Mill Lane`, city, geo: { lat: 38 + seed / 100, lon: -9.13 } }
}

function organizationSettings(seed: number) {
  return {
    locale: seed % 3 === 0 ? 'de-DE' : 'en-GB',
    features: { portal: seed % 2 === 0, sla: seed % 5 === 0, beta: [] },
    limits: { seats: null, filesPerTicket: 10, retentionDays: 30 * (1 + (seed % 24)) },
  }
}

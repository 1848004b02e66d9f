import type { Json } from '@/lib/base/json'
import type { Random } from './random'
import { type DemoRecord, present, toLinks } from './record'
import type { World } from './world'

/** What happened in the product: the one namespace whose values have no common shape at all. */
export function eventRecord(world: World, index: number): DemoRecord {
  const random = world.random('events', index)
  const createdAt = world.madeAt('events', index)
  const kind = random.pick([
    'ticket.opened',
    'ticket.closed',
    'user.signed-in',
    'export.finished',
    'plan.changed',
  ])
  return {
    id: world.id('events', index),
    createdAt,
    values: present({
      kind,
      at: createdAt,
      subject: random.pick([
        1001 + random.int(world.counts.tickets),
        'system',
        null,
        undefined,
        true,
      ]),
      payload: payload(random),
    }),
    links: toLinks({
      actor: random.chance(0.8) ? world.id('profiles', random.int(world.counts.profiles)) : null,
    }),
  }
}

function payload(random: Random): Json {
  return random.pick<readonly [Json, ...Json[]]>([
    null,
    '',
    'plain text',
    -2147483649,
    9007199254740991,
    1e-7,
    false,
    [],
    {},
    ['mixed', 1, null, { deep: [true] }],
    { from: 'team', to: 'business', seats: { before: 4, after: 12 } },
    { ip: '192.0.2.17', agent: 'Mozilla/5.0', path: ['sign-in', 'code'] },
  ])
}

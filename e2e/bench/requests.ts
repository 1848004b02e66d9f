import { recordId } from '@/backend/demo/random'

/** What is asked of a demo app of `tickets` tickets. A read unless it has steps. */
export interface BenchRequest {
  readonly name: string
  body(round: number): { readonly query: object } | { readonly steps: readonly unknown[] }
}

/** The request by which it is told what HTTP adds. */
export const smallRead = 'one record by id'

export function benchRequests(tickets: number): readonly BenchRequest[] {
  const ticket = (round: number) => recordId('tickets', (round * 7919) % tickets)
  const page = (options: object, below: object = {}) => ({
    query: { tickets: { $: { limit: 50, ...options }, ...below } },
  })
  return [
    {
      name: smallRead,
      body: (round) => ({ query: { tickets: { $: { where: { id: ticket(round) } } } } }),
    },
    {
      name: 'one record with its links',
      body: (round) => ({
        query: {
          tickets: {
            $: { where: { id: ticket(round) } },
            requester: {},
            assignee: {},
            labels: {},
            comments: { author: {} },
          },
        },
      }),
    },
    { name: 'page of 50, in order of creation', body: () => page({}) },
    { name: 'page of 50, by an indexed number', body: () => page({ order: { number: 'desc' } }) },
    { name: 'page of 50, by an indexed date', body: () => page({ order: { dueAt: 'asc' } }) },
    {
      name: 'page of 50, half way in',
      body: () => page({ offset: Math.floor(tickets / 2), order: { number: 'asc' } }),
    },
    {
      name: 'page of 50, filtered by an indexed value',
      body: () => page({ where: { status: 'waiting' } }),
    },
    {
      name: 'page of 50, filtered over a link',
      body: () => page({ where: { 'labels.name': 'vip', status: 'open' } }),
    },
    {
      name: 'page of 50 with three links',
      body: () => page({ order: { number: 'desc' } }, { requester: {}, assignee: {}, labels: {} }),
    },
    {
      name: 'part of an indexed text, in any case',
      body: () => page({ where: { subject: { $ilike: '%SCANNER%' } } }),
    },
    {
      name: 'an unindexed value that nobody has',
      body: () => page({ where: { estimateHours: -1 } }),
    },
    { name: '1,000 records', body: () => ({ query: { tickets: { $: { limit: 1_000 } } } }) },
    {
      name: 'create one record',
      body: (round) => ({
        steps: [
          [
            'create',
            'labels',
            crypto.randomUUID(),
            { name: `bench ${round} ${Math.random()}`, color: '#000000' },
          ],
        ],
      }),
    },
    {
      name: 'change one unindexed value',
      body: (round) => ({
        steps: [['update', 'tickets', ticket(round), { internalNotes: `note ${round}` }]],
      }),
    },
    {
      name: 'change one indexed value',
      body: (round) => ({ steps: [['update', 'tickets', ticket(round), { priority: round % 5 }]] }),
    },
    {
      name: 'change 100 records at once',
      body: (round) => ({
        steps: Array.from({ length: 100 }, (_, at) => [
          'update',
          'tickets',
          ticket(round * 100 + at),
          { priority: at % 5 },
        ]),
      }),
    },
  ]
}

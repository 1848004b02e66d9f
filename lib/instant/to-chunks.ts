import 'server-only'
import { must } from '@/lib/base/must'
import type { Step } from '@/lib/model/transaction'
import type { WritingClient } from './client'

type Client = Pick<WritingClient, 'tx'>

type Chunk = WritingClient['tx'][string][string]

/** The SDK's type of a create without a schema admits no attribute at all. */
type UntypedValues = Parameters<Chunk['create']>[0]

/** Steps as the SDK takes them: one chunk each, in order. */
export function toChunks(client: Client, steps: readonly Step[]): Chunk[] {
  return steps.map((step) => toChunk(client, step))
}

function toChunk(client: Client, step: Step): Chunk {
  const record = recordOf(client, step)
  switch (step.action) {
    case 'create':
      return record.create(step.values as UntypedValues)
    case 'update':
      return record.update(step.values, { upsert: !step.mustExist })
    case 'merge':
      return record.merge(step.values, { upsert: !step.mustExist })
    case 'link':
      return record.link(toTargets(step.links))
    case 'unlink':
      return record.unlink(toTargets(step.links))
    case 'delete':
      return record.delete()
  }
}

function recordOf(client: Client, { namespace, subject }: Step): Chunk {
  const records = must(client.tx[namespace], 'tx answers to every namespace')
  // The names of the SDK's own properties cannot be ids, which are UUIDs.
  if (typeof subject === 'string') return must(records[subject], 'tx answers to every id')
  return records.lookup(subject.attribute, subject.value)
}

function toTargets(links: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(links).map(([label, ids]) => [label, [...ids]]))
}

import type { JsonObject } from '@/lib/base/json'
import type { RecordDetail } from './record'
import { type Namespace, whyNotEditable } from './schema'
import { toLiteral, toSdkCode } from './sdk-code'
import type { Step } from './transaction'

/** The InstaQL that reads a record with all its links, as the query editor takes it. */
export function recordQueryText({ name, links }: Namespace, id: string): string {
  const children = Object.fromEntries(links.map(({ label }): [string, JsonObject] => [label, {}]))
  return toLiteral({ [name]: { $: { where: { id } }, ...children } })
}

/** The `@instantdb/admin` code that reads a record with all its links. */
export function recordReadCode(namespace: Namespace, id: string): string {
  return `await db.query(${recordQueryText(namespace, id)})\n`
}

/**
 * The `@instantdb/admin` code that writes a record as it is: what a transaction may set of its values,
 * and its links as far as they are listed.
 */
export function recordWriteCode(namespace: Namespace, record: RecordDetail): string {
  const place = { namespace: namespace.name, subject: record.id }
  const values = Object.fromEntries(
    namespace.attributes
      .filter((attribute) => whyNotEditable(namespace, attribute) === null)
      .flatMap(({ name }) => {
        const value = record.values[name]
        return value === undefined ? [] : [[name, value]]
      }),
  )
  const links = Object.fromEntries(
    Object.entries(record.links)
      .filter(([, { records }]) => records.length > 0)
      .map(([label, { records }]) => [label, records.map(({ id }) => id)]),
  )
  const steps: Step[] = [{ action: 'update', ...place, values, mustExist: false }]
  if (Object.keys(links).length > 0) steps.push({ action: 'link', ...place, links })
  return toSdkCode(
    steps.map((step) => ({ kind: 'step', step })),
    { kind: 'admin' },
  )
}

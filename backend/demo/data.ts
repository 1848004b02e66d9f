import { eventRecord } from './events'
import { articleRecord, attachmentRecord, fileRecord } from './knowledge'
import { billingAccountRecord, invoiceRecord } from './money'
import { organizationRecord, profileRecord, teamRecord, userRecord } from './people'
import type { DemoNamespace } from './plan'
import type { DemoRecord } from './record'
import {
  commentRecord,
  labelRecord,
  milestoneRecord,
  projectRecord,
  ticketRecord,
  timeEntryRecord,
} from './work'
import { createWorld, type World } from './world'

/** The records of one namespace, made one after another while they are read. */
export interface DemoTable {
  readonly namespace: DemoNamespace
  readonly count: number
  records(): Iterable<DemoRecord>
}

const makers: Readonly<Record<DemoNamespace, (world: World, index: number) => DemoRecord>> = {
  $users: userRecord,
  $files: fileRecord,
  organizations: organizationRecord,
  billingAccounts: billingAccountRecord,
  profiles: profileRecord,
  teams: teamRecord,
  projects: projectRecord,
  milestones: milestoneRecord,
  labels: labelRecord,
  tickets: ticketRecord,
  comments: commentRecord,
  articles: articleRecord,
  invoices: invoiceRecord,
  timeEntries: timeEntryRecord,
  attachments: attachmentRecord,
  events: eventRecord,
}

/** A demo app of about `total` records. The same number gives the same records, ids included. */
export function demoTables(total: number): readonly DemoTable[] {
  const world = createWorld(total)
  const namespaces = Object.keys(makers) as DemoNamespace[]
  return namespaces.map((namespace) => ({
    namespace,
    count: world.counts[namespace],
    *records() {
      for (let index = 0; index < world.counts[namespace]; index++) {
        yield makers[namespace](world, index)
      }
    },
  }))
}

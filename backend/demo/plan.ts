/** How many records of each namespace a demo app has. */
export interface DemoPlan {
  readonly counts: Readonly<Record<DemoNamespace, number>>
  /** Profiles below this number are the company's own people, the others are customers. */
  readonly staff: number
}

export type DemoNamespace =
  | '$users'
  | '$files'
  | 'organizations'
  | 'billingAccounts'
  | 'profiles'
  | 'teams'
  | 'projects'
  | 'milestones'
  | 'labels'
  | 'tickets'
  | 'comments'
  | 'articles'
  | 'invoices'
  | 'timeEntries'
  | 'attachments'
  | 'events'

export const demoTotal = 2000
/** Below this some namespace would have fewer records than the links between them need. */
export const leastTotal = 1000

/** The counts add up to `total`, which is at least `leastTotal`. */
export function planDemo(total: number): DemoPlan {
  const share = (fraction: number, least: number) => Math.max(least, Math.round(total * fraction))
  const staff = 9 + Math.min(191, Math.floor(total / 5_000))
  const organizations = share(0.02, 10)
  const counts = {
    // Everybody of the staff, four customers, one without a profile and one guest; then more.
    $users: staff + 6 + Math.floor(total / 500 / 4) * (total > 10_000 ? 1 : 0),
    $files: share(0.03, 8),
    organizations,
    billingAccounts: Math.floor(organizations * 0.8),
    profiles: staff + share(0.055, 24),
    teams: 6,
    projects: share(0.0125, 8),
    milestones: share(0.03, 16),
    labels: 24,
    tickets: share(0.21, 60),
    comments: share(0.3, 80),
    articles: share(0.03, 12),
    invoices: share(0.08, 16),
    timeEntries: share(0.12, 24),
    attachments: share(0.04, 12),
  }
  const planned = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { staff, counts: { ...counts, events: total - planned } }
}

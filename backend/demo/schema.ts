/**
 * The demo app: the helpdesk and project tracker of a small software company. In the JSON that
 * `i.schema` turns into (contract http.md 6.13 b), so that it can be pushed like anybody's schema.
 * It has every type, every kind of constraint and a link of every shape; schema.test.ts says so.
 */
export interface SchemaDefs {
  readonly entities: Readonly<Record<string, EntityDef>>
  readonly links: Readonly<Record<string, LinkDef>>
  readonly rooms: Readonly<Record<string, never>>
}

export interface EntityDef {
  readonly attrs: Readonly<Record<string, AttrDef>>
  readonly links: Readonly<Record<string, never>>
}

export type ValueType = 'string' | 'number' | 'boolean' | 'date' | 'json' | 'any'

export interface AttrDef {
  readonly valueType: ValueType
  readonly required: boolean
  readonly isIndexed: boolean
  readonly config: { readonly indexed: boolean; readonly unique: boolean }
  readonly metadata: Readonly<Record<string, never>>
}

export interface LinkDef {
  readonly forward: LinkSide & { readonly required?: true }
  readonly reverse: LinkSide
}

interface LinkSide {
  readonly on: string
  readonly has: 'one' | 'many'
  readonly label: string
  readonly onDelete?: 'cascade'
}

export const demoSchema: SchemaDefs = {
  entities: {
    $users: entity({
      email: optional(unique('string')),
      imageURL: optional(plain('string')),
      type: optional(plain('string')),
      displayName: optional(plain('string')),
      staffRole: optional(indexed('string')),
      joinedAt: optional(indexed('date')),
    }),
    $files: entity({
      path: unique('string'),
      url: plain('string'),
      description: optional(plain('string')),
    }),
    organizations: entity({
      name: unique('string'),
      domain: optional(unique('string')),
      plan: indexed('string'),
      seats: indexed('number'),
      monthlyRevenue: optional(indexed('number')),
      storageBytes: plain('number'),
      isActive: indexed('boolean'),
      foundedOn: optional(plain('date')),
      renewsAt: optional(indexed('date')),
      address: optional(plain('json')),
      settings: plain('json'),
      notes: optional(plain('string')),
      legacyId: optional(indexed('any')),
    }),
    billingAccounts: entity({
      iban: unique('string'),
      balance: indexed('number'),
      currency: plain('string'),
      taxId: optional(plain('string')),
      isOverdue: plain('boolean'),
    }),
    profiles: entity({
      handle: unique('string'),
      displayName: indexed('string'),
      role: indexed('string'),
      title: optional(plain('string')),
      bio: optional(plain('string')),
      timeZone: plain('string'),
      phone: optional(plain('string')),
      birthday: optional(plain('date')),
      hourlyRate: optional(indexed('number')),
      lastSeenAt: optional(indexed('date')),
      preferences: optional(plain('json')),
      isAvailable: optional(plain('boolean')),
    }),
    teams: entity({
      slug: unique('string'),
      name: plain('string'),
      purpose: optional(plain('string')),
      rotation: optional(plain('json')),
    }),
    projects: entity({
      key: unique('string'),
      name: indexed('string'),
      description: plain('string'),
      status: indexed('string'),
      color: plain('string'),
      budget: optional(indexed('number')),
      startsOn: indexed('date'),
      dueAt: optional(indexed('date')),
      isArchived: indexed('boolean'),
      board: plain('json'),
    }),
    milestones: entity({
      title: plain('string'),
      dueOn: indexed('date'),
      reachedAt: optional(plain('date')),
      weight: plain('any'),
    }),
    labels: entity({
      name: unique('string'),
      color: plain('string'),
      description: optional(plain('string')),
    }),
    tickets: entity({
      number: unique('number'),
      subject: indexed('string'),
      body: plain('string'),
      status: indexed('string'),
      priority: indexed('number'),
      channel: indexed('string'),
      openedAt: indexed('date'),
      dueAt: optional(indexed('date')),
      closedAt: optional(plain('date')),
      isUrgent: indexed('boolean'),
      sentiment: optional(plain('number')),
      satisfaction: optional(indexed('number')),
      estimateHours: optional(plain('number')),
      externalRef: optional(unique('string')),
      internalNotes: optional(plain('string')),
      context: optional(plain('json')),
      customFields: optional(plain('any')),
    }),
    comments: entity({
      body: plain('string'),
      postedAt: indexed('date'),
      editedAt: optional(plain('date')),
      isInternal: plain('boolean'),
      reactions: optional(plain('json')),
    }),
    articles: entity({
      slug: unique('string'),
      title: indexed('string'),
      body: plain('string'),
      locale: indexed('string'),
      isPublished: indexed('boolean'),
      publishedAt: optional(unique('date')),
      views: indexed('number'),
      translations: optional(plain('json')),
    }),
    invoices: entity({
      number: unique('string'),
      amount: indexed('number'),
      currency: plain('string'),
      status: indexed('string'),
      issuedOn: indexed('date'),
      dueOn: plain('date'),
      paidAt: optional(indexed('date')),
      lines: plain('json'),
    }),
    timeEntries: entity({
      minutes: indexed('number'),
      startedAt: indexed('date'),
      note: optional(plain('string')),
      isBillable: indexed('boolean'),
      rate: optional(plain('number')),
    }),
    attachments: entity({
      name: indexed('string'),
      contentType: plain('string'),
      sizeBytes: indexed('number'),
      checksum: optional(unique('string')),
      dimensions: optional(plain('json')),
    }),
    events: entity({
      kind: indexed('string'),
      at: indexed('date'),
      subject: optional(indexed('any')),
      payload: optional(plain('any')),
    }),
  },
  links: {
    profileUser: {
      forward: { on: 'profiles', has: 'one', label: 'user', onDelete: 'cascade' },
      reverse: { on: '$users', has: 'one', label: 'profile' },
    },
    profileOrganization: {
      forward: { on: 'profiles', has: 'one', label: 'organization' },
      reverse: { on: 'organizations', has: 'many', label: 'people' },
    },
    organizationManager: {
      forward: { on: 'organizations', has: 'one', label: 'accountManager' },
      reverse: { on: 'profiles', has: 'many', label: 'managedOrganizations' },
    },
    organizationContact: {
      forward: { on: 'organizations', has: 'one', label: 'primaryContact' },
      reverse: { on: 'profiles', has: 'one', label: 'primaryContactOf' },
    },
    billingAccountOrganization: {
      forward: {
        on: 'billingAccounts',
        has: 'one',
        label: 'organization',
        required: true,
        onDelete: 'cascade',
      },
      reverse: { on: 'organizations', has: 'one', label: 'billingAccount', onDelete: 'cascade' },
    },
    teamMembers: {
      forward: { on: 'teams', has: 'many', label: 'members' },
      reverse: { on: 'profiles', has: 'many', label: 'teams' },
    },
    teamLead: {
      forward: { on: 'teams', has: 'one', label: 'lead' },
      reverse: { on: 'profiles', has: 'many', label: 'ledTeams' },
    },
    projectOwner: {
      forward: { on: 'projects', has: 'one', label: 'owner', required: true },
      reverse: { on: 'profiles', has: 'many', label: 'ownedProjects' },
    },
    projectOrganization: {
      forward: { on: 'projects', has: 'one', label: 'organization' },
      reverse: { on: 'organizations', has: 'many', label: 'projects' },
    },
    projectTeam: {
      forward: { on: 'projects', has: 'one', label: 'team' },
      reverse: { on: 'teams', has: 'many', label: 'projects' },
    },
    milestoneProject: {
      forward: {
        on: 'milestones',
        has: 'one',
        label: 'project',
        required: true,
        onDelete: 'cascade',
      },
      reverse: { on: 'projects', has: 'many', label: 'milestones' },
    },
    ticketRequester: {
      forward: { on: 'tickets', has: 'one', label: 'requester', required: true },
      reverse: { on: 'profiles', has: 'many', label: 'requestedTickets' },
    },
    ticketAssignee: {
      forward: { on: 'tickets', has: 'one', label: 'assignee' },
      reverse: { on: 'profiles', has: 'many', label: 'assignedTickets' },
    },
    ticketWatchers: {
      forward: { on: 'tickets', has: 'many', label: 'watchers' },
      reverse: { on: 'profiles', has: 'many', label: 'watchedTickets' },
    },
    ticketProject: {
      forward: { on: 'tickets', has: 'one', label: 'project' },
      reverse: { on: 'projects', has: 'many', label: 'tickets' },
    },
    ticketMilestone: {
      forward: { on: 'tickets', has: 'one', label: 'milestone' },
      reverse: { on: 'milestones', has: 'many', label: 'tickets' },
    },
    ticketOrganization: {
      forward: { on: 'tickets', has: 'one', label: 'organization' },
      reverse: { on: 'organizations', has: 'many', label: 'tickets' },
    },
    ticketParent: {
      forward: { on: 'tickets', has: 'one', label: 'parent', onDelete: 'cascade' },
      reverse: { on: 'tickets', has: 'many', label: 'children' },
    },
    ticketBlocks: {
      forward: { on: 'tickets', has: 'many', label: 'blocks' },
      reverse: { on: 'tickets', has: 'many', label: 'blockedBy' },
    },
    ticketLabels: {
      forward: { on: 'tickets', has: 'many', label: 'labels' },
      reverse: { on: 'labels', has: 'many', label: 'tickets' },
    },
    ticketAttachments: {
      forward: { on: 'tickets', has: 'many', label: 'attachments' },
      reverse: { on: 'attachments', has: 'one', label: 'ticket', onDelete: 'cascade' },
    },
    commentTicket: {
      forward: {
        on: 'comments',
        has: 'one',
        label: 'ticket',
        required: true,
        onDelete: 'cascade',
      },
      reverse: { on: 'tickets', has: 'many', label: 'comments' },
    },
    commentAuthor: {
      forward: { on: 'comments', has: 'one', label: 'author' },
      reverse: { on: 'profiles', has: 'many', label: 'comments' },
    },
    commentReplyTo: {
      forward: { on: 'comments', has: 'one', label: 'replyTo' },
      reverse: { on: 'comments', has: 'many', label: 'replies' },
    },
    articleAuthor: {
      forward: { on: 'articles', has: 'one', label: 'author' },
      reverse: { on: 'profiles', has: 'many', label: 'articles' },
    },
    articleNext: {
      forward: { on: 'articles', has: 'one', label: 'next' },
      reverse: { on: 'articles', has: 'one', label: 'previous' },
    },
    articleTickets: {
      forward: { on: 'articles', has: 'many', label: 'relatedTickets' },
      reverse: { on: 'tickets', has: 'many', label: 'articles' },
    },
    invoiceOrganization: {
      forward: {
        on: 'invoices',
        has: 'one',
        label: 'organization',
        required: true,
        onDelete: 'cascade',
      },
      reverse: { on: 'organizations', has: 'many', label: 'invoices' },
    },
    timeEntryPerson: {
      forward: { on: 'timeEntries', has: 'one', label: 'person', required: true },
      reverse: { on: 'profiles', has: 'many', label: 'timeEntries' },
    },
    timeEntryTicket: {
      forward: { on: 'timeEntries', has: 'one', label: 'ticket', onDelete: 'cascade' },
      reverse: { on: 'tickets', has: 'many', label: 'timeEntries' },
    },
    attachmentFile: {
      forward: { on: 'attachments', has: 'one', label: 'file', onDelete: 'cascade' },
      reverse: { on: '$files', has: 'one', label: 'attachment' },
    },
    attachmentUploader: {
      forward: { on: 'attachments', has: 'one', label: 'uploader' },
      reverse: { on: 'profiles', has: 'many', label: 'uploads' },
    },
    eventActor: {
      forward: { on: 'events', has: 'one', label: 'actor' },
      reverse: { on: 'profiles', has: 'many', label: 'events' },
    },
  },
  rooms: {},
}

function entity(attrs: Readonly<Record<string, AttrDef>>): EntityDef {
  return { attrs, links: {} }
}

function plain(valueType: ValueType): AttrDef {
  return {
    valueType,
    required: true,
    isIndexed: false,
    config: { indexed: false, unique: false },
    metadata: {},
  }
}

function indexed(valueType: ValueType): AttrDef {
  return { ...plain(valueType), isIndexed: true, config: { indexed: true, unique: false } }
}

function unique(valueType: ValueType): AttrDef {
  return { ...plain(valueType), isIndexed: true, config: { indexed: true, unique: true } }
}

function optional(attr: AttrDef): AttrDef {
  return { ...attr, required: false }
}

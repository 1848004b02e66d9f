import type { JsonObject } from '@/lib/base/json'

/**
 * Rules of the demo app (contract http.md 6.16). Who somebody is, is said by `$users.staffRole`:
 * owner, admin, agent or member; customers have none. What customers may see follows links.
 * Guests read the published articles, the labels and the public files.
 */
export const demoRules: JsonObject = {
  $default: {
    allow: { $default: 'false' },
    bind: {
      isSignedIn: 'auth.id != null',
      isOwner: "auth.staffRole == 'owner'",
      isAdmin: "auth.staffRole in ['owner', 'admin']",
      isAgent: "auth.staffRole in ['owner', 'admin', 'agent']",
      isStaff: "auth.staffRole in ['owner', 'admin', 'agent', 'member']",
    },
  },
  attrs: { allow: { create: 'false' } },
  $users: {
    allow: { view: 'auth.id == data.id || isStaff', update: 'auth.id == data.id' },
    fields: { email: 'auth.id == data.id || isAgent' },
  },
  $files: {
    allow: {
      view: "isStaff || data.path.startsWith('public/') || isMine",
      create: 'isStaff || isMine',
      delete: 'isAdmin',
    },
    bind: { isMine: "isSignedIn && data.path.startsWith('users/' + auth.id + '/')" },
  },
  organizations: {
    allow: {
      view: 'isStaff || isMember',
      create: 'isAgent',
      update: 'isAdmin || isAccountManager',
      delete: 'isOwner',
      link: { people: 'isAdmin', $default: 'isAgent' },
    },
    bind: {
      isMember: "auth.id in data.ref('people.user.id')",
      isAccountManager: "auth.id in data.ref('accountManager.user.id')",
    },
    fields: { monthlyRevenue: 'isAgent', notes: 'isStaff', legacyId: 'isAdmin' },
  },
  billingAccounts: {
    allow: {
      view: 'isAdmin || isContact',
      update: 'isOwner',
      create: 'isAdmin',
      delete: 'isOwner',
    },
    bind: { isContact: "auth.id in data.ref('organization.primaryContact.user.id')" },
    fields: { iban: 'isAdmin' },
  },
  profiles: {
    allow: {
      view: 'isStaff || isSelf || isColleague',
      create: 'isAgent',
      update: 'isAdmin || (isSelf && !changesRole)',
      delete: 'isOwner',
    },
    bind: {
      isSelf: "auth.id in data.ref('user.id')",
      isColleague:
        "data.ref('organization.id').exists(id, id in auth.ref('$user.profile.organization.id'))",
      changesRole: "'role' in request.modifiedFields",
    },
    fields: {
      phone: 'isSelf || isAgent',
      birthday: 'isSelf',
      hourlyRate: 'isSelf || isAdmin',
      preferences: 'isSelf',
    },
  },
  teams: {
    allow: { view: 'isStaff', create: 'isAdmin', update: 'isAdmin || isLead', delete: 'isOwner' },
    bind: { isLead: "auth.id in data.ref('lead.user.id')" },
  },
  projects: {
    allow: {
      view: 'isAgent || isInTeam || isOfCustomer',
      create: 'isAgent',
      update: 'isAdmin || isProjectOwner',
      delete: 'isOwner',
    },
    bind: {
      isProjectOwner: "auth.id in data.ref('owner.user.id')",
      isInTeam: "auth.id in data.ref('team.members.user.id')",
      isOfCustomer: "auth.id in data.ref('organization.people.user.id')",
    },
    fields: { budget: 'isAdmin || isProjectOwner' },
  },
  milestones: {
    allow: { view: 'isSignedIn', create: 'isAgent', update: 'isAgent', delete: 'isAdmin' },
  },
  labels: { allow: { view: 'true', create: 'isStaff', update: 'isStaff', delete: 'isAdmin' } },
  tickets: {
    allow: {
      view: 'isStaff || isRequester || isWatcher',
      create: 'isStaff || (isSignedIn && rateLimit.newTickets.limit(auth.id))',
      update: 'isStaff || (isRequester && onlyAnswers)',
      delete: 'isAdmin',
      link: { requester: 'isStaff || isRequester', comments: 'isSignedIn', $default: 'isStaff' },
      unlink: { watchers: 'isStaff || isWatcher', $default: 'isStaff' },
    },
    bind: {
      isRequester: "auth.id in data.ref('requester.user.id')",
      isWatcher: "auth.id in data.ref('watchers.user.id')",
      onlyAnswers:
        "data.status != 'closed' && request.modifiedFields.all(f, f in ['body', 'satisfaction'])",
    },
    fields: { internalNotes: 'isStaff', sentiment: 'isStaff', estimateHours: 'isStaff' },
  },
  comments: {
    allow: {
      view: 'isStaff || (data.isInternal == false && isOnTicket)',
      create: 'isAuthor',
      update: 'isAuthor && isFresh',
      delete: 'isAdmin || (isAuthor && isFresh)',
    },
    bind: {
      isAuthor: "auth.id in data.ref('author.user.id')",
      isOnTicket:
        "auth.id in data.ref('ticket.requester.user.id') || auth.id in data.ref('ticket.watchers.user.id')",
      isFresh: "request.time - timestamp(data.postedAt) < duration('15m')",
    },
  },
  articles: {
    allow: {
      view: 'data.isPublished == true || isStaff',
      create: 'isStaff',
      update: 'isAgent || isAuthor',
      delete: 'isAdmin',
    },
    bind: { isAuthor: "auth.id in data.ref('author.user.id')" },
    fields: { views: 'isStaff' },
  },
  invoices: {
    allow: { view: 'isAdmin || isContact', create: 'isAdmin', update: 'isOwner', delete: 'false' },
    bind: { isContact: "auth.id in data.ref('organization.primaryContact.user.id')" },
  },
  timeEntries: {
    allow: {
      view: 'isAdmin || isOwn',
      create: 'isOwn',
      update: 'isOwn',
      delete: 'isOwn || isAdmin',
    },
    bind: { isOwn: "auth.id in data.ref('person.user.id')" },
    fields: { rate: 'isAdmin' },
  },
  attachments: {
    allow: {
      view: "isStaff || auth.id in data.ref('ticket.requester.user.id')",
      create: 'isSignedIn',
      update: 'isStaff',
      delete: "isAdmin || auth.id in data.ref('uploader.user.id')",
    },
  },
  events: { allow: { view: 'isAdmin', create: 'false', update: 'false', delete: 'false' } },
  $rateLimits: {
    newTickets: { limits: [{ capacity: 20, refill: { amount: 20, period: '1 hour' } }] },
  },
}

import type { Random } from './random'

type Some<T> = readonly [T, ...T[]]

interface Topic {
  readonly label: number
  readonly subjects: Some<string>
  readonly opening: Some<string>
  readonly details: Some<string>
  readonly answers: Some<string>
}

/** What the tickets are about. `label` is an index into `labelNames`. */
export const topics: Some<Topic> = [
  {
    label: 0,
    subjects: [
      'Export stops at 10,000 rows',
      'CSV export has the wrong column order',
      'Scheduled export did not arrive on Monday',
      'Export shows dates in UTC instead of our time zone',
      'Umlauts are broken when the export is opened in Excel',
    ],
    opening: [
      'Since the update last week our monthly export is no longer complete.',
      'We rely on the nightly export for our accounting, and something is off.',
      'I ran the export twice today and got two different files.',
    ],
    details: [
      'The file ends in the middle of a row, always at about the same size.',
      'The filter was set to "this quarter" and the list itself looks right.',
      'It happens in Firefox and in Chrome, for two of my colleagues as well.',
      'Smaller date ranges come out fine, so for now we export week by week.',
      'Our accountant needs the figures by Friday.',
    ],
    answers: [
      'Thanks for the file. The writer gave up when the connection was slow; a fix is on its way.',
      'I could reproduce it with a range longer than 92 days. Engineering is looking at it.',
      'The fix is live. Could you run the export once more and tell us whether it is complete?',
    ],
  },
  {
    label: 1,
    subjects: [
      'Cannot sign in after changing my e-mail address',
      'Magic code never arrives',
      'Please remove two-factor from a former employee',
      'Signed out every few minutes on the tablet',
      'New colleague sees an empty dashboard',
    ],
    opening: [
      'I changed my address in the profile and since then I am locked out.',
      'Three people here have the same trouble since this morning.',
      'This is urgent for us: the person at the front desk cannot work.',
    ],
    details: [
      'The spam folder is empty and our mail administrator sees no attempt in the logs.',
      'On my phone the old session still works, so I can change settings there.',
      'We tried a private window and another network.',
      'The message says that the code has expired, but it is a minute old.',
    ],
    answers: [
      'Your provider rejected our mails for a while (greylisting). They have gone out now.',
      'I have signed out all sessions of that account; please ask for a new code.',
      'The invitation was for another workspace. I moved it; a reload is enough.',
    ],
  },
  {
    label: 2,
    subjects: [
      'Invoice shows the wrong VAT rate',
      'Charged twice for October',
      'Please send the invoice to our purchasing department',
      'Downgrade from Business to Team at the end of the term',
      'Refund for unused seats',
    ],
    opening: [
      'Our bookkeeper noticed a difference between the invoice and the order.',
      'There are two charges on the card for the same month.',
      'We would like to change our plan before the next period starts.',
    ],
    details: [
      'The reverse charge note is missing although our VAT number is on file.',
      'The second charge came two days after the first one, for the same amount.',
      'We are down to eleven people and pay for twenty seats.',
      'The purchase order number has to be on the document, otherwise it is sent back.',
    ],
    answers: [
      'You are right. A corrected invoice and a credit note are attached.',
      'The second charge was an authorisation only and has been released; it can take five days to show.',
      'I have put the change in place for the first of next month and pro-rated the rest.',
    ],
  },
  {
    label: 3,
    subjects: [
      'Calendar is slow with more than 200 bookings',
      'Search takes ten seconds',
      'Timeouts when loading the board in the morning',
      'Dashboard freezes on the old iPad',
      'API answers 504 during the import',
    ],
    opening: [
      'The page has been getting slower for weeks and is now hard to use.',
      'In the morning, when everybody starts, nothing loads for several minutes.',
      'Our import job fails about every third night.',
    ],
    details: [
      'After noon it is fine again.',
      'The browser says that the page is not responding and offers to close it.',
      'Scrolling is smooth, only opening an entry takes this long.',
      'Here is the request id from the network tab: req_8fd02c71.',
      'The CPU of the laptop is idle while we wait.',
    ],
    answers: [
      'An index was missing for workspaces of your size. It is in place since 14:00 UTC.',
      'We moved the report that caused it to the night. Mornings should be back to normal.',
      'Could you send a performance recording? The steps are in the linked article.',
    ],
  },
  {
    label: 4,
    subjects: [
      'Webhook is delivered twice',
      'API: how do I page through more than 1,000 customers?',
      'Zapier integration lost its connection',
      'Signature of the webhook does not match',
      'Rate limit is reached although we send 5 requests a minute',
    ],
    opening: [
      'We are building an integration with our shop and are nearly there.',
      'Our developer asks for help with the API.',
      'The integration worked for a year and stopped yesterday.',
    ],
    details: [
      'The header is computed over the raw body, before any parsing.',
      '```\nPOST /hooks/orders 200 in 41 ms\nPOST /hooks/orders 200 in 39 ms\n```',
      'Both deliveries have the same id and arrive within a second.',
      'Our clock is synchronised, we checked.',
      'A minimal example is in the attached file.',
    ],
    answers: [
      'A delivery is repeated when no answer comes within five seconds. Please answer first, then work.',
      'Use the cursor of the last page rather than an offset; there is no limit then.',
      'The secret was rotated when the owner changed. You find the new one in the settings.',
    ],
  },
  {
    label: 5,
    subjects: [
      'Feature request: recurring bookings',
      'Dark mode for the customer portal',
      'Could we have keyboard shortcuts?',
      'Wish: more than one assignee',
      'Templates for replies',
    ],
    opening: [
      'We love the product, and there is one thing that would make our days easier.',
      'This came up in our team meeting three times now.',
      'Just an idea, not urgent at all.',
    ],
    details: [
      'At the moment we copy the entry every week by hand.',
      'A competitor has it, but we would hate to move.',
      'Even a simple version would help.',
      'We would be happy to try an early version.',
    ],
    answers: [
      'Thank you, this is a good fit. I added your vote and will write when there is something to try.',
      'It is planned for the next milestone.',
      'We decided against it for now, and I want to tell you why: it would make the simple case harder.',
    ],
  },
  {
    label: 6,
    subjects: [
      'Mobile app crashes when I attach a photo',
      'Push notifications arrive hours later',
      'App shows yesterday’s data offline',
      'Barcode scanner does not focus',
    ],
    opening: [
      'On the road we only have the app, so this blocks us.',
      'The newest version from the store is installed.',
      'It started with the last system update of the phone.',
    ],
    details: [
      'It is a Pixel 8 with the newest system.',
      'Photos from the gallery work, photos from the camera do not.',
      'After I force-close the app the notifications all come at once.',
      'Crash id: 5c1e-77a0.',
    ],
    answers: [
      'Version 4.12.1 fixes it. It is in the store since this morning.',
      'The battery optimisation of the phone stops the app; the article explains how to exclude it.',
      'Thanks for the crash id, that was the missing piece.',
    ],
  },
  {
    label: 7,
    subjects: [
      'Please delete my personal data',
      'Data processing agreement for our auditors',
      'Who changed the price list on 3 March?',
      'Where is our data stored?',
    ],
    opening: [
      'Our data protection officer has a question.',
      'For our yearly audit we need some information from you.',
      'A customer of ours has asked us to delete everything we hold about him.',
    ],
    details: [
      'Please confirm in writing when it is done.',
      'The auditors ask for the sub-processors as well.',
      'We need the answer within one month of the request.',
    ],
    answers: [
      'The export of everything and the confirmation of the deletion are attached.',
      'The signed agreement is in your account under Documents.',
      'The history shows that the change came from the import at 02:14.',
    ],
  },
]

export const labelNames: Some<readonly [name: string, color: string, description: string | null]> =
  [
    ['export', '#2563eb', 'Files that leave the product'],
    ['sign-in', '#7c3aed', 'Accounts, codes and sessions'],
    ['billing', '#059669', 'Invoices, plans and refunds'],
    ['performance', '#d97706', 'Slow, or never finished'],
    ['integration', '#0891b2', 'API, webhooks and partners'],
    ['feature request', '#db2777', null],
    ['mobile', '#4f46e5', 'Android and iOS'],
    ['privacy', '#475569', 'Requests under data protection law'],
    ['bug', '#dc2626', 'Confirmed to be our mistake'],
    ['regression', '#b91c1c', 'Worked before the last release'],
    ['needs info', '#ca8a04', 'Waiting for the customer'],
    ['good first issue', '#16a34a', null],
    ['won’t fix', '#9ca3af', null],
    ['duplicate', '#9ca3af', ''],
    ['vip', '#be185d', 'Answer within the hour'],
    ['churn risk', '#ea580c', null],
    ['documentation', '#0284c7', 'Can be answered by a better article'],
    ['accessibility', '#7c2d12', 'Keyboard, screen reader, contrast'],
    ['日本語', '#0d9488', 'Answer in Japanese'],
    ['العربية', '#0d9488', 'Answer in Arabic'],
    ['🔥 incident', '#ef4444', 'Part of a wider outage'],
    ['release 4.12', '#64748b', null],
    ['release 5.0', '#64748b', null],
    ['spam', '#374151', null],
  ]

/** Subjects that a renderer, an export or a layout may stumble over. */
export const oddSubjects: Some<string> = [
  'لا يمكنني تسجيل الدخول إلى حسابي منذ الأمس',
  'שגיאה בהפקת חשבונית מס',
  '予約カレンダーが表示されない',
  '<script>alert("hello")</script> in the customer name',
  '=HYPERLINK("https://example.com","Refund")',
  'Emoji 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 disappear after saving',
  'Re: Re: Fwd: AW: Re: RE: the thing we talked about on the phone last Thursday afternoon, when you said that somebody would call us back before the end of the day but nobody did',
  'Straße, Ærø and Łódź are sorted wrongly',
  "O'Reilly; DROP TABLE customers;--",
  'null',
  ' leading and trailing space ',
  'Zero‑width\u200b and non\u00a0breaking\u202fspaces',
]

export function ticketBody(random: Random, topic: Topic, customer: string): string {
  const details = random
    .some(random.between(1, 4), topic.details.length)
    .map((at) => topic.details[at])
  const middle = details.join(random.chance(0.5) ? ' ' : '\n\n')
  return `${random.pick(['Hello,', 'Hi there,', 'Good morning,', 'Dear team,'])}\n\n${random.pick(topic.opening)} ${middle}\n\n${random.pick(['Best regards', 'Thanks', 'Kind regards', 'Cheers'])}\n${customer}`
}

/** A text of about 20,000 characters: a log that somebody has pasted. */
export function longLog(random: Random): string {
  const lines = Array.from({ length: 220 }, (_, at) => {
    const level = random.pick(['info', 'info', 'info', 'warn', 'error'])
    const what = random.pick([
      'booking saved',
      'retry after 504',
      'cache miss',
      'connection reset by peer',
      'job finished',
    ])
    const time = `09:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
    return `${time} ${level.padEnd(5)} worker-${random.int(4)} ${what} (${random.between(2, 4_000)} ms) trace=${random.int(2 ** 31).toString(16)}`
  })
  return `Here is the whole log of this morning:\n\n${lines.join('\n')}`
}

const internalRemarks: Some<string> = [
  'Called them, they are fine with waiting until Thursday.',
  'Second time this quarter. Worth a look at their set-up.',
  'Do not promise a date here.',
  'Their contract is up for renewal next month.',
  'Reproduced on staging with workspace 4411.',
  'Escalated to engineering, see the linked ticket.',
  '',
]

export const internalRemark = (random: Random): string => random.pick(internalRemarks)

const customerReplies: Some<string> = [
  'That did the trick, thank you!',
  'Still the same, I am afraid. A screenshot is attached.',
  'Any news on this?',
  'Thanks for the quick answer. I will try it tonight.',
  '👍',
  'We found a way around it, but a real fix would be nice.',
  'It works on my machine now, my colleague still has it.',
  'Sorry for the late reply, I was on holiday.\n\nYes, the range was longer than three months.',
]

export function commentBody(random: Random, topic: Topic, isFromStaff: boolean): string {
  if (!isFromStaff) return random.pick(customerReplies)
  return random.chance(0.3) ? random.pick(customerReplies) : random.pick(topic.answers)
}

const articleTitles: Some<string> = [
  'Getting started with your workspace',
  'Exporting data to a spreadsheet',
  'Signing in with a code',
  'Understanding your invoice',
  'Making the calendar faster',
  'Receiving webhooks safely',
  'Using the app without a connection',
  'Deleting personal data',
  'Keyboard shortcuts',
  'Inviting colleagues and choosing roles',
  'Importing customers from a file',
  'Time zones explained',
  'What happens when a plan ends',
  'Setting up the barcode scanner',
  'Paging through the API',
]
const articleSections: Some<string> = [
  'Before you start',
  'Step by step',
  'What can go wrong',
  'Limits',
  'For administrators',
  'See also',
]
const articleSentences: Some<string> = [
  'Open the settings of the workspace and choose the section on the left.',
  'Changes take effect at once and for everybody in the workspace.',
  'Only owners and admins see this page; ask one of them if it is missing.',
  'A preview shows what will happen before anything is changed.',
  'The file must be UTF-8; other encodings are recognised but not guaranteed.',
  'You can undo this within thirty days.',
  'If nothing happens, reload the page and try a smaller selection first.',
  'The limit is 50,000 rows per file and 20 MB per upload.',
  'We keep a history of who did what, which you can export at any time.',
]

export function articleTitle(random: Random, index: number): string {
  const title = articleTitles[index % articleTitles.length] ?? articleTitles[0]
  if (index < articleTitles.length) return title
  return `${title}: ${random.pick(['questions and answers', 'for teams', 'advanced', 'in depth', 'a tour'])}`
}

/** Markdown of 1,500 to 6,000 characters. */
export function articleBody(random: Random, title: string): string {
  const sections = articleSections.slice(0, random.between(3, 6)).map((heading) => {
    const paragraphs = Array.from({ length: random.between(1, 3) }, () =>
      Array.from({ length: random.between(3, 6) }, () => random.pick(articleSentences)).join(' '),
    )
    const list = random.chance(0.4) ? '\n\n1. Choose **Settings**.\n2. Press `⌘S`.\n3. Done.' : ''
    return `## ${heading}\n\n${paragraphs.join('\n\n')}${list}`
  })
  return `# ${title}\n\n${sections.join('\n\n')}\n`
}

export const projectNames: Some<readonly [name: string, key: string]> = [
  ['Customer portal', 'PORTAL'],
  ['Mobile app 5.0', 'APP'],
  ['Invoice engine', 'INV'],
  ['Search rewrite', 'SEARCH'],
  ['Public API v2', 'API'],
  ['Design system', 'DS'],
  ['Onboarding', 'ONB'],
  ['Calendar', 'CAL'],
  ['Data import', 'IMP'],
  ['Accessibility', 'A11Y'],
  ['Self-hosting', 'HOST'],
  ['Reports', 'REP'],
  ['Notifications', 'NOTIF'],
  ['Webhooks', 'HOOK'],
  ['Pricing 2027', 'PRICE'],
  ['国際化 (i18n)', 'I18N'],
  ['Barcode scanner', 'SCAN'],
  ['Offline mode', 'OFF'],
  ['Audit log', 'AUDIT'],
  ['Performance week', 'PERF'],
]

const projectSentences: Some<string> = [
  'What customers ask for most, in one place and without a manual.',
  'The old version has served us well for six years and can no longer be changed safely.',
  'We ship small pieces every two weeks and ask five customers each time.',
  'Out of scope: anything that needs a new permission model.',
  'Success is when support hears nothing about it any more.',
]

export function projectDescription(random: Random): string {
  return random
    .some(3, projectSentences.length)
    .map((at) => projectSentences[at])
    .join(' ')
}

export const teamNames: Some<readonly [slug: string, name: string, purpose: string | null]> = [
  ['support', 'Support', 'Every ticket gets a human answer within a working day.'],
  ['platform', 'Platform', 'Keeps it running and fast.'],
  ['product', 'Product', 'Decides what is next, together with customers.'],
  ['billing', 'Billing', null],
  ['mobile', 'Mobile', ''],
  ['on-call', 'On call 🌙', 'Nights and weekends, one week each.'],
]

export const milestoneTitles: Some<string> = [
  'Kick-off',
  'First customer',
  'Beta',
  'Feature complete',
  'Security review',
  'Launch',
]

const bios: Some<string> = [
  'Happy to help. Usually answers before lunch.',
  'Runs the shop and, reluctantly, the computers.',
  'Ten years in support, five languages, one cat.',
  'Ask me about barcodes.',
  '',
  'Je réponds aussi en français.',
  'مرحبا! أكتب بالعربية والإنجليزية.',
  'Likes: tidy data. Dislikes: spreadsheets by e-mail.\n\nOut of office every second Friday.',
]

export const bio = (random: Random): string => random.pick(bios)

const workNotes: Some<string> = [
  'Reproduced and narrowed down',
  'Call with the customer',
  'Wrote the fix and a test',
  'Review',
  'Answered and closed',
  'Looked through the logs',
  'Pairing',
  'Updated the article',
  '',
]

export const workNote = (random: Random): string => random.pick(workNotes)

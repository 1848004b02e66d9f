import type { Random } from './random'

type Some<T> = readonly [T, ...T[]]

const givenNames: Some<string> = [
  'Amara',
  'Ben',
  'Chloé',
  'Dmitri',
  'Elif',
  'Fatima',
  'Goran',
  'Hana',
  'Ivo',
  'Jasmine',
  'Kwame',
  'Lucía',
  'Mateusz',
  'Niamh',
  'Oskar',
  'Priya',
  'Quentin',
  'Rosa',
  'Søren',
  'Tomoko',
  'Ulrike',
  'Victor',
  'Wanjiru',
  'Xin',
  'Yusuf',
  'Zoë',
  'Andrés',
  'Bettina',
  'Callum',
  'Dalia',
  'Emeka',
  'Freya',
  'Giulia',
  'Haruki',
  'Ingrid',
  'João',
  'Katarzyna',
  'Leila',
  'Mikael',
  'Noor',
  'Olivia',
  'Pádraig',
  'Rania',
  'Stefan',
  'Thandiwe',
  'Uma',
  'Vesna',
  'William',
  'Ximena',
  'Yara',
]

const familyNames: Some<string> = [
  'Abara',
  'Bergström',
  'Costa',
  'Doyle',
  'Eriksen',
  'Fischer',
  'García',
  'Haddad',
  'Ito',
  'Janssen',
  'Kowalski',
  'Lindqvist',
  'Mbeki',
  'Novák',
  'Okafor',
  'Petrov',
  'Quispe',
  'Rossi',
  'Schneider',
  'Tanaka',
  'Ünal',
  'Varga',
  'Walsh',
  'Xu',
  'Yılmaz',
  'Zimmermann',
  "O'Connor",
  'de la Cruz',
  'van Dijk',
  'Álvarez',
  'Bianchi',
  'Chandra',
  'Dubois',
  'El-Sayed',
  'Forsberg',
  'Goldberg',
  'Horvat',
  'Ibrahim',
  'Jung',
  'Kaya',
  'Larsen',
  'Moreau',
  'Nakamura',
  'Olsson',
  'Pham',
  'Reyes',
  'Silva',
  'Thompson',
  'Ueda',
  'Vogel',
]

/** Names written in other scripts, some of them from right to left. */
const otherNames: Some<string> = [
  '田中 さくら',
  '王小明',
  'محمد العلي',
  'דנה כהן',
  'Ольга Смирнова',
  'प्रिया शर्मा',
  '김민준',
  'Γιώργος Παππάς',
  'ณัฐพล ใจดี',
  'Mary-Jane  Watson Jr.',
]

export interface Person {
  readonly displayName: string
  /** Lower case ASCII; not unique by itself. */
  readonly handle: string
}

export function personName(random: Random): Person {
  const given = random.pick(givenNames)
  const family = random.pick(familyNames)
  const handle = toAscii(`${given}.${family}`)
  return {
    displayName: random.chance(0.06) ? random.pick(otherNames) : `${given} ${family}`,
    handle,
  }
}

/** The own people of the demo's company, in order: one owner, two admins, four agents, two members. */
export const staffPeople: Some<Person & { readonly role: string; readonly title: string }> = [
  { displayName: 'Maren Okafor', handle: 'maren', role: 'owner', title: 'Founder' },
  { displayName: 'Tomás Lindqvist', handle: 'tomas', role: 'admin', title: 'Head of engineering' },
  { displayName: 'Priya Raman', handle: 'priya', role: 'admin', title: 'Head of support' },
  { displayName: 'Jonas Weber', handle: 'jonas', role: 'agent', title: 'Support engineer' },
  { displayName: 'Aiko Tanaka', handle: 'aiko', role: 'agent', title: 'Support engineer' },
  { displayName: 'Samuel Abebe', handle: 'samuel', role: 'agent', title: 'Customer success' },
  { displayName: 'Zoë van Dijk', handle: 'zoe', role: 'agent', title: 'Support, evenings' },
  { displayName: 'Leila Haddad', handle: 'leila', role: 'member', title: 'Designer' },
  { displayName: 'Rui Costa', handle: 'rui', role: 'member', title: 'Contract developer' },
]

export const ownCompany = 'Fernwood Software'

const companyNames: Some<string> = [
  'Alder & Finch Bakery',
  'Northlight Dental',
  'Kestrel Bikes',
  'Harbour Row Books',
  'Møller Marine',
  'Café Ñandú',
  'Brightwell Clinics',
  '株式会社ひかり',
  'Copperfield Legal',
  'مؤسسة النور للتجارة',
  'Dovetail Joinery',
  'Evergreen Couriers',
  'Fjord Analytics',
  'Gable Property',
  'Hummingbird Toys 🐦',
  'Ironbridge Gym',
  'Juniper Skincare',
  'Kilo Coffee Roasters',
  'Lumen Physio',
  'Maple Street School',
  'Nimbus Ticketing',
  'Orchard Veterinary',
  'Pinecrest Hotels',
  'Quarry Climbing',
  'Ridgeway Farms',
  'Saltmarsh Seafood',
  'Tandem Travel',
  'Ульяна и партнёры',
  'Violet Florists',
  'Willow Tutors',
  'Xylo Instruments',
  'Yarrow Pharmacy',
  'Zephyr Sailing',
  'Λιμάνι Logistics',
  'Bramble Preserves',
  'Cobalt Printing',
  'Driftwood Rentals',
  'Ember Ceramics',
  'שירותי ענן בע״מ',
]

const companyFirst: Some<string> = [
  'Amber',
  'Birch',
  'Cedar',
  'Delta',
  'Echo',
  'Falcon',
  'Granite',
  'Hazel',
  'Indigo',
  'Jade',
  'Lagoon',
  'Meadow',
  'Nova',
  'Onyx',
  'Prairie',
  'River',
  'Silver',
  'Terra',
  'Umber',
  'Vista',
]
const companySecond: Some<string> = [
  'Advisory',
  'Builders',
  'Catering',
  'Design',
  'Energy',
  'Foods',
  'Garden',
  'Health',
  'Imaging',
  'Labs',
  'Media',
  'Networks',
  'Optics',
  'Press',
  'Robotics',
  'Studio',
  'Textiles',
  'Wines',
]

/** Different for every index. Index 0 is the company whose demo this is. */
export function companyName(random: Random, index: number): string {
  if (index === 0) return ownCompany
  const known = companyNames[index - 1]
  if (known) return known
  return `${random.pick(companyFirst)} ${random.pick(companySecond)} ${index}`
}

/** A host name for the company; null for names that have no Latin letters. */
export function companyDomain(name: string): string | null {
  const host = toAscii(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return host.length > 2 && !/^[\d-]+$/.test(host) ? `${host}.example` : null
}

function toAscii(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replaceAll(/['\s]+/g, '')
}

import { dayMs, later, toDay } from './demo-time'
import { type DemoRecord, present, toLinks } from './record'
import type { World } from './world'

export function billingAccountRecord(world: World, index: number): DemoRecord {
  const random = world.random('billingAccounts', index)
  // The company itself has none, and neither have its last customers.
  const organization = index + 1
  const digits = String(random.int(10 ** 9)).padStart(9, '0')
  return {
    id: world.id('billingAccounts', index),
    createdAt: world.madeAt('organizations', organization) + 60_000,
    values: present({
      iban: `XX${String(10 + (index % 89))}0000${String(index).padStart(7, '0')}${digits}`,
      balance: random.pick([0, 0, -149.9, 1_250.75, -0.01, 86_400]) + random.int(500),
      currency: random.pick(['EUR', 'EUR', 'USD', 'JPY']),
      taxId: random.chance(0.5) ? `XX${digits}` : random.chance(0.5) ? null : undefined,
      isOverdue: random.chance(0.1),
    }),
    links: toLinks({ organization: world.id('organizations', organization) }),
  }
}

export function invoiceRecord(world: World, index: number): DemoRecord {
  const random = world.random('invoices', index)
  const createdAt = world.madeAt('invoices', index)
  const organizations = world.counts.organizations - 1
  const part = (index + 1) / world.counts.invoices
  const organization = 1 + Math.floor(organizations * Math.max(part, 0.1) * random.next())
  const lines = Array.from({ length: random.between(1, 4) }, (_, at) => ({
    position: at + 1,
    text: random.pick(['Seats, monthly', 'Onboarding', 'Extra storage', 'Réduction fidélité']),
    quantity: random.between(1, 60),
    unitPrice: random.pick([9, 18.5, 240, 0.35]),
  }))
  const sum = lines.reduce((total, line) => total + line.quantity * line.unitPrice, 0)
  const isCredit = random.chance(0.06)
  const isPaid = !isCredit && random.chance(part < 0.92 ? 0.95 : 0.3)
  return {
    id: world.id('invoices', index),
    createdAt,
    values: present({
      number: `${isCredit ? 'CN' : 'INV'}-${toDay(createdAt).slice(0, 4)}-${String(index + 1).padStart(5, '0')}`,
      amount: Math.round((isCredit ? -sum : sum) * 100) / 100,
      currency: random.pick(['EUR', 'EUR', 'USD']),
      status: isCredit ? 'credited' : isPaid ? 'paid' : random.pick(['sent', 'draft', 'overdue']),
      issuedOn: toDay(createdAt),
      dueOn: toDay(createdAt + 14 * dayMs),
      paidAt: isPaid ? later(createdAt, 9 * dayMs, random.next()) : null,
      lines,
    }),
    links: toLinks({
      organization: world.id('organizations', Math.min(organization, organizations)),
    }),
  }
}

import {
  ArrowRight,
  Asterisk,
  Braces,
  CalendarClock,
  Fingerprint,
  Hash,
  ToggleLeft,
  Type,
} from 'lucide-react'
import type { Attribute, AttributeType } from '@/lib/model/schema'

const icons = {
  string: Type,
  number: Hash,
  boolean: ToggleLeft,
  date: CalendarClock,
  json: Braces,
  any: Asterisk,
} satisfies Record<AttributeType, unknown>

const iconClass = 'size-3 shrink-0 text-faint'

/** The sign of an attribute's type. The type itself is told in words beside it or on hover. */
export function TypeIcon({ attribute }: { attribute: Attribute }) {
  const Icon = attribute.name === 'id' ? Fingerprint : icons[attribute.type]
  return <Icon aria-hidden="true" className={iconClass} />
}

export function LinkIcon() {
  return <ArrowRight aria-hidden="true" className={iconClass} />
}

/** An attribute's type and constraints in words. */
export function describeAttribute(attribute: Attribute): string {
  if (attribute.name === 'id') return 'id'
  const type = attribute.type === 'any' ? 'any type' : attribute.type
  return [
    attribute.isTyped || attribute.type === 'any' ? type : `${type}, not enforced`,
    attribute.isRequired && 'required',
    attribute.isUnique && 'unique',
    attribute.isIndexed && 'indexed',
  ]
    .filter(Boolean)
    .join(' · ')
}

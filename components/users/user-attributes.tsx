import { TypeIcon } from '@/components/field/type-icon'
import type { Json, JsonObject } from '@/lib/base/json'
import { formatDate } from '@/lib/model/format-value'
import type { Attribute, Namespace } from '@/lib/model/schema'

interface UserAttributesProps {
  readonly namespace: Namespace
  readonly values: JsonObject
}

// Said already, at the top.
const facts = ['id', 'email', 'type']

/** Every attribute that Instant or the app keeps of a user. */
export function UserAttributes({ namespace, values }: UserAttributesProps) {
  const attributes = namespace.attributes.filter(({ name }) => !facts.includes(name))
  if (attributes.length === 0) return null
  return (
    <section aria-label="Attributes" className="border-line border-b py-2">
      <h3 className="px-3 pt-1 pb-1 font-medium text-muted text-xs">Attributes</h3>
      <dl>
        {attributes.map((attribute) => (
          <div key={attribute.name} className="grid grid-cols-[7rem_1fr] gap-x-3 px-3 py-1">
            <dt className="flex min-w-0 items-center gap-1.5 self-start text-muted">
              <TypeIcon attribute={attribute} />
              <span className="truncate" title={attribute.name}>
                {attribute.name}
              </span>
            </dt>
            <dd className="min-w-0">
              <Value attribute={attribute} value={values[attribute.name]} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Value({ attribute, value }: { attribute: Attribute; value: Json | undefined }) {
  if (value === undefined) return <span className="text-faint">not set</span>
  if (value === null) return <span className="text-faint">null</span>
  if (value === '') return <span className="text-faint">empty text</span>
  if (typeof value === 'object') {
    return (
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-48 overflow-auto rounded-md bg-sunken px-2 py-1 font-mono text-xs"
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    )
  }
  const date = attribute.type === 'date' && typeof value !== 'boolean' ? formatDate(value) : null
  return (
    <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">
      {date === null ? String(value) : `${date} UTC`}
    </span>
  )
}

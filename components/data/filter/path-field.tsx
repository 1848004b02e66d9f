'use client'

import { Select } from '@/components/ui/input'
import { type AppSchema, findLink, findNamespace, type Namespace } from '@/lib/model/schema'

interface PathFieldProps {
  readonly path: readonly string[]
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly onChange: (path: readonly string[]) => void
}

/** What is compared: an attribute, or one of a linked record's, as far away as links go. */
export function PathField({ path, namespace, schema, onChange }: PathFieldProps) {
  const steps = stepsOf(path, { namespace, schema })
  return (
    <div className="flex flex-wrap gap-1.5">
      {steps.map(({ within, name }, depth) => (
        <Select
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its depth
          key={depth}
          autoFocus={depth === 0}
          aria-label={depth === 0 ? 'Attribute' : `Attribute of ${within.name}`}
          className="w-auto! min-w-28 flex-1"
          value={name}
          onChange={({ target }) => {
            const kept = path.slice(0, depth)
            onChange(target.value === '' ? kept : [...kept, target.value])
          }}
        >
          {depth > 0 && <option value="">the link itself</option>}
          {name !== '' && !has(within, name) && <option value={name}>{name} (not there)</option>}
          <optgroup label={`Attributes of ${within.name}`}>
            {within.attributes.map((attribute) => (
              <option key={attribute.name} value={attribute.name}>
                {attribute.name}
              </option>
            ))}
          </optgroup>
          {within.links.length > 0 && (
            <optgroup label="Links">
              {within.links.map(({ label, target }) => (
                <option key={label} value={label}>
                  {label} → {target}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
      ))}
    </div>
  )
}

interface Step {
  readonly within: Namespace
  /** Empty for the link itself. */
  readonly name: string
}

function stepsOf(
  path: readonly string[],
  { namespace, schema }: Pick<PathFieldProps, 'namespace' | 'schema'>,
): readonly Step[] {
  const steps: Step[] = []
  let within: Namespace | undefined = namespace
  for (const name of [...path, '']) {
    if (!within) break
    steps.push({ within, name })
    const link = findLink(within, name)
    within = link && findNamespace(schema, link.target)
  }
  return steps
}

function has({ attributes, links }: Namespace, name: string): boolean {
  return attributes.some((each) => each.name === name) || links.some(({ label }) => label === name)
}

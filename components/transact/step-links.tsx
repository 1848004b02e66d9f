'use client'

import { Link2, X } from 'lucide-react'
import { useDeferredValue, useId } from 'react'
import { LinkIcon } from '@/components/field/type-icon'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { TextArea } from '@/components/ui/input'
import { Menu, MenuItem } from '@/components/ui/menu'
import { isUuid } from '@/lib/base/uuid'
import type { StepProblem } from '@/lib/model/check-step'
import { splitTargets } from '@/lib/model/compile-step'
import { type AppSchema, findLink, findNamespace, type Namespace } from '@/lib/model/schema'
import type { LinkDraft, StepDraft } from '@/lib/model/step-draft'
import { FoundRecord } from './found-record'
import { ProblemList, problemsAt } from './problem-list'

/** How many targets of one link are looked for: more make the card too long to read. */
const mostLookedFor = 12

interface StepLinksProps {
  readonly schema: AppSchema
  readonly namespace: Namespace
  readonly draft: StepDraft
  readonly problems: readonly StepProblem[]
  /** Number of the step that makes a record, or null. */
  readonly madeBy: (namespace: string, id: string) => number | null
  readonly onChange: (links: readonly LinkDraft[]) => void
}

/** The links a step makes or cuts: for each label, the ids of its targets. */
export function StepLinks(props: StepLinksProps) {
  const { namespace, draft, problems, onChange } = props
  const { links } = draft
  const unused = namespace.links.filter(({ label }) => !links.some((link) => link.label === label))
  return (
    <div className="space-y-2">
      {links.length > 0 && (
        <ul className="space-y-2">
          {links.map((link) => (
            <LinkOfStep
              key={link.label}
              {...props}
              link={link}
              problems={problemsAt(problems, { kind: 'link', name: link.label })}
              onWrite={(targets) =>
                onChange(
                  links.map((each) => (each.label === link.label ? { ...each, targets } : each)),
                )
              }
              onRemove={() => onChange(links.filter(({ label }) => label !== link.label))}
            />
          ))}
        </ul>
      )}
      {unused.length > 0 ? (
        <Menu
          className="max-h-80!"
          trigger={
            <Button size="small" variant="quiet" icon={<Link2 />}>
              Add link
            </Button>
          }
        >
          {unused.map(({ label, target, cardinality }) => (
            <MenuItem
              key={label}
              icon={<LinkIcon />}
              note={`${cardinality} ${target}`}
              onClick={() => onChange([...links, { label, targets: '' }])}
            >
              {label}
            </MenuItem>
          ))}
        </Menu>
      ) : (
        namespace.links.length === 0 && (
          <p className="text-muted text-xs">{namespace.name} has no links.</p>
        )
      )}
    </div>
  )
}

interface LinkOfStepProps extends Omit<StepLinksProps, 'onChange'> {
  readonly link: LinkDraft
  readonly onWrite: (targets: string) => void
  readonly onRemove: () => void
}

function LinkOfStep(props: LinkOfStepProps) {
  const { schema, namespace, link, problems, madeBy, onWrite, onRemove } = props
  const known = findLink(namespace, link.label)
  const target = known && findNamespace(schema, known.target)
  const problemsId = useId()
  const ids = useDeferredValue(link.targets)
  const wanted = splitTargets(ids).filter(isUuid).slice(0, mostLookedFor)
  const rows = Math.min(8, Math.max(1, link.targets.split('\n').length))
  return (
    <li className="grid gap-x-3 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
      <div className="min-w-0 py-1.5 text-xs">
        <p className="truncate font-medium">{link.label}</p>
        {known && (
          <p className="truncate text-muted">
            {known.cardinality} {known.target}
          </p>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-start gap-1">
          <TextArea
            aria-label={`Ids for ${link.label}`}
            aria-invalid={problems.some(({ kind }) => kind === 'wrong')}
            aria-describedby={problemsId}
            placeholder={
              known?.cardinality === 'one' ? 'An id' : 'Ids, separated by spaces or lines'
            }
            rows={rows}
            spellCheck={false}
            className="min-h-8 font-mono text-xs!"
            value={link.targets}
            onChange={(event) => onWrite(event.target.value)}
          />
          <IconButton label={`Leave out ${link.label}`} onClick={onRemove}>
            <X aria-hidden="true" />
          </IconButton>
        </div>
        <ProblemList id={problemsId} problems={problems} />
        {target &&
          wanted.map((id) => (
            <FoundRecord
              key={id}
              namespace={target}
              where={{ id: id.toLowerCase() }}
              wanted="yes"
              madeBy={madeBy(target.name, id.toLowerCase())}
            />
          ))}
      </div>
    </li>
  )
}

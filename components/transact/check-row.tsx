'use client'

import { ShieldCheck, ShieldX } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import type { RuleCheck } from '@/lib/model/transaction'
import { RuleParts } from './rule-parts'

/** What the rules say to one thing: the verdict first, then the rule, then how it came about. */
export function CheckRow({ check }: { check: RuleCheck }) {
  const { isAllowed, action, namespace, id, rule, explanation, value } = check
  const Icon = isAllowed ? ShieldCheck : ShieldX
  return (
    <li
      className={cn(
        'rounded-md border px-2.5 py-2 text-xs',
        isAllowed ? 'border-line bg-canvas' : 'border-danger/60 bg-canvas',
      )}
    >
      <div
        className={cn(
          'flex flex-wrap items-center gap-x-2 gap-y-1',
          isAllowed ? 'text-muted' : 'text-danger-text',
        )}
      >
        <span className="flex items-center gap-1.5 font-medium">
          <Icon
            aria-hidden="true"
            className={cn('size-3.5 shrink-0', isAllowed && 'text-accent-text')}
          />
          {isAllowed ? 'Allowed' : 'Refused'}
        </span>
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {action} {namespace}
          {id && <span className="ml-1 font-mono text-2xs">{id}</span>}
        </span>
        {rule?.origin && rule.origin !== 'own' && (
          <Badge className="border-current! text-current!">{rule.origin}</Badge>
        )}
      </div>
      {rule ? (
        <>
          <p className="mt-1.5 font-mono text-2xs text-muted [overflow-wrap:anywhere]">
            {rule.path ?? `rule for ${action} of ${namespace}`}
          </p>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="mt-0.5 max-h-40 overflow-auto whitespace-pre-wrap rounded bg-sunken px-2 py-1 font-mono text-ink text-xs [overflow-wrap:anywhere]"
          >
            {rule.code}
          </pre>
          {typeof value !== 'boolean' && (
            <p className="mt-1 text-muted">
              It came to <code className="font-mono text-ink">{JSON.stringify(value)}</code>, which
              is no boolean.
            </p>
          )}
        </>
      ) : (
        <p className="mt-1 text-muted">No rule applies, and what no rule forbids is allowed.</p>
      )}
      {explanation && <RuleParts explanation={explanation} isOpen={!isAllowed} />}
    </li>
  )
}

'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Check } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { type Identity, toIdentityText } from '@/lib/model/identity'
import { lookOf } from './identity-look'
import { type IdentityGroup, type IdentityOption, useIdentityOptions } from './use-identity-options'
import type { SearchField } from './use-search-popup'

interface IdentityPickerProps extends SearchField {
  readonly current: Identity
  readonly onChoose: (identity: Identity) => void
}

/** One field in which an identity is found and chosen: arrows move, Enter chooses. */
export function IdentityPicker({
  current,
  onChoose,
  search,
  setSearch,
  fieldRef,
}: IdentityPickerProps) {
  const wanted = search.trim()
  // At once, for Enter takes the first: it must never be one of the search before.
  const { groups, isFetching, hasMore, problem } = useIdentityOptions(wanted)

  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      itemToStringValue={(option: IdentityOption) => option.label}
      autoHighlight="always"
      keepHighlight
      value={search}
      onValueChange={setSearch}
    >
      <Autocomplete.Input
        ref={fieldRef}
        aria-label="Find whom to act as"
        placeholder="E-mail, id or any indexed text"
        className="h-8 w-full rounded-md border border-line-strong bg-surface px-2 text-ink text-sm placeholder:text-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0"
      />
      {problem !== null && (
        <p role="alert" className="px-2 pt-2 text-danger-text text-sm">
          {problem}
        </p>
      )}
      <div aria-busy={isFetching} className="mt-2 min-h-64">
        <Autocomplete.Empty>
          <p className="px-2 py-1 text-muted [overflow-wrap:anywhere] empty:hidden">
            {isFetching ? 'Searching…' : `Nobody is found by “${wanted}”.`}
          </p>
        </Autocomplete.Empty>
        <Autocomplete.List aria-label="Identities">
          {({ title, items }: IdentityGroup) => (
            <Autocomplete.Group key={title} items={items} className="not-last:mb-1.5">
              <Autocomplete.GroupLabel className="px-2 pb-0.5 text-2xs text-muted">
                {title}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(option: IdentityOption) => (
                  <OptionItem
                    key={toIdentityText(option.identity)}
                    option={option}
                    isCurrent={toIdentityText(option.identity) === toIdentityText(current)}
                    onChoose={() => onChoose(option.identity)}
                  />
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
        {hasMore && wanted !== '' && (
          <p className="px-2 pt-1 text-muted text-xs">There are more: type more of it.</p>
        )}
      </div>
    </Autocomplete.Root>
  )
}

interface OptionItemProps {
  readonly option: IdentityOption
  readonly isCurrent: boolean
  readonly onChoose: () => void
}

function OptionItem({ option, isCurrent, onChoose }: OptionItemProps) {
  const { identity, label, note, isGuestUser = false } = option
  const { icon: Icon, text } = lookOf(identity)
  const isUser = identity.kind === 'user'
  return (
    <Autocomplete.Item
      value={option}
      onClick={onChoose}
      className="flex min-h-8 select-none items-center gap-2 rounded-md px-2 py-1 outline-none coarse:min-h-11 data-highlighted:bg-hover"
    >
      <Icon aria-hidden="true" className={cn('size-4 shrink-0', text)} />
      <span className={cn('min-w-0 flex-1', isUser && 'truncate')}>
        <span className={cn(!isUser && `block font-medium ${text}`)}>{label}</span>
        {note !== null && <span className="text-muted text-xs"> {note}</span>}
      </span>
      {isGuestUser && <Badge>guest</Badge>}
      {isCurrent && (
        <>
          <Check aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <span className="sr-only">, now</span>
        </>
      )}
    </Autocomplete.Item>
  )
}

'use client'

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { LoaderCircle, Search } from 'lucide-react'
import { Kbd } from '@/components/ui/kbd'
import { backdropClass } from '@/components/ui/on-demand/dialog'
import type { AppSummary } from '@/lib/model/app'
import type { SearchField } from '../use-search-popup'
import { type Command, type CommandGroup, matchCommands } from './command'
import { useCommands } from './use-commands'
import { useFoundCommands } from './use-found-commands'

interface PaletteProps extends SearchField {
  readonly apps: readonly AppSummary[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** One field from which everything is reached: pages, namespaces, users, records by id, settings. */
export function Palette({ open, onOpenChange, ...body }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup
          aria-label="Command palette"
          className="-translate-x-1/2 fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[36rem] max-w-[calc(100vw-16px)] flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-raised outline-none"
        >
          <PaletteBody {...body} onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface PaletteBodyProps extends SearchField {
  readonly apps: readonly AppSummary[]
  readonly onDone: () => void
}

function PaletteBody({ apps, search, setSearch, fieldRef, onDone }: PaletteBodyProps) {
  const commands = useCommands(apps)
  // At once, for Enter takes the first: it must never be one of the search before.
  const found = useFoundCommands(search)
  const groups = [...found.groups, ...matchCommands(commands, search)]

  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups.map(({ title, commands: items }) => ({ title, items }))}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
      value={search}
      onValueChange={setSearch}
    >
      <div className="flex h-12 shrink-0 items-center gap-2.5 border-line border-b px-4">
        {found.isFetching ? (
          <LoaderCircle
            aria-hidden="true"
            className="size-4 shrink-0 text-faint motion-safe:animate-spin"
          />
        ) : (
          <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
        )}
        <Autocomplete.Input
          ref={fieldRef}
          aria-label="Search commands, namespaces, users and ids"
          placeholder="Page, namespace, user or id"
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
        />
        <Dialog.Close className="sr-only">Close the palette</Dialog.Close>
        <Kbd>Esc</Kbd>
      </div>
      {found.problems.map((problem) => (
        <p key={problem} role="alert" className="px-4 pt-2 text-danger-text text-sm">
          {problem}
        </p>
      ))}
      <Autocomplete.Empty>
        <p className="px-4 py-6 text-center text-muted empty:hidden">
          {found.isFetching ? 'Searching…' : `Nothing is found by “${search.trim()}”.`}
        </p>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain p-1.5 empty:p-0">
        {({ title, items }: { title: CommandGroup['title']; items: readonly Command[] }) => (
          <Autocomplete.Group key={title} items={items} className="not-last:mb-1.5">
            <Autocomplete.GroupLabel className="px-2.5 pt-1 pb-0.5 text-2xs text-muted">
              {title}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <CommandItem key={command.id} command={command} onDone={onDone} />
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function CommandItem({ command, onDone }: { command: Command; onDone: () => void }) {
  const Icon = command.icon
  return (
    <Autocomplete.Item
      value={command}
      onClick={() => {
        onDone()
        command.run()
      }}
      className="flex min-h-8 select-none items-center gap-2.5 rounded-md px-2.5 text-sm outline-none coarse:min-h-11 data-highlighted:bg-hover"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.note && <span className="max-w-48 truncate text-muted text-xs">{command.note}</span>}
      {command.keys && (
        <span aria-hidden="true" className="flex gap-1">
          {command.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </Autocomplete.Item>
  )
}

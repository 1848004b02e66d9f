'use client'

import { CircleAlert, LogOut } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { admin } from '@/lib/model/identity'
import { useApp } from './acting'
import { IdentityChip } from './identity-chip'
import { ModeChoice, modeLooks } from './mode-choice'
import { isIn, sections } from './sections'
import { useActAs } from './use-act-as'
import { useChooseMode } from './use-choose-mode'
import { useIdentityName } from './use-identity-name'

/**
 * Says above every page as whom it is shown and what becomes of writes, unless that is the admin's: blue
 * where nothing is written, amber where it is.
 */
export function IdentityBanner() {
  const app = useApp()
  const { as, mode } = app
  const { name, isKnown, isNobody } = useIdentityName(app)
  const announced = isNobody
    ? `There is no such user: ${name}.`
    : as.kind === 'admin'
      ? 'Acting as Admin.'
      : `Acting as ${name}. ${modeLooks[mode].label}: ${modeLooks[mode].words(name)}`

  return (
    <>
      {/* Always there and heard only when what it says changes: not from page to page, nor while a name loads. */}
      <p role="status" aria-label="Acting identity" className="sr-only">
        {isKnown && announced}
      </p>
      {as.kind !== 'admin' && (
        <section
          aria-label="Acting as"
          className={cn(
            'flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b px-3 py-1.5 text-sm print:border',
            isNobody
              ? 'border-danger/60 bg-danger-soft text-danger-text'
              : mode === 'real'
                ? 'border-notice bg-notice-soft text-notice-text'
                : 'border-dry/60 bg-dry-soft text-dry-text',
          )}
        >
          {isNobody ? <NobodySentence name={name} /> : <ActingSentence name={name} />}
          <LeaveButton />
        </section>
      )}
    </>
  )
}

function NobodySentence({ name }: { name: string }) {
  return (
    <p className="flex min-w-0 flex-1 items-center gap-2">
      <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <strong className="font-semibold">There is no such user: {name}.</strong> Nothing is done as
        them.
      </span>
    </p>
  )
}

function ActingSentence({ name }: { name: string }) {
  const app = useApp()
  const { as, mode } = app
  const choose = useChooseMode()
  const path = usePathname()
  const isOfAdmin = sections.some((section) => section.isAdminOnly && isIn(section, app, path))
  return (
    <>
      <p className="flex min-w-0 flex-1 items-center gap-2">
        <span className="shrink-0 max-sm:sr-only">Acting as</span>
        <IdentityChip identity={as} name={name} />
        {isOfAdmin ? (
          <span className="min-w-0 truncate max-lg:shrink-0">
            Not on this page
            <span className="max-lg:sr-only">: users are listed and managed as Admin.</span>
          </span>
        ) : (
          <span className="min-w-0 truncate max-lg:sr-only">{modeLooks[mode].words(name)}</span>
        )}
      </p>
      <ModeChoice mode={mode} onChoose={choose} className="max-sm:order-last max-sm:w-full" />
    </>
  )
}

function LeaveButton() {
  const actAs = useActAs()
  return (
    <Button
      size="small"
      icon={<LogOut />}
      className="border-current/50! bg-transparent! text-current! hover:bg-current/10!"
      onClick={() => actAs(admin)}
    >
      Exit
    </Button>
  )
}

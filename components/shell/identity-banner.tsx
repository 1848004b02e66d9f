'use client'

import { CircleAlert, LogOut } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { admin } from '@/lib/model/identity'
import { useApp } from './acting'
import { lookOf } from './identity-look'
import { isIn, sections } from './sections'
import { useActAs } from './use-act-as'
import { useIdentityName } from './use-identity-name'

/** Says above every page as whom it is shown, unless that is admin. Always there, so that it is heard. */
export function IdentityBanner() {
  const app = useApp()
  const { as } = app
  const { name, isNobody } = useIdentityName(app)
  const actAs = useActAs()
  const path = usePathname()
  const isOfAdmin = sections.some((section) => section.isAdminOnly && isIn(section, app, path))
  const look = lookOf(as)
  const Icon = isNobody ? CircleAlert : look.icon

  return (
    <div role="status" aria-label="Acting identity">
      {as.kind !== 'admin' && (
        <div
          className={cn(
            'flex min-h-9 items-center gap-2 border-b px-3 py-1 text-sm print:border',
            look.surface,
            look.text,
          )}
        >
          <Icon aria-hidden="true" className="size-4 shrink-0" />
          <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {isNobody ? (
              <>
                <strong className="font-semibold">There is no such user: {name}.</strong> Nothing is
                done as them.
              </>
            ) : (
              <>
                <strong className="font-semibold">Acting as {name}.</strong>{' '}
                <span className="max-sm:sr-only">
                  {isOfAdmin
                    ? 'But not on this page: users are listed and managed as Admin.'
                    : 'Rules apply: they decide what is shown here, and what is written is written as them.'}
                </span>
                <span aria-hidden="true" className="sm:hidden">
                  {isOfAdmin ? 'Not on this page.' : 'Rules apply.'}
                </span>
              </>
            )}
          </p>
          <Button
            size="small"
            icon={<LogOut />}
            className={cn('bg-transparent! border-current!', look.text)}
            onClick={() => actAs(admin)}
          >
            Exit
          </Button>
        </div>
      )}
    </div>
  )
}

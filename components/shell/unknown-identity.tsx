'use client'

import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { admin, guest } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'
import { Mark } from './mark'

/** For an address that names an identity there cannot be. The person chooses; nothing is guessed. */
export function UnknownIdentity({ appId }: { appId: string }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-6 py-12">
      <title>As whom? · Understudy</title>
      <Mark className="mb-6 size-10" />
      <h1 className="font-semibold text-xl">As whom?</h1>
      <p className="mt-2 text-muted">
        The address asks to act as someone, but what it says is neither <code>guest</code> nor the
        id of a user. It may be cut short or mistyped. No data was read or written.
      </p>
      <div className="mt-6 flex flex-wrap gap-2">
        <Link href={pages.data({ appId, as: admin })} className={buttonClass({})}>
          Continue as Admin
        </Link>
        <Link href={pages.data({ appId, as: guest })} className={buttonClass({})}>
          Continue as Guest
        </Link>
      </div>
    </main>
  )
}

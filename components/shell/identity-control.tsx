'use client'

import { ShieldCheck } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'

/** As whom requests are made. Admin is the only identity so far. */
export function IdentityControl() {
  return (
    <Popover
      title="Acting as Admin"
      trigger={
        <Button variant="quiet" className="text-identity-admin!" icon={<ShieldCheck />}>
          Admin
        </Button>
      }
    >
      <p className="text-muted text-sm">
        Every request is made with the app's admin token: rules are not evaluated, and nothing is
        hidden.
      </p>
    </Popover>
  )
}

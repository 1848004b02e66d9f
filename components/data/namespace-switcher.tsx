'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { AppSchema } from '@/lib/model/schema'
import { NamespacePane } from './namespace-pane'

interface NamespaceSwitcherProps {
  readonly schema: AppSchema
  readonly current: string
}

/** The list of namespaces where there is no room for it beside the grid. */
export function NamespaceSwitcher({ schema, current }: NamespaceSwitcherProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="quiet"
        className="-ml-2 min-w-0 shrink! text-ink! md:hidden"
        onClick={() => setOpen(true)}
      >
        <span className="sr-only">Namespace: </span>
        <span className="truncate font-semibold text-base">{current}</span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title="Namespaces">
        <div className="-mx-2 h-[60dvh]">
          <NamespacePane schema={schema} current={current} onChoose={() => setOpen(false)} />
        </div>
      </Dialog>
    </>
  )
}

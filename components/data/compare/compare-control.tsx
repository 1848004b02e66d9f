'use client'

import { Columns2, Diff } from 'lucide-react'
import { useApp } from '@/components/shell/acting'
import { useIdentityName } from '@/components/shell/use-identity-name'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Tooltip } from '@/components/ui/tooltip'
import { formatTotal } from '@/lib/model/format-value'
import type { NamespaceView } from '@/lib/model/namespace-view'
import type { Totals } from '../use-totals'
import type { ChangeView } from '../use-view'

interface CompareControlProps {
  readonly view: NamespaceView
  readonly changeView: ChangeView
  readonly totals: Totals
}

/** Shows, beside what whom one acts as sees, what there is. Nothing for the admin, who sees all. */
export function CompareControl({ view, changeView, totals }: CompareControlProps) {
  const app = useApp()
  const { name } = useIdentityName(app)
  if (app.as.kind === 'admin') return null
  const { isCompared, onlyDifferences } = view
  const sees = `sees ${formatTotal(totals.seen.data)} of ${formatTotal(totals.all.data)}`
  return (
    <div className="flex min-w-0 items-center">
      {isCompared && (
        <p role="status" className="hidden max-w-64 truncate px-2 text-muted text-xs lg:block">
          {name} {sees}
        </p>
      )}
      <Tooltip content={`Show what ${name} does not see, greyed`}>
        <Button
          variant="quiet"
          aria-pressed={isCompared}
          icon={<Columns2 />}
          className={pressedClass(isCompared)}
          onClick={() => changeView({ isCompared: !isCompared, onlyDifferences: false })}
        >
          <span className="max-sm:sr-only">Compare</span>
        </Button>
      </Tooltip>
      {isCompared && (
        <Tooltip content={`Only what ${name} sees in another way`}>
          <Button
            variant="quiet"
            aria-pressed={onlyDifferences}
            icon={<Diff />}
            className={pressedClass(onlyDifferences)}
            onClick={() => changeView({ onlyDifferences: !onlyDifferences })}
          >
            <span className="max-sm:sr-only">Differences</span>
          </Button>
        </Tooltip>
      )}
    </div>
  )
}

function pressedClass(isPressed: boolean): string {
  return cn(isPressed && 'bg-accent-soft! text-accent-text!')
}

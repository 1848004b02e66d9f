'use client'

import { RotateCw } from 'lucide-react'
import { ColumnsPopover } from '@/components/grid/columns-popover'
import type { GridColumn } from '@/components/grid/grid-column'
import type { GridLayout } from '@/components/grid/grid-layout'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import type { NamespaceView } from '@/lib/model/namespace-view'
import type { RecordRow } from '@/lib/model/record'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { CompareControl } from './compare/compare-control'
import { LiveControl } from './live/live-control'
import type { Live } from './live/use-live'
import { NamespaceSwitcher } from './namespace-switcher'
import { SortMenu } from './sort-menu'
import type { Totals } from './use-totals'
import type { ChangeView } from './use-view'

interface RecordsToolbarProps {
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly columns: readonly GridColumn<RecordRow>[]
  readonly view: NamespaceView
  readonly changeView: ChangeView
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
  readonly live: Live
  readonly totals: Totals
  readonly isFetching: boolean
  readonly onRefresh: () => void
}

export function RecordsToolbar(props: RecordsToolbarProps) {
  const { namespace, schema, columns, view, changeView } = props
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 px-3">
      <span aria-hidden="true" className="hidden min-w-0 truncate font-semibold text-base md:block">
        {namespace.name}
      </span>
      <NamespaceSwitcher schema={schema} current={namespace.name} />
      {namespace.isSystem && <Badge>system</Badge>}
      <div className="ml-auto flex items-center gap-1">
        <CompareControl view={view} changeView={changeView} totals={props.totals} />
        <LiveControl
          live={props.live}
          isOn={view.isLive}
          onToggle={(isLive) => changeView({ isLive }, 'replace')}
        />
        <SortMenu namespace={namespace} view={view} changeView={changeView} />
        <ColumnsPopover
          columns={columns}
          layout={props.layout}
          onLayoutChange={props.onLayoutChange}
        />
        <IconButton label="Refresh" onClick={props.onRefresh}>
          <RotateCw
            aria-hidden="true"
            className={cn(props.isFetching && 'motion-safe:animate-spin')}
          />
        </IconButton>
      </div>
    </div>
  )
}

'use client'

import { CircleAlert, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { Failure } from '@/lib/model/failure'
import { hintMessages } from '@/lib/model/hint-messages'

interface StateProps {
  readonly title: string
  readonly children?: ReactNode
  readonly icon?: ReactNode
  readonly actions?: ReactNode
}

/** Loading: as many lines as there will be, each as high as it will be (a class such as `h-8`). */
export function LoadingState({
  lines = 12,
  lineClass = 'h-8',
}: {
  lines?: number
  lineClass?: string
}) {
  return (
    <div role="status" className="w-full px-3">
      <span className="sr-only">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <div key={line} className={`flex items-center gap-4 ${lineClass}`}>
          <Skeleton className="h-3 w-28" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  )
}

/** Nothing yet: there is none, and what to do first. */
export function NothingYetState(props: StateProps) {
  return <Block {...props} />
}

/** Nothing matches: there may be some, but what was asked for excludes them. */
export function NothingMatchesState(props: StateProps) {
  return <Block {...props} />
}

interface FailedStateProps {
  readonly title: string
  readonly failure: Failure
  readonly onRetry?: () => void
  readonly isRetrying?: boolean
  readonly actions?: ReactNode
}

/** Failed: what happened, and the way to try again. */
export function FailedState({ title, failure, onRetry, isRetrying, actions }: FailedStateProps) {
  return (
    <div role="alert">
      <Block
        title={title}
        icon={<CircleAlert className="text-danger-text" />}
        actions={
          <>
            {onRetry && (
              <Button icon={<RotateCw />} onClick={onRetry} disabled={isRetrying ?? false}>
                {isRetrying ? 'Retrying…' : 'Retry'}
              </Button>
            )}
            {actions}
          </>
        }
      >
        <p className="[overflow-wrap:anywhere]">{failure.message}</p>
        {hintMessages(failure).map((message) => (
          <p key={message}>{message}</p>
        ))}
        <p className="mt-1 font-mono text-2xs text-faint">{failure.code}</p>
      </Block>
    </div>
  )
}

function Block({ title, children, icon, actions }: StateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
      {icon && (
        <span aria-hidden="true" className="mb-3 text-faint [&>svg]:size-6">
          {icon}
        </span>
      )}
      <h2 className="font-semibold text-base">{title}</h2>
      <div className="mt-1 text-muted text-sm">{children}</div>
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}

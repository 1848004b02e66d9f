'use client'

import { FlaskConical, PenLine, Play, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { ModKey } from '@/components/shell/mod-key'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import type { WriteDecision } from '@/lib/model/decide-write'
import type { Identity } from '@/lib/model/identity'

interface RunBarProps {
  readonly identity: Identity
  /** By what name people know whom the dashboard acts as. */
  readonly actor: string
  /** What running would do. */
  readonly decision: WriteDecision
  readonly isRunning: boolean
  /** What is in the way, in words; null when the steps are complete. */
  readonly obstacle: string | null
  readonly isEmpty: boolean
  readonly onCheck: () => void
  readonly onRun: () => void
}

/** Says what running would do, blue for nothing and amber for real, and runs. */
export function RunBar(props: RunBarProps) {
  const { identity, actor, decision, isRunning, obstacle, isEmpty } = props
  const isAdmin = identity.kind === 'admin'
  const isReal = decision.kind === 'write'
  return (
    <div
      className={cn(
        'sticky bottom-0 shrink-0 border-line border-t px-3 py-2.5',
        isAdmin
          ? 'bg-canvas'
          : isReal
            ? 'bg-notice-soft text-notice-text'
            : 'bg-dry-soft text-dry-text',
      )}
    >
      <div className="flex flex-wrap items-center gap-2">
        {isAdmin ? (
          <>
            <RunButton {...props} icon={<Play fill="currentColor" />}>
              {isRunning ? 'Running…' : 'Run'}
            </RunButton>
            <Button icon={<ShieldCheck />} disabled={isEmpty} onClick={props.onCheck}>
              Check
            </Button>
          </>
        ) : (
          <RunButton
            {...props}
            icon={isReal ? <PenLine /> : <FlaskConical />}
            className={isReal ? 'bg-notice! text-notice-ink!' : 'bg-dry! text-dry-ink!'}
          >
            {wordsOfRun(isReal, actor, isRunning)}
          </RunButton>
        )}
        <p role="status" className="min-w-40 flex-1 text-xs">
          {decision.kind === 'refuse'
            ? decision.reason
            : (obstacle ?? wordsOfMode(isAdmin, isReal, actor))}
        </p>
      </div>
    </div>
  )
}

function wordsOfRun(isReal: boolean, actor: string, isRunning: boolean): string {
  if (isReal) return isRunning ? 'Writing…' : `Write as ${actor}`
  return isRunning ? 'Trying…' : 'Dry run'
}

function wordsOfMode(isAdmin: boolean, isReal: boolean, actor: string): string {
  if (isAdmin) return 'As admin: writes for real, and no rule is evaluated.'
  return isReal
    ? `As ${actor}: this writes for real, if the rules allow it.`
    : `As ${actor}: every rule is evaluated, and nothing is written.`
}

interface RunButtonProps extends Pick<RunBarProps, 'decision' | 'isRunning' | 'isEmpty' | 'onRun'> {
  readonly icon: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

function RunButton(props: RunButtonProps) {
  const { decision, isRunning, isEmpty, onRun, icon, children, className = '' } = props
  return (
    <Button
      variant="primary"
      icon={icon}
      disabled={isEmpty || isRunning || decision.kind === 'refuse'}
      onClick={onRun}
      className={className}
    >
      {children}
      <kbd className="font-sans text-2xs">
        <ModKey /> ↵
      </kbd>
    </Button>
  )
}

'use client'

import { FlaskConical, PenLine, Play, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { ModKey } from '@/components/shell/mod-key'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import type { Identity } from '@/lib/model/identity'

export type RunMode = 'try' | 'write'

interface RunBarProps {
  readonly identity: Identity
  /** By what name people know whom the dashboard acts as. */
  readonly actor: string
  readonly mode: RunMode
  readonly onChooseMode: (mode: RunMode) => void
  readonly isRunning: boolean
  /** What is in the way, in words; null when the steps are complete. */
  readonly obstacle: string | null
  readonly isEmpty: boolean
  readonly onCheck: () => void
  readonly onRun: () => void
}

/** Says what running would do, blue for nothing and amber for real, and runs. */
export function RunBar(props: RunBarProps) {
  const { identity, actor, mode, onChooseMode, isRunning, obstacle, isEmpty } = props
  const isAdmin = identity.kind === 'admin'
  return (
    <div
      className={cn(
        'sticky bottom-0 shrink-0 border-line border-t px-3 py-2.5',
        isAdmin
          ? 'bg-canvas'
          : mode === 'try'
            ? 'bg-dry-soft text-dry-text'
            : 'bg-notice-soft text-notice-text',
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
          <>
            <ModeChoice mode={mode} onChoose={onChooseMode} />
            <RunButton
              {...props}
              icon={mode === 'try' ? <FlaskConical /> : <PenLine />}
              className={mode === 'write' ? 'bg-notice! text-notice-ink!' : 'bg-dry! text-dry-ink!'}
            >
              {wordsOfRun(mode, actor, isRunning)}
            </RunButton>
          </>
        )}
        <p role="status" className="min-w-40 flex-1 text-xs">
          {obstacle ?? wordsOfMode(isAdmin, mode, actor)}
        </p>
      </div>
    </div>
  )
}

function wordsOfRun(mode: RunMode, actor: string, isRunning: boolean): string {
  if (mode === 'try') return isRunning ? 'Trying…' : 'Dry run'
  return isRunning ? 'Writing…' : `Write as ${actor}`
}

function wordsOfMode(isAdmin: boolean, mode: RunMode, actor: string): string {
  if (isAdmin) return 'As admin: writes for real, and no rule is evaluated.'
  return mode === 'try'
    ? `As ${actor}: every rule is evaluated, and nothing is written.`
    : `As ${actor}: this writes for real, if the rules allow it.`
}

interface RunButtonProps extends Pick<RunBarProps, 'isRunning' | 'isEmpty' | 'onRun'> {
  readonly icon: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

function RunButton({ isRunning, isEmpty, onRun, icon, children, className = '' }: RunButtonProps) {
  return (
    <Button
      variant="primary"
      icon={icon}
      disabled={isEmpty || isRunning}
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

const modes = [
  { value: 'try', label: 'Dry run' },
  { value: 'write', label: 'Write for real' },
] as const

function ModeChoice({ mode, onChoose }: { mode: RunMode; onChoose: (mode: RunMode) => void }) {
  return (
    <fieldset className="flex rounded-md border border-current p-0.5">
      <legend className="sr-only">What running does</legend>
      {modes.map(({ value, label }) => (
        <label
          key={value}
          className={cn(
            'flex h-6 cursor-default items-center rounded px-2 font-medium text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent coarse:h-8',
            mode === value && 'bg-current/15',
          )}
        >
          <input
            type="radio"
            name="run-mode"
            className="sr-only"
            checked={mode === value}
            onChange={() => onChoose(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

'use client'

import { CircleAlert, Pause, Play, Radio } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Tooltip } from '@/components/ui/tooltip'
import { formatCount } from '@/lib/model/format-value'
import type { Live, LiveState } from './use-live'

interface LiveControlProps {
  readonly live: Live
  readonly isOn: boolean
  readonly onToggle: (isOn: boolean) => void
}

/** Switches following on and off, pauses it, and says how it stands. */
export function LiveControl({ live, isOn, onToggle }: LiveControlProps) {
  const { state, isPaused, waiting } = live
  const isBroken = state.kind === 'trouble' || state.kind === 'failed'
  return (
    <div className="flex items-center">
      <Tooltip content={isOn ? describe(state, isPaused) : 'Follow changes as they happen'}>
        <Button
          variant="quiet"
          aria-pressed={isOn}
          icon={isBroken ? <CircleAlert /> : <Radio />}
          className={cn(
            isOn && 'bg-accent-soft! text-accent-text!',
            isOn && isBroken && 'bg-danger-soft! text-danger-text!',
          )}
          onClick={() => onToggle(!isOn)}
        >
          <span className="max-sm:sr-only">Live</span>
        </Button>
      </Tooltip>
      {isOn && !isPaused && (
        <IconButton label="Pause" onClick={live.pause}>
          <Pause aria-hidden="true" />
        </IconButton>
      )}
      {isOn && isPaused && (
        <Button variant="quiet" icon={<Play />} onClick={live.resume}>
          {waiting === 0
            ? 'Resume'
            : `Show ${waiting === 1 ? '1 change' : `${formatCount(waiting)} changes`}`}
        </Button>
      )}
      <span role="status" className="sr-only">
        {isOn && describe(state, isPaused)}
      </span>
    </div>
  )
}

function describe(state: LiveState, isPaused: boolean): string {
  switch (state.kind) {
    case 'off':
    case 'connecting':
      return 'Connecting…'
    case 'on':
      return isPaused ? 'Paused: changes wait to be shown' : 'Changes are shown as they happen'
    case 'trouble':
    case 'failed':
      return state.message
  }
}

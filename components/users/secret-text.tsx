'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'

/** How long a secret stays readable. */
const shownMs = 20_000

interface SecretTextProps {
  readonly text: string
  /** What it is, as in "Show token". */
  readonly label: string
}

/** A secret that is covered until it is asked for, and covers itself again after a while. */
export function SecretText({ text, label }: SecretTextProps) {
  const [isShown, setShown] = useState(false)

  useEffect(() => {
    if (!isShown) return
    const timer = setTimeout(() => setShown(false), shownMs)
    return () => clearTimeout(timer)
  }, [isShown])

  return (
    <div className="flex items-center gap-1 rounded-md border border-line-strong bg-sunken py-1 pr-1 pl-2">
      <code className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]">
        {isShown ? (
          text
        ) : (
          <>
            <span aria-hidden="true">{'•'.repeat(24)}</span>
            <span className="sr-only">The {label} is covered</span>
          </>
        )}
      </code>
      <IconButton
        size="small"
        label={isShown ? `Cover ${label}` : `Show ${label} for ${shownMs / 1000} seconds`}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
      </IconButton>
      <CopyButton text={text} label={`Copy ${label}`} />
    </div>
  )
}

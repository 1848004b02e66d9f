'use client'

import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { IconButton } from './icon-button'

interface CopyButtonProps {
  /** A text that takes time to write is given as a function, called only when it is wanted. */
  readonly text: string | (() => string)
  /** What is copied, as in "Copy title". */
  readonly label: string
  readonly className?: string
  readonly icon?: ReactNode
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, className, icon }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false)

  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])

  const copy = () => {
    const wanted = typeof text === 'string' ? text : text()
    void navigator.clipboard.writeText(wanted).then(() => setCopied(true))
  }

  return (
    <IconButton
      size="small"
      label={isCopied ? 'Copied' : label}
      className={className ?? ''}
      onClick={copy}
    >
      {isCopied ? (
        <Check aria-hidden="true" className="text-accent-text" />
      ) : (
        (icon ?? <Copy aria-hidden="true" />)
      )}
    </IconButton>
  )
}

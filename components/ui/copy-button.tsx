'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, as in "Copy title". */
  readonly label: string
  readonly className?: string
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, className }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false)

  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])

  return (
    <IconButton
      size="small"
      label={isCopied ? 'Copied' : label}
      className={className ?? ''}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {isCopied ? (
        <Check aria-hidden="true" className="text-accent-text" />
      ) : (
        <Copy aria-hidden="true" />
      )}
    </IconButton>
  )
}

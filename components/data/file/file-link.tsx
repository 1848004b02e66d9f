import { ExternalLink } from 'lucide-react'

interface FileLinkProps {
  readonly url: string
  readonly path: string | null
  /** In the grid the keys are the grid's. */
  readonly tabIndex?: -1
}

/** Opens a file where it is stored, in a tab that knows nothing of this one. */
export function FileLink({ url, path, tabIndex }: FileLinkProps) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      title={url}
      tabIndex={tabIndex}
      className="inline-flex min-w-0 items-center gap-1 text-accent-text underline-offset-2 hover:underline"
    >
      <ExternalLink aria-hidden="true" className="size-3 shrink-0" />
      Open
      <span className="sr-only">{path ?? 'the file'} in a new tab</span>
    </a>
  )
}

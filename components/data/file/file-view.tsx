'use client'

import { useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { Skeleton } from '@/components/ui/skeleton'
import type { JsonObject } from '@/lib/base/json'
import { type StoredFile, toStoredFile, whyNoPicture } from '@/lib/model/file'
import { api } from '@/lib/model/routes'
import { FileIcon } from './file-icon'
import { FileLink } from './file-link'
import { FileSize } from './file-size'

interface FileViewProps {
  readonly id: string
  readonly values: JsonObject
}

/** A file, as a picture where it is one, with what it is and the way to it. */
export function FileView({ id, values }: FileViewProps) {
  const file = toStoredFile(values)
  const { path, contentType, bytes, url } = file
  return (
    <div className="space-y-2">
      {whyNoPicture(file) === null && <Picture key={id} id={id} file={file} />}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
        <span className="flex min-w-0 items-center gap-1.5">
          <FileIcon file={file} />
          <span className="truncate">{contentType ?? 'Of no known type'}</span>
        </span>
        {bytes !== null && <FileSize bytes={bytes} />}
        {url && <FileLink url={url} path={path} />}
      </p>
    </div>
  )
}

/** Read by the server as whom one acts: the storage is not asked by this page. */
function Picture({ id, file }: { readonly id: string; readonly file: StoredFile }) {
  const app = useApp()
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  if (state === 'failed') {
    return (
      <p role="alert" className="rounded bg-notice-soft px-2 py-1 text-notice-text text-xs">
        The picture could not be read: it is no longer stored, not the picture that its record says,
        or a rule hides it.
      </p>
    )
  }
  return (
    <div className="relative flex min-h-24 items-center justify-center overflow-hidden rounded-md bg-sunken p-2">
      {state === 'loading' && (
        <div role="status" className="absolute inset-2">
          <span className="sr-only">Loading the picture</span>
          <Skeleton className="size-full" />
        </div>
      )}
      {/* biome-ignore lint/performance/noImgElement: it is the app's own, which nothing is to optimise */}
      <img
        src={api.picture(app, id)}
        alt={file.path ?? 'The file'}
        onLoad={() => setState('shown')}
        onError={() => setState('failed')}
        className="relative max-h-64 max-w-full object-contain"
      />
    </div>
  )
}

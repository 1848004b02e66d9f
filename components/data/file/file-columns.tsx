import type { ReactNode } from 'react'
import type { GridColumn } from '@/components/grid/grid-column'
import { toStoredFile } from '@/lib/model/file'
import type { RecordRow } from '@/lib/model/record'
import { FileIcon } from './file-icon'
import { FileLink } from './file-link'
import { FileSize } from './file-size'
import { FileView } from './file-view'

type Look = Partial<Pick<GridColumn<RecordRow>, 'width' | 'view'>> & {
  /** Null when the value is none that a file has, and is to be shown as any other. */
  readonly render: (row: RecordRow) => ReactNode
}

/** How the attributes of `$files` are shown that say what a file is and where. */
export const fileColumns: Readonly<Record<string, Look>> = {
  path: {
    view: (row) => (
      <>
        <p className="mb-2 [overflow-wrap:anywhere]">{toStoredFile(row.values).path}</p>
        <FileView id={row.id} values={row.values} />
      </>
    ),
    render: ({ values }) => {
      const file = toStoredFile(values)
      if (file.path === null) return null
      return (
        <span className="flex min-w-0 items-center gap-1.5" title={file.contentType ?? undefined}>
          <FileIcon file={file} />
          <span className="truncate">{file.path}</span>
        </span>
      )
    },
  },
  size: {
    width: 104,
    render: ({ values }) => {
      const { bytes } = toStoredFile(values)
      return bytes === null ? null : <FileSize bytes={bytes} />
    },
  },
  url: {
    width: 88,
    view: (row) => <FileView id={row.id} values={row.values} />,
    render: ({ values }) => {
      const { url, path } = toStoredFile(values)
      return url === null ? null : <FileLink url={url} path={path} tabIndex={-1} />
    },
  },
}

import { formatBytes } from '@/lib/model/file'
import { formatCount } from '@/lib/model/format-value'

/** How large a file is, and on hover to the byte. */
export function FileSize({ bytes }: { readonly bytes: number }) {
  return (
    <span className="truncate tabular-nums" title={`${formatCount(bytes)} bytes`}>
      {formatBytes(bytes)}
    </span>
  )
}

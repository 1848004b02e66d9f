import {
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  File as FileOther,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type LucideIcon,
} from 'lucide-react'
import { type FileKind, kindOfFile, type StoredFile } from '@/lib/model/file'

const icons: Readonly<Record<FileKind, LucideIcon>> = {
  archive: FileArchive,
  audio: FileAudio,
  code: FileCode,
  other: FileOther,
  picture: FileImage,
  table: FileSpreadsheet,
  text: FileText,
  video: FileVideo,
}

/** The sign of what sort of file it is. The type itself is told in words beside it or on hover. */
export function FileIcon({ file }: { readonly file: StoredFile }) {
  const Icon = icons[kindOfFile(file)]
  return <Icon aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
}

'use client'

import { Braces, Code, Copy, FileJson, Fingerprint, Link as LinkIcon, Pencil } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useApp } from '@/components/shell/acting'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuLinkItem, MenuSeparator } from '@/components/ui/menu'
import { toast } from '@/components/ui/toaster'
import { recordSearch } from '@/lib/model/namespace-view'
import { toQueryLink } from '@/lib/model/query-link'
import type { RecordDetail, RecordRef } from '@/lib/model/record'
import { recordQueryText, recordReadCode, recordWriteCode } from '@/lib/model/record-code'
import { pages } from '@/lib/model/routes'
import type { Namespace } from '@/lib/model/schema'

interface CopyRecordProps {
  readonly namespace: Namespace
  readonly record: RecordRef
  /** Null until it has been read. */
  readonly detail: RecordDetail | null
}

/** The ways to take a record elsewhere: as an id, an address, JSON, or code. */
export function CopyRecord({ namespace, record, detail }: CopyRecordProps) {
  const app = useApp()
  const { id } = record
  const address = pages.data(app, namespace.name, recordSearch(record))
  const query = toQueryLink(`${recordQueryText(namespace, id)}\n`)

  return (
    <Menu
      align="end"
      className="w-60"
      trigger={
        <IconButton label="Copy the record">
          <Copy aria-hidden="true" />
        </IconButton>
      }
    >
      <CopyItem icon={<Fingerprint />} what="Id" text={() => id} />
      <CopyItem
        icon={<LinkIcon />}
        what="Link to it"
        text={() => new URL(address, window.location.href).href}
      />
      {detail && (
        <>
          <CopyItem
            icon={<FileJson />}
            what="JSON"
            text={() => JSON.stringify(detail.values, null, 2)}
          />
          <CopyItem
            icon={<Code />}
            what="Code that reads it"
            text={() => recordReadCode(namespace, id)}
          />
          <CopyItem
            icon={<Pencil />}
            what="Code that writes it"
            text={() => recordWriteCode(namespace, detail)}
          />
        </>
      )}
      {query && (
        <>
          <MenuSeparator />
          <MenuLinkItem
            render={<Link href={pages.query(app, new URLSearchParams({ q: query }))} />}
          >
            <Braces aria-hidden="true" />
            Open in the query editor
          </MenuLinkItem>
        </>
      )}
    </Menu>
  )
}

interface CopyItemProps {
  readonly icon: ReactNode
  readonly what: string
  readonly text: () => string
}

function CopyItem({ icon, what, text }: CopyItemProps) {
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => toast(`Copied: ${what}`),
      (error: Error) => toast(`Not copied: ${error.message}`),
    )
  }
  return (
    <MenuItem icon={icon} onClick={copy}>
      Copy {what}
    </MenuItem>
  )
}

'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { describeAttribute, LinkIcon, TypeIcon } from '@/components/field/type-icon'
import type { GridColumn } from '@/components/grid/grid-column'
import { useApp } from '@/components/shell/acting'
import { filesNamespace } from '@/lib/model/file'
import { shortId, toCellText, toCellValue } from '@/lib/model/format-value'
import { type LinkedOfRecords, linkedText } from '@/lib/model/linked'
import type { LinkedRecords, RecordRef, RecordRow } from '@/lib/model/record'
import {
  type Attribute,
  type AttributeType,
  type Link,
  type Namespace,
  whyNotSortable,
} from '@/lib/model/schema'
import { linkedQuery } from '@/lib/queries/linked'
import { Cell, Mismatched, Missing } from './cell'
import { whyStripped } from './compare/tone-of'
import { fileColumns } from './file/file-columns'
import { LinkChip } from './link-chip'
import { RecordGlance } from './link-peek'
import { chunksOf, LinkedCell, LinkedList } from './linked-cell'
import { typeMismatch } from './type-mismatch'
import { WholeValue } from './whole-value'

const widths: Record<AttributeType, number> = {
  string: 208,
  number: 104,
  boolean: 96,
  date: 168,
  json: 240,
  any: 176,
}

/** What the columns of links need. */
interface LinkTools {
  readonly onOpen: (ref: RecordRef) => void
  readonly readLinked: (link: Link, ids: readonly string[]) => Promise<LinkedOfRecords>
}

/** The columns of a namespace: its attributes, then its links in both directions, to one and to many. */
export function useRecordColumns(
  namespace: Namespace,
  onOpen: (ref: RecordRef) => void,
): readonly GridColumn<RecordRow>[] {
  const app = useApp()
  const queryClient = useQueryClient()
  return useMemo(() => {
    const readLinked = (link: Link, ids: readonly string[]) =>
      queryClient.query(
        linkedQuery({ ...app, namespace: namespace.name, label: link.label, ids: [...ids] }),
      )
    const tools = { onOpen, readLinked }
    const links = (wanted: Link['cardinality']) =>
      namespace.links.filter(({ cardinality }) => cardinality === wanted)
    return [
      ...namespace.attributes.map((attribute) => attributeColumn(attribute, namespace)),
      ...links('one').map((link) => linkColumn(link, onOpen)),
      ...links('many').map((link) => linksColumn(link, namespace, tools)),
    ]
  }, [app, queryClient, namespace, onOpen])
}

function attributeColumn(attribute: Attribute, namespace: Namespace): GridColumn<RecordRow> {
  const isId = attribute.name === 'id'
  const isTitle = attribute.name === namespace.titleAttribute
  const ofFile = namespace.name === filesNamespace ? fileColumns[attribute.name] : undefined
  return {
    id: attribute.name,
    label: attribute.name,
    icon: <TypeIcon attribute={attribute} />,
    note: describeAttribute(attribute),
    align: attribute.type === 'number' ? 'end' : 'start',
    width: ofFile?.width ?? (isId ? 104 : isTitle ? 288 : widths[attribute.type]),
    whyNotSortable: whyNotSortable(attribute),
    render: (row) =>
      isId ? shortId(row.id) : (ofFile?.render(row) ?? renderAttribute(attribute, row)),
    ...(isId && { textClass: 'font-mono text-muted text-xs', textTitle: ({ id }) => id }),
    whyHatched: (row) => whyStripped(row, attribute.name),
    text: (row) => toCellText(row.values[attribute.name]),
    view:
      ofFile?.view ??
      ((row) => <WholeValue attribute={attribute} value={row.values[attribute.name]} />),
  }
}

function renderAttribute(attribute: Attribute, row: RecordRow): ReactNode {
  const mismatch = typeMismatch(row.values[attribute.name], attribute)
  const value = toCellValue(row.values, attribute)
  if (mismatch) {
    return (
      <Mismatched mismatch={mismatch}>
        <Cell value={value} />
      </Mismatched>
    )
  }
  return value.kind === 'text' || value.kind === 'number' ? value.text : <Cell value={value} />
}

function linkColumn(link: Link, onOpen: (ref: RecordRef) => void): GridColumn<RecordRow> {
  return {
    id: link.label,
    label: link.label,
    icon: <LinkIcon />,
    note: `link to one of ${link.target}`,
    width: 168,
    whyNotSortable: 'Instant does not sort by a link.',
    render: (row) => {
      const target = row.links[link.label]
      if (!target) return <Missing />
      return (
        <LinkChip
          record={target}
          namespace={link.target}
          tabIndex={-1}
          onOpen={() => onOpen({ namespace: link.target, id: target.id })}
        />
      )
    },
    text: (row) => row.links[link.label]?.id ?? '',
    whyHatched: (row) => whyStripped(row, link.label),
    view: (row) => {
      const target = row.links[link.label]
      if (!target) return <p className="text-muted">Linked to no {link.target}</p>
      return <RecordGlance record={{ namespace: link.target, id: target.id }} />
    },
  }
}

function linksColumn(
  link: Link,
  namespace: Namespace,
  { onOpen, readLinked }: LinkTools,
): GridColumn<RecordRow> {
  const { label } = link
  const loaded = new Map<string, LinkedRecords>()
  const place = { namespace: namespace.name, link }
  return {
    id: label,
    label,
    icon: <LinkIcon />,
    note: `link to many of ${link.target}`,
    width: 248,
    whyNotSortable: 'Instant does not sort by a link.',
    isLazy: true,
    render: ({ id }) => <LinkedCell {...place} id={id} onOpen={onOpen} />,
    load: async (rows) => {
      const chunks = chunksOf(rows.map(({ id }) => id))
      const answers = await Promise.all(chunks.map((ids) => readLinked(link, ids)))
      for (const answer of answers) {
        for (const [id, linked] of Object.entries(answer)) loaded.set(id, linked)
      }
    },
    text: ({ id }) => linkedText(loaded.get(id) ?? { total: 0, records: [] }),
    view: ({ id }, close) => (
      <LinkedList
        {...place}
        id={id}
        onOpen={(ref) => {
          close()
          onOpen(ref)
        }}
      />
    ),
  }
}

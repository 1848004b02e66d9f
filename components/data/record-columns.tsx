import { describeAttribute, LinkIcon, TypeIcon } from '@/components/field/type-icon'
import type { GridColumn } from '@/components/grid/grid-column'
import { shortId, toCellText, toCellValue } from '@/lib/model/format-value'
import type { RecordRef, RecordRow } from '@/lib/model/record'
import {
  type Attribute,
  type AttributeType,
  type Link,
  type Namespace,
  whyNotSortable,
} from '@/lib/model/schema'
import { Cell, LinkChip, Mismatched, Missing } from './cell'
import { whyStripped } from './compare/tone-of'
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

/** The columns of a namespace: its attributes, then its has-one links in both directions. */
export function recordColumns(
  namespace: Namespace,
  onOpen: (ref: RecordRef) => void,
): readonly GridColumn<RecordRow>[] {
  const links = namespace.links.filter(({ cardinality }) => cardinality === 'one')
  return [
    ...namespace.attributes.map((attribute) => attributeColumn(attribute, namespace)),
    ...links.map((link) => linkColumn(link, onOpen)),
  ]
}

function attributeColumn(attribute: Attribute, namespace: Namespace): GridColumn<RecordRow> {
  const isId = attribute.name === 'id'
  const isTitle = attribute.name === namespace.titleAttribute
  return {
    id: attribute.name,
    label: attribute.name,
    icon: <TypeIcon attribute={attribute} />,
    note: describeAttribute(attribute),
    align: attribute.type === 'number' ? 'end' : 'start',
    width: isId ? 104 : isTitle ? 288 : widths[attribute.type],
    whyNotSortable: whyNotSortable(attribute),
    render: (row) =>
      isId ? (
        <span className="truncate font-mono text-muted text-xs" title={row.id}>
          {shortId(row.id)}
        </span>
      ) : (
        <AttributeCell attribute={attribute} row={row} />
      ),
    whyHatched: (row) => whyStripped(row, attribute.name),
    text: (row) => toCellText(row.values[attribute.name]),
    view: (row) => <WholeValue attribute={attribute} value={row.values[attribute.name]} />,
  }
}

function AttributeCell({ attribute, row }: { attribute: Attribute; row: RecordRow }) {
  const mismatch = typeMismatch(row.values[attribute.name], attribute)
  const cell = <Cell value={toCellValue(row.values, attribute)} />
  return mismatch ? <Mismatched mismatch={mismatch}>{cell}</Mismatched> : cell
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
  }
}

import { parseArray } from './array-text'

/** Turns the text form of a column value that is not null into a JavaScript value. */
export type ColumnParser = (text: string) => unknown

const toText: ColumnParser = (text) => text

/**
 * The parser of a type, by its oid: numbers (also `bigint` and `numeric`, exact up to 2^53),
 * booleans, parsed JSON, bytes as a Buffer, `timestamptz` as a Date (milliseconds; infinity and
 * dates outside JavaScript's range are invalid Dates), and arrays of those. All other types,
 * among them uuid, date and timestamp without time zone, are the text Postgres prints.
 */
export function columnParser(oid: number): ColumnParser {
  return parsers.get(oid) ?? toText
}

function toInstant(text: string): Date {
  // The session's time zone is UTC, so the text ends in +00.
  return new Date(`${text.slice(0, -3).replace(' ', 'T')}Z`)
}

function toBytes(text: string): Buffer {
  return Buffer.from(text.slice(2), 'hex')
}

function toArrayOf(parse: ColumnParser): ColumnParser {
  return (text) => parseArray(text, parse)
}

const scalars: readonly { parse: ColumnParser; oids: readonly (readonly [number, number])[] }[] = [
  { parse: (text) => text === 't', oids: [[16, 1000]] },
  { parse: toBytes, oids: [[17, 1001]] },
  // int8, int2, int4, oid, float4, float8, numeric
  {
    parse: Number,
    oids: [
      [20, 1016],
      [21, 1005],
      [23, 1007],
      [26, 1028],
      [700, 1021],
      [701, 1022],
      [1700, 1231],
    ],
  },
  // json, jsonb
  {
    parse: (text) => JSON.parse(text),
    oids: [
      [114, 199],
      [3802, 3807],
    ],
  },
  { parse: toInstant, oids: [[1184, 1185]] },
  // char, name, text, bpchar, varchar, uuid, date, timestamp
  {
    parse: toText,
    oids: [
      [18, 1002],
      [19, 1003],
      [25, 1009],
      [1042, 1014],
      [1043, 1015],
      [2950, 2951],
      [1082, 1182],
      [1114, 1115],
    ],
  },
]

const parsers = new Map<number, ColumnParser>(
  scalars.flatMap(({ parse, oids }) =>
    oids.flatMap(([scalar, array]): [number, ColumnParser][] => [
      [scalar, parse],
      [array, toArrayOf(parse)],
    ]),
  ),
)

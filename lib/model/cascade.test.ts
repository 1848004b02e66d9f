import { expect, test } from 'vitest'
import { findCascades } from './cascade'
import type { AppSchema, Link, Namespace } from './schema'

test('a deletion is followed along cascading links, once around a circle, and along no others', () => {
  const schema: AppSchema = {
    title: null,
    namespaces: [
      namespace('users', [link('posts', true), link('guests', true, 'users'), link('team', false)]),
      namespace('posts', [link('comments', true)]),
      namespace('comments', [link('posts', true), link('files', true)]),
      namespace('team', [link('rooms', true)]),
    ],
  }

  expect(
    findCascades(schema, 'users').map(({ link: { label }, further }) => [label, further]),
  ).toEqual([
    ['posts', ['comments', 'files']],
    ['guests', ['comments', 'files', 'posts']],
  ])
})

test('a namespace there is not deletes nothing', () => {
  expect(findCascades({ title: null, namespaces: [] }, 'nowhere')).toEqual([])
})

function namespace(name: string, links: readonly Link[]): Namespace {
  return { name, links, isSystem: false, attributes: [], titleAttribute: null }
}

function link(label: string, deletesTargets: boolean, target = label): Link {
  return {
    label,
    target,
    targetLabel: `of-${label}`,
    cardinality: 'many',
    isForward: true,
    isRequired: false,
    deletesTargets,
  }
}

import { expect, test } from 'vitest'
import { must } from '@/lib/base/must'
import { compileRules } from './compile-rules'
import { labelsRead } from './labels-read'

test.each<[rule: string, labels: readonly string[] | null]>([
  ['true', []],
  ["data.title == 'x' && data['state'] in ['a', 'b']", ['state', 'title']],
  ['has(data.a) || auth.id == data.owner', ['a', 'owner']],
  ["auth.id in data.ref('owner.id') && data.a", ['a']],
  ["data.tags.exists(t, t == 'x') ? data.b : false", ['b', 'tags']],
  ['isOwner', ['ownerId']],
  ["'x' in data", null],
  ['data[auth.id] == 1', null],
  ['[data].size() == 1', null],
])('%s reads %j', (view, labels) => {
  const rules = compileRules({
    posts: { allow: { view }, bind: { isOwner: 'data.ownerId == auth.id' } },
  })
  const rule = must(rules.rule('posts', 'view'), 'the document has the rule')
  if (!rule.program.ok) throw new Error(JSON.stringify(rule.program.error))
  const read = labelsRead(rule.program.data)

  expect(read && [...read].sort()).toEqual(labels)
})

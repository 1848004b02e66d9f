import { expect, test } from 'vitest'
import { isJsonObject } from '@/lib/base/json'
import { demoRules } from './rules'
import { demoSchema } from './schema'

const namespaces = Object.keys(demoSchema.entities)
const links = Object.values(demoSchema.links)

test('every namespace has rules, and rules are for namespaces only', () => {
  const ruled = Object.keys(demoRules).filter((name) => name in demoSchema.entities)
  const others = Object.keys(demoRules).filter((name) => !(name in demoSchema.entities))

  expect(ruled.sort()).toEqual([...namespaces].sort())
  expect(others.sort()).toEqual(['$default', '$rateLimits', 'attrs'])
})

test('private fields and links are ones the schema has', () => {
  for (const [namespace, rules] of Object.entries(demoRules)) {
    if (!(namespace in demoSchema.entities) || !isJsonObject(rules)) continue
    const allow = isJsonObject(rules.allow) ? rules.allow : {}
    const labels = [allow.link, allow.unlink, rules.fields].flatMap((part) =>
      isJsonObject(part) ? Object.keys(part) : [],
    )
    for (const label of labels.filter((each) => each !== '$default')) {
      expect(hasLabel(namespace, label), `${namespace}.${label}`).toBe(true)
    }
  }
})

test('every path that a rule follows exists', () => {
  const paths = Object.entries(demoRules).flatMap(([namespace, rules]) =>
    [...JSON.stringify(rules).matchAll(/(data|auth)\.ref\('([^']+)'\)/g)].map(([, from, path]) => ({
      namespace: from === 'auth' ? '$users' : namespace,
      path: (path ?? '').replace(/^\$user\./, ''),
    })),
  )

  expect(paths.length).toBeGreaterThan(10)
  for (const { namespace, path } of paths) {
    expect(follows(namespace, path.split('.')), `${namespace}: ${path}`).toBe(true)
  }
})

function follows(namespace: string, [label = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return label === 'id' || hasLabel(namespace, label)
  const target = targetOf(namespace, label)
  return target !== undefined && follows(target, rest)
}

function hasLabel(namespace: string, label: string): boolean {
  const attrs = demoSchema.entities[namespace]?.attrs ?? {}
  return label in attrs || targetOf(namespace, label) !== undefined
}

function targetOf(namespace: string, label: string): string | undefined {
  const from = links.find(({ forward }) => forward.on === namespace && forward.label === label)
  const to = links.find(({ reverse }) => reverse.on === namespace && reverse.label === label)
  return from?.reverse.on ?? to?.forward.on
}

import { Star } from 'lucide-react'
import { expect, test } from 'vitest'
import { type Command, matchCommands } from './command'

function named(label: string, words?: string): Command {
  return { id: label, label, icon: Star, run: () => undefined, ...(words && { words }) }
}

function found(labels: readonly Command[], search: string): readonly string[] {
  return matchCommands([{ title: 'All', commands: labels }], search).flatMap(({ commands }) =>
    commands.map(({ label }) => label),
  )
}

test('every word of a search has to occur', () => {
  const commands = [named('Go to Data'), named('Go to Users'), named('Act as Guest')]
  expect(found(commands, 'go data')).toEqual(['Go to Data'])
  expect(found(commands, 'GO')).toEqual(['Go to Data', 'Go to Users'])
  expect(found(commands, 'go nowhere')).toEqual([])
})

test('what begins with the search comes before what holds it inside', () => {
  const commands = [named('customers'), named('Act as Tom'), named('tombs')]
  expect(found(commands, 'tom')).toEqual(['tombs', 'Act as Tom', 'customers'])
})

test('a command is found by words that it does not show', () => {
  const dark = named('Dark', 'theme appearance')
  expect(found([dark], 'app dark')).toEqual(['Dark'])
  expect(found([dark], 'ear')).toEqual([])
})

test('nothing typed shows the first few of each group', () => {
  const many = Array.from({ length: 20 }, (_, index) => named(`namespace ${index}`))
  expect(found(many, '').length).toBeLessThan(10)
  expect(found(many, 'namespace 19')).toEqual(['namespace 19'])
})

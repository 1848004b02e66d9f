import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { sharedGaps } from './gaps'

/**
 * The conformance cases that are shared with the contract, run by their own runner through the
 * unmodified SDK. They are not part of this repository: where they are absent this is skipped.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const cases = resolve(root, process.env.CONFORMANCE_CASES ?? '../shared/conformance')
const kinds = ['queries', 'transactions', 'permissions', 'migrations', 'http', 'rules'] as const

if (!existsSync(join(cases, 'lib/runner.mjs'))) {
  test.skip('shared cases: skipped, since CONFORMANCE_CASES names no folder that has them', () => {})
} else {
  describe('shared cases', () => {
    let backend: RunningBackend
    let failures: ReadonlyMap<string, string>

    beforeAll(async () => {
      backend = await startBackend()
      failures = parseFailures(await runCases(backend.apiURI))
    }, 300_000)

    afterAll(() => backend?.stop())

    for (const kind of kinds) {
      for (const name of namesOf(kind)) {
        const title = `${kind} / ${name}`
        // A gap that has been closed fails here until it is struck off the list.
        const run = sharedGaps.has(title) ? test.fails : test
        run(title, () => {
          expect(failures.get(title)).toBeUndefined()
        })
      }
    }

    test('every gap names a case', () => {
      const titles = new Set(
        kinds.flatMap((kind) => namesOf(kind).map((name) => `${kind} / ${name}`)),
      )
      expect([...sharedGaps].filter((gap) => !titles.has(gap))).toEqual([])
    })
  })
}

function namesOf(kind: string): readonly string[] {
  const lines = readFileSync(join(cases, `${kind}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
  return [...new Set(lines.map((line) => String(JSON.parse(line).name)))]
}

/** By kind and name; a case that did not fail is not in it. */
function parseFailures(output: string): ReadonlyMap<string, string> {
  const failures = new Map<string, string>()
  const titles = kinds
    .flatMap((kind) => namesOf(kind).map((name) => `${kind} / ${name}`))
    // The longest first: one name may be the beginning of another.
    .sort((a, b) => b.length - a.length)
  for (const [, line = ''] of output.matchAll(/^FAIL (.*)$/gm)) {
    const title = titles.find((each) => line.startsWith(`${each}:`) || line.startsWith(`${each} [`))
    if (title) failures.set(title, line.slice(title.length))
  }
  return failures
}

function runCases(apiURI: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const adapter = join(root, 'e2e/conformance/shared-adapter.mjs')
    const child = spawn(process.execPath, [join(cases, 'lib/runner.mjs'), adapter], {
      cwd: root,
      env: { ...process.env, CONFORMANCE_API_URI: apiURI },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      const text = Buffer.concat(output).toString()
      // It ends with a table of totals; without it, it has not run to its end.
      if (code === 0) resolve(text)
      else reject(new Error(`The runner ended with code ${code}:\n${text.slice(-2_000)}`))
    })
  })
}

/**
 * `npm test`: everything, in a clean clone too. A failing stage does not hide the later ones. The
 * last line is `N passed, N failed`: test cases of Vitest and Playwright, and one for each of the
 * other stages.
 */
import './node-version.mjs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBackend, buildDashboard, installPackages, nextBin } from './build-steps.mjs'
import { provideChromium } from './chromium.mjs'
import { command, end } from './command.mjs'
import { findPostgres, startPostgres } from './postgres.mjs'
import { run } from './processes.mjs'
import { Refusal } from './settings.mjs'

const node = process.execPath
const results = []
let testsRun = 0

await command(test)

async function test() {
  const reports = await mkdtemp(join(tmpdir(), 'understudy-test-'))
  const isInstalled = await stage('install', installPackages)
  if (isInstalled) {
    await runStatic()
    await runVitest(reports)
    await runPostgres(reports)
    await runBrowser(reports)
  }
  await rm(reports, { recursive: true, force: true })
  await end(summarize() ? 0 : 1)
}

async function runStatic() {
  await stage('types', async () => {
    await loud('next typegen', [node, nextBin, 'typegen'])
    await loud('tsc', [node, 'node_modules/typescript/bin/tsc', '--noEmit'])
  })
  await stage('lint', () => loud('biome', [node, 'node_modules/@biomejs/biome/bin/biome', 'check']))
  await stage('boundaries', () =>
    loud(
      'depcruise',
      [node, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs']
        .concat(['--config', '.dependency-cruiser.mjs'])
        .concat(['app', 'components', 'lib', 'backend', 'e2e', 'proxy.ts']),
    ),
  )
  await stage('build', () => Promise.all([buildBackend(), buildDashboard()]))
}

async function runVitest(reports) {
  for (const project of ['unit', 'sql', 'conformance']) {
    await vitest(project, { project, reports })
  }
}

/** The same SQL has to hold on a Postgres server; where none is installed, that is said. */
async function runPostgres(reports) {
  const bin = findPostgres()
  if (!bin) {
    skipped('sql and conformance on Postgres', 'no Postgres server is installed here')
    return
  }
  const server = await startPostgres(bin).catch((error) => {
    skipped('sql and conformance on Postgres', error.message)
    return null
  })
  if (!server) return
  try {
    for (const project of ['sql', 'conformance']) {
      await vitest(`${project} on Postgres`, {
        project,
        reports,
        env: { DATABASE_URL: server.url },
      })
    }
  } finally {
    await server.stop()
  }
}

async function vitest(name, { project, reports, env = {} }) {
  const file = join(reports, `${name.replaceAll(' ', '-')}.json`)
  await tests(name, async () => {
    const cli = [node, 'node_modules/vitest/vitest.mjs', 'run', '--project', project]
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = await run(name, [...cli, ...reporters], {
      env: { NODE_ENV: 'test', DATABASE_URL: '', ...env, UNDERSTUDY_BUILT: '1' },
      loud: true,
    })
    return { code, ...(await readVitest(file)) }
  })
}

async function runBrowser(reports) {
  let chromium
  const isThere = await stage('Chromium', async () => {
    chromium = await provideChromium()
    console.log(chromium ? `Using ${chromium}` : 'Using the Chromium of Playwright')
  })
  if (!isThere) return
  const file = join(reports, 'browser.json')
  await tests('browser', async () => {
    const cli = [node, 'node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json']
    const code = await run('playwright', cli, {
      env: {
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        ...(chromium ? { CHROME_PATH: chromium } : {}),
      },
      loud: true,
    })
    return { code, ...(await readPlaywright(file)) }
  })
}

/** A stage that counts as one: passed unless it throws. */
async function stage(name, work) {
  return measured(name, async () => {
    try {
      await work()
      return { passed: 1, failed: 0, skipped: 0 }
    } catch (error) {
      console.error(error instanceof Refusal ? error.message : error)
      return { passed: 0, failed: 1, skipped: 0 }
    }
  })
}

/** A stage that counts its cases. One that failed without a failing case counts as a failure. */
async function tests(name, work) {
  return measured(name, async () => {
    const { code, passed, failed, skipped } = await work()
    testsRun += passed + failed
    return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped }
  })
}

async function measured(name, work) {
  console.log(`\n▸ ${name}`)
  const startedAt = performance.now()
  const counts = await work()
  results.push({ name, seconds: (performance.now() - startedAt) / 1000, ...counts })
  return counts.failed === 0
}

function skipped(name, reason) {
  console.log(`\n▸ ${name}: skipped, ${reason}`)
  results.push({ name, seconds: 0, passed: 0, failed: 0, skipped: 0, reason })
}

async function loud(name, args) {
  const code = await run(name, args, { loud: true })
  if (code !== 0) throw new Refusal(`${name} failed (exit code ${code}).`)
}

async function readVitest(file) {
  const report = await readReport(file)
  const suites = report?.testResults ?? []
  // A file that cannot even be loaded has no cases, but it has failed.
  const broken = suites.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + broken.length,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  }
}

async function readPlaywright(file) {
  const { stats, errors = [] } = (await readReport(file)) ?? {}
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: (stats?.unexpected ?? 0) + errors.length,
    skipped: stats?.skipped ?? 0,
  }
}

async function readReport(file) {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : JSON.parse(text)
}

/** Prints a line per stage and the total; true when all is well. */
function summarize() {
  console.log('')
  for (const { name, seconds, passed, failed, skipped, reason } of results) {
    const mark = reason ? '–' : failed > 0 ? '✗' : '✓'
    const counts = [`${passed} passed`, `${failed} failed`]
    if (skipped > 0) counts.push(`${skipped} skipped`)
    const what = reason ? `skipped: ${reason}` : `${counts.join(', ')}  (${seconds.toFixed(1)} s)`
    console.log(`${mark} ${name.padEnd(32)} ${what}`)
  }
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
  if (testsRun === 0) console.log('No test ran.')
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') === 0 && testsRun > 0
}

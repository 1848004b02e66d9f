import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprint, readStamp, removeStamp, sourcesIn, writeStamp } from './fingerprint.mjs'
import { runOrRefuse } from './processes.mjs'
import { Refusal, root } from './settings.mjs'

export const nextBin = 'node_modules/next/dist/bin/next'

const backendEntries = [
  'backend/main.ts',
  'backend/worker/engine-worker.ts',
  'backend/demo/seed-command.ts',
  'backend/move/move-command.ts',
]
const notDashboard = new Set([
  'backend',
  'coverage',
  'dist',
  'docs',
  'e2e',
  'node_modules',
  'scripts',
])
const notConfiguration = /^(biome|playwright|vitest|next-env)\./

const install = {
  stamp: 'node_modules/.understudy-stamp',
  product: 'node_modules/next/package.json',
  inputs: async () => ['package.json', 'package-lock.json'],
  doing: 'Installing packages',
  done: 'Installed packages',
  // --include=dev: under NODE_ENV=production npm would leave out what the build needs.
  make: () =>
    runOrRefuse('npm ci', [...npm(), 'ci', '--include=dev', '--no-fund', '--no-audit'], {
      env: { npm_config_loglevel: 'error' },
    }),
}

const backend = {
  stamp: 'dist/backend/.stamp',
  product: 'dist/backend/main.js',
  inputs: async () => [
    'package-lock.json',
    'tsconfig.json',
    'scripts/build-steps.mjs',
    ...(await sourcesIn(['backend', 'lib/base'])),
  ],
  doing: 'Building the backend',
  done: 'Built the backend',
  make: bundleBackend,
}

const dashboard = {
  stamp: '.next/.understudy-stamp',
  product: '.next/BUILD_ID',
  inputs: dashboardInputs,
  doing: 'Building the dashboard (about a minute)',
  done: 'Built the dashboard',
  make: () =>
    runOrRefuse('next build', [process.execPath, nextBin, 'build'], {
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    }),
}

export const installPackages = () => makeIfStale(install)
export const buildBackend = () => makeIfStale(backend)
export const buildDashboard = () => makeIfStale(dashboard)

/**
 * The stamp is removed before the work and written after it, so an interrupted build is stale.
 * The hash is taken before the work too: an edit during the build makes it stale again.
 */
async function makeIfStale({ stamp, product, inputs, doing, done, make }) {
  const wanted = await fingerprint(await inputs())
  if (existsSync(join(root, product)) && (await readStamp(stamp)) === wanted) return
  console.log(`${doing} …`)
  const startedAt = performance.now()
  await removeStamp(stamp)
  await make()
  await writeStamp(stamp, wanted)
  console.log(`${done} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
}

async function bundleBackend() {
  // Imported here and not above: in a fresh clone it is there only after the install.
  const esbuild = await import('esbuild')
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: backendEntries.filter((entry) => existsSync(join(root, entry))),
      entryNames: '[name]',
      outdir: 'dist/backend',
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      sourcemap: true,
      logLevel: 'error',
    })
  } catch {
    throw new Refusal('The backend could not be built; the reasons are above.')
  } finally {
    await esbuild.stop()
  }
}

async function dashboardInputs() {
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries
    .filter((entry) => entry.isDirectory() && !/^[._]/.test(entry.name))
    .filter((entry) => !notDashboard.has(entry.name) && !/-(results|report)$/.test(entry.name))
  const configuration = entries
    .filter((entry) => entry.isFile() && /^([^.].*\.(ts|mjs|js|json)|\.env.*)$/.test(entry.name))
    .filter((entry) => !notConfiguration.test(entry.name) && entry.name !== 'package.json')
  return [
    ...configuration.map((entry) => entry.name),
    ...(await sourcesIn(folders.map((entry) => entry.name))),
  ]
}

/** The npm that started us, or else the one in PATH. */
function npm() {
  const path = process.env.npm_execpath
  return path?.endsWith('npm-cli.js') ? [process.execPath, path] : ['npm']
}

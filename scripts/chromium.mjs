import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './processes.mjs'
import { Refusal } from './settings.mjs'

/** The shell has no windows at all, and does with a third of the work. */
const packages = ['chromium-headless-shell', 'chromium']
const names = [...packages, 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * The path of a Chromium or Chrome: what CHROME_PATH names, what is installed, or what Debian's
 * package manager can install. Null when it is Playwright's own download that will be used.
 */
export async function provideChromium() {
  if (process.env.CHROME_PATH) return chosenChromium(process.env.CHROME_PATH)
  const installed = findInPath(names)
  if (installed) return installed
  return (await installDebianPackage()) ?? (await downloadPlaywrightBrowser())
}

function chosenChromium(path) {
  if (existsSync(path)) return path
  throw new Refusal(`CHROME_PATH=${path} does not exist.`)
}

async function installDebianPackage() {
  if (process.getuid?.() !== 0 || !findInPath(['apt-get'])) return null
  console.log('No Chromium found; installing the package of the system …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get update', ['apt-get', 'update', '-q'], { env })
  for (const name of packages) {
    await run('apt-get install', ['apt-get', 'install', '-q', '-y', name], { env })
    const installed = findInPath([name])
    if (installed) return installed
  }
  return null
}

async function downloadPlaywrightBrowser() {
  console.log('No Chromium found; downloading the one of Playwright …')
  const cli = [process.execPath, 'node_modules/@playwright/test/cli.js']
  const code = await run('playwright install', [...cli, 'install', 'chromium'])
  if (code === 0) return null
  throw new Refusal(
    'The browser tests need Chromium: install Chromium or Chrome, or set CHROME_PATH to one, and run again.',
  )
}

export function findInPath(candidates) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const name of candidates) {
    const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
    if (found) return found
  }
  return null
}

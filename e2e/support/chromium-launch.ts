/**
 * Chromium's programs for the address bar: a window of the full browser starts them, though nobody sees
 * it, and each takes more of the processor than most tests do.
 */
const addressBar = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
]

/** What Playwright turns off and the flag would turn on again, as far as a page or the network can tell. */
const turnedOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

/** How the Chromium of `CHROME_PATH`, or Playwright's own, is started: without a window, and asking nothing of the network. */
export const chromiumLaunch = {
  ...(process.env.CHROME_PATH && { executablePath: process.env.CHROME_PATH }),
  args: [
    // As root, and in most containers, Chromium's own sandbox cannot start.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${[...addressBar, ...turnedOff].join()}`,
  ],
}

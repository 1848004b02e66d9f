import type { Page } from '@playwright/test'

declare global {
  interface Window {
    letRender?: () => void
  }
}

/**
 * Holds back whatever React does not draw at once, as a busy machine does, until the answer is called:
 * React sends itself a message for it.
 */
export async function holdRendering(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const { postMessage } = MessagePort.prototype
    const held: (() => void)[] = []
    MessagePort.prototype.postMessage = function (...message: unknown[]) {
      held.push(() => Reflect.apply(postMessage, this, message))
    }
    window.letRender = () => {
      MessagePort.prototype.postMessage = postMessage
      for (const send of held) send()
    }
  })
  return () => page.evaluate(() => window.letRender?.())
}

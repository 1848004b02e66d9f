/** Work that is done in the background, one piece after another. */
export interface JobRunner {
  /**
   * Says that there is work, which `run` does all of, stopping between two pieces when its signal
   * aborts. It begins soon; what is under way already is followed by a look for more.
   */
  wake(run: Work): void
  /** Waits until there is none left. */
  settle(): Promise<void>
  /** Ends after the piece that is under way; nothing begins any more. */
  stop(): Promise<void>
}

type Work = (signal: AbortSignal) => Promise<void>

/** One for each engine. */
export function createJobRunner(): JobRunner {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  let wanted: Work | null = null
  const loop = async () => {
    while (wanted && !stopping.signal.aborted) {
      const run = wanted
      wanted = null
      await run(stopping.signal)
    }
  }
  const wake = (run: Work) => {
    wanted = run
    running ??= loop()
      .catch(report)
      .finally(() => {
        running = null
        // Woken between the last look and now.
        if (wanted && !stopping.signal.aborted) wake(wanted)
      })
  }
  return {
    wake,
    settle: async () => {
      while (running) await running
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

// A store that is away now is asked again when the runner is woken next.
function report(error: unknown): void {
  console.error('Indexing jobs have to wait:', error)
}

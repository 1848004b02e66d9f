import { SingleBar } from 'cli-progress'

/** Shows how far a long piece of work has come. */
export interface Progress {
  update(done: number): void
  stop(): void
}

/** A bar where somebody is looking; a line for every tenth where the output is kept. */
export function startProgress(total: number, unit: string): Progress {
  return process.stderr.isTTY ? barProgress(total, unit) : lineProgress(total, unit)
}

function barProgress(total: number, unit: string): Progress {
  const format = ` {bar} {percentage} % · {value} of {total} ${unit} · {eta_formatted} left`
  const bar = new SingleBar({ format, hideCursor: true, barsize: 30 })
  bar.start(total, 0)
  return { update: (done) => bar.update(done), stop: () => bar.stop() }
}

function lineProgress(total: number, unit: string): Progress {
  let tenths = 0
  return {
    update: (done) => {
      const reached = Math.floor((done / total) * 10)
      if (reached === tenths) return
      tenths = reached
      console.error(`${reached * 10} % · ${done} of ${total} ${unit}`)
    },
    stop: () => {},
  }
}

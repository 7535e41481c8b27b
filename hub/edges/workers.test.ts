import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import { pino } from 'pino'
import { localWakeup } from './wakeup.ts'
import { startWorker, type Worker } from './workers.ts'

describe('a worker', () => {
  let worker: Worker
  afterEach(() => worker.stop())

  /** Starts one of which every step in `steps` fails with its message, and every other one does nothing. */
  function start(steps: string[]) {
    const lines: Record<string, unknown>[] = []
    const at_ms: number[] = []
    const wakeup = localWakeup()
    const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) })
    worker = startWorker(
      'proef',
      wakeup,
      log,
      async () => {
        at_ms.push(performance.now())
        const reason = steps.shift()
        if (reason !== undefined) throw new Error(reason)
        return 0
      },
      (error) => (error as Error).message === 'opslag weg',
    )
    const until = async (attempts: number) => {
      while (at_ms.length < attempts) await wait(5)
    }
    return { lines, at_ms, wakeup, until }
  }

  it('tries again after each failure, and tells each change once', async () => {
    const { lines, until } = start(['weg', 'weg', 'anders'])
    await until(5)
    expect(lines.map(({ msg, fout, pogingen }) => [msg, fout ?? pogingen])).to.eql([
      ['worker faalt, opnieuw', 'weg'],
      ['worker faalt, opnieuw', 'anders'],
      ['worker werkt weer', 3],
    ])
  })

  it('rests longer each time while the store is away, whatever rings, and begins anew after that', async () => {
    const away = 'opslag weg'
    const { lines, at_ms, wakeup, until } = start([away, away, away, 'anders', away])
    const ringing = setInterval(() => wakeup.ring(), 10)
    await until(6)
    clearInterval(ringing)
    const rests_ms = at_ms.slice(1).map((each, i) => each - (at_ms[i] as number))
    for (const [i, least_ms] of [490, 990, 1990].entries()) expect(rests_ms[i], `rest ${i}`).to.be.above(least_ms)
    expect(rests_ms[3], 'after another failure a ring is heard').to.be.below(480)
    expect(rests_ms[4], 'and the rest is short again').to.be.within(490, 990)
    expect(lines.map(({ fout, pogingen }) => fout ?? pogingen)).to.eql([away, 'anders', away, 5])
  })

  it('looks at once when it is woken while all is well', async () => {
    const { at_ms, wakeup, until } = start([])
    await until(1)
    wakeup.ring()
    await until(2)
    expect((at_ms[1] as number) - (at_ms[0] as number)).to.be.below(900)
  })

  it('ends at once while it rests after a failure', async () => {
    await start(['weg']).until(1)
    const stopped = performance.now()
    await worker.stop()
    expect(performance.now() - stopped).to.be.below(400)
  })
})

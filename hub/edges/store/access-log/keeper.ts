import type { Kysely } from 'kysely'
import type { LogKeys } from '../../../stages/audit/log-key.ts'
import { type Checkpoint, makeCheckpoint } from './checkpoints.ts'
import type { AccessLogTables } from './tables.ts'

const INTERVAL_MS = 900
const LINES_MAX = 1_000

/** Sees to it that checkpoints are at most a second or 1,000 lines apart, in the store and then published (the state folder). */
export interface LogKeeper {
  /** Hears of every append, also before its transaction commits; what is not committed yet has the next checkpoint. */
  appended(size: number): void
  /** The newest checkpoint, or one made now when that does not cover `size` lines. */
  covering(size: number): Promise<Checkpoint>
  /** Makes a last checkpoint over every line; rejects when that fails. */
  stop(): Promise<void>
}

export interface LogKeeperOptions {
  db: Kysely<AccessLogTables>
  key: LogKeys
  /** Real time. */
  now: () => Date
  /** Called with each new checkpoint, after the rows that it covers are on disk. */
  publish: (note: string) => Promise<void>
  /** Hears of checkpoints that failed; they are tried again within a second. */
  report: (error: unknown) => void
}

/** Starts with a checkpoint over what is there, published even when no line is new. */
export async function startLogKeeper(options: LogKeeperOptions): Promise<LogKeeper> {
  const maker = await startMaker(options)
  let appendedTo = maker.last().size
  let timer: NodeJS.Timeout | undefined
  let busy = false
  let stopped = false

  async function catchUp(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (busy || stopped) return
    busy = true
    const before = maker.last().size
    await maker.make().catch(options.report)
    busy = false
    const { size } = maker.last()
    if (size > before && appendedTo - size >= LINES_MAX) setImmediate(catchUp)
    else if (appendedTo > size && !stopped) wait()
  }

  function wait(): void {
    timer ??= setTimeout(catchUp, INTERVAL_MS).unref()
  }

  return {
    appended(size) {
      appendedTo = Math.max(appendedTo, size)
      if (appendedTo - maker.last().size >= LINES_MAX && !busy) setImmediate(catchUp)
      else wait()
    },
    covering: async (size) => (maker.last().size >= size ? maker.last() : maker.make()),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await maker.make()
    },
  }
}

/** Makes one checkpoint at a time: who asks while one is being made waits for it and has the next. */
async function startMaker({ db, key, now, publish }: LogKeeperOptions) {
  let running: Promise<void> | undefined
  let last = await makeCheckpoint(db, key, now())
  await publish(last.note)

  async function makeAndPublish(): Promise<void> {
    const checkpoint = await makeCheckpoint(db, key, now())
    if (checkpoint.size !== last.size) await publish(checkpoint.note)
    last = checkpoint
  }

  return {
    last: () => last,
    async make(): Promise<Checkpoint> {
      await running?.catch(() => {})
      running ??= makeAndPublish().finally(() => {
        running = undefined
      })
      await running
      return last
    },
  }
}

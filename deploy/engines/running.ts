import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Address, Engine, Start } from './engine.ts'
import { enginesFolder } from './folders.ts'
import { userIds } from './run.ts'

/** A process of ours: its number, and when the machine says it began, so that another with the same number is never taken for it. */
interface Running {
  pid: number
  began: string
  address: Address
}

const STOP_WITHIN_S = 30

export const folderOf = (engine: Engine): string => join(enginesFolder(), engine.name)
const recordOf = (engine: Engine): string => join(folderOf(engine), 'running.json')

/** Where a running engine is; undefined when it does not run, or is another process than the one that was started here. */
export function runningAddress(engine: Engine): Address | undefined {
  return readRunning(engine)?.address
}

/** The number of a running engine's process. */
export function runningPid(engine: Engine): number {
  const running = readRunning(engine)
  if (!running) throw new Error(`${engine.name} does not run`)
  return running.pid
}

/** Starts an engine that is installed, and waits until it is ready; when it runs already, answers where. */
export async function startEngine(engine: Engine): Promise<Address> {
  const already = readRunning(engine)
  if (already) {
    const address = await untilReady(engine, already).catch((error: unknown) => {
      // It was on its way out.
      if (readRunning(engine)) throw error
    })
    if (address) return address
  }
  const start = await engine.prepare(folderOf(engine))
  return untilReady(engine, launch(engine, start))
}

/** Ends what `startEngine` started, and nothing else: politely, and after a while by force. */
export async function stopEngine(engine: Engine): Promise<void> {
  const running = readRunning(engine)
  if (!running) return
  signal(running, 'SIGINT')
  for (let waited = 0; readRunning(engine) && waited < STOP_WITHIN_S * 10; waited++) await wait(100)
  if (readRunning(engine)) signal(running, 'SIGKILL')
  rmSync(recordOf(engine), { force: true })
}

/** Sends a signal to a running engine, its helpers included: what a test does to it. */
export function signalEngine(engine: Engine, kind: NodeJS.Signals): void {
  const running = readRunning(engine)
  if (running) signal(running, kind)
}

function launch(engine: Engine, start: Start): Running {
  const folder = folderOf(engine)
  mkdirSync(folder, { recursive: true })
  const log = openSync(join(folder, 'engine.log'), 'a')
  const child = spawn(start.command, start.arguments, {
    cwd: start.cwd ?? folder,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...start.env },
    ...(start.user ? userIds(start.user) : {}),
  })
  child.unref()
  if (child.pid === undefined) throw new Error(`${engine.name} cannot be started: ${start.command}`)
  const running = { pid: child.pid, began: beganAt(child.pid) ?? '', address: start.address }
  writeFileSync(recordOf(engine), JSON.stringify({ ...running, command: start.command, arguments: start.arguments }))
  return running
}

async function untilReady(engine: Engine, { address }: Running): Promise<Address> {
  const end = performance.now() + engine.patience_s * 1000
  while (performance.now() < end) {
    if (await engine.isReady(address)) return address
    if (!readRunning(engine))
      throw new Error(`${engine.name} ended while it started; see ${join(folderOf(engine), 'engine.log')}`)
    await wait(200)
  }
  throw new Error(`${engine.name} is not ready after ${engine.patience_s} s; see ${join(folderOf(engine), 'engine.log')}`)
}

function readRunning(engine: Engine): Running | undefined {
  const file = recordOf(engine)
  if (!existsSync(file)) return undefined
  const running: Running = JSON.parse(readFileSync(file, 'utf8'))
  return beganAt(running.pid) === running.began ? running : undefined
}

/** When a living process began, in ticks since the machine started (proc(5), field 22); undefined when it is gone. */
function beganAt(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** To the whole group: an engine's script passes nothing on when it is killed. */
function signal({ pid }: Running, kind: NodeJS.Signals): void {
  try {
    process.kill(-pid, kind)
  } catch {
    // It ended meanwhile.
  }
}

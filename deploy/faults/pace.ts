import { setTimeout as wait } from 'node:timers/promises'
import type { Databases } from '../engines/databases.ts'
import type { Course } from './course.ts'
import type { Killing } from './hub-kills.ts'

/** What waits for the linker or a receiver: beyond it sending waits, so that kills befall all of the work and not the taking in alone. */
const WAITING_MAX = 4000
/** For kills that are due and not done sending waits so long before each batch, and no longer: they come of the work itself. */
const PATIENCE_MS = 1500
const LOOK_MS = 50
const COUNT_EVERY_MS = 1000
const TELL_EVERY_MS = 10_000

/** Holds the sending back, and tells on stderr how far it is. */
export interface Pace {
  holdBack(): Promise<void>
  /** Until nothing waits any more. */
  untilQuiet(): Promise<void>
}

/** `each`: registrations of a person; `behind_max`: so many kills may be due and not done. */
export function startPace(
  { count }: Databases,
  course: Course,
  killing: Killing,
  { each, behind_max }: { each: number; behind_max: number },
): Pace {
  const from = performance.now()
  let [waiting, isEnding] = [0, false]
  const look = async () => {
    const waits = (where: string) => count(`select count(*) from ${where}`)
    waiting = (await waits("registration where state = 'ontvangen'")) + (await waits("delivery where state = 'wacht'"))
  }
  const tell = () => {
    const seconds = (performance.now() - from) / 1000
    const sent = course.done * each
    const rate = Math.round((sent - Math.min(waiting, sent)) / seconds)
    process.stderr.write(
      `${Math.round(seconds)} s: ${sent} of ${course.total * each} registrations sent, ${waiting} waiting, ${killing.done()} of ${killing.total} kills, ${rate} a second\n`,
    )
  }
  const watching = (async () => {
    for (let told = from; !isEnding; await wait(COUNT_EVERY_MS)) {
      await look().catch(() => {})
      if (performance.now() - told < TELL_EVERY_MS) continue
      tell()
      told = performance.now()
    }
  })()
  /** Once the last kill is due none may be left when the work is over. */
  const isBehind = () => killing.due() - killing.done() > (killing.due() < killing.total ? behind_max : 0)
  return {
    async holdBack() {
      while (waiting > WAITING_MAX) await wait(LOOK_MS)
      for (let waited = 0; isBehind() && waited < PATIENCE_MS; waited += LOOK_MS) await wait(LOOK_MS)
    },
    async untilQuiet() {
      do {
        await wait(LOOK_MS)
        await look()
      } while (waiting > 0)
      isEnding = true
      await watching
      tell()
    },
  }
}

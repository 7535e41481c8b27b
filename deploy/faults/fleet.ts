import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Chance } from '../../hub/bench/linking/random.ts'
import { type RunningHub, type Site, startHub } from '../../hub/faults/child-hub.ts'
import { STEP_WATCH } from './step-watch.ts'
import { ARMED_BY, killedAt, STEP_SETTINGS, type Step } from './steps.ts'

/** A hub dies at one of the first so many passings of its step. */
const PASSING_MAX = 3
/** A step that is not passed so long is not waited for. */
const WITHIN_MS = 60_000
/** Who runs a hub starts it again when it found its database away (exit 4). */
const STARTS_MAX = 5
const LOOK_MS = 20

/** Hubs that are killed and started anew. */
export interface Fleet {
  /** Has one of them killed at the next step of the plan; answers whether it was. */
  killAtStep(): Promise<{ step: Step; wasSeen: boolean }>
  /** Kills one of them now. */
  killNow(): Promise<void>
  /** What those said that ended without being killed: nobody should. */
  fallen: string[]
  stop(): Promise<void>
}

interface Place {
  site: Site
  hub?: RunningHub
  /** What it is to be killed at. */
  step?: Step | undefined
  /** Somebody is killing it, or starting it anew. */
  isTaken: boolean
}

/** Starts a hub on every site; each is prepared, as it is started, for the next step of the plan. */
export async function startFleet(sites: Site[], plan: Step[], chance: Chance): Promise<Fleet> {
  const left = [...plan]
  const fallen: string[] = []
  const places = sites.map((site): Place => ({ site, isTaken: true }))
  let isEnding = false
  const start = async (place: Place) => {
    if (isEnding) return
    place.step = left.shift()
    const hub = await startPrepared(place.site, place.step, 1 + chance.below(PASSING_MAX))
    place.hub = hub
    place.isTaken = false
    void hub.ended.then(({ code, stderr }) => {
      if (!place.isTaken && place.hub === hub) fallen.push(`ended with ${code}: ${stderr.slice(-500)}`)
    })
  }
  const take = async (isFit: (place: Place) => boolean): Promise<Place & { hub: RunningHub }> => {
    for (;;) {
      const fit = places.filter((place) => !place.isTaken && isFit(place))
      if (fit.length > 0) return Object.assign(chance.pick(fit), { isTaken: true }) as Place & { hub: RunningHub }
      await wait(LOOK_MS)
    }
  }
  await Promise.all(places.map(start))
  return {
    fallen,
    async killAtStep() {
      const place = await take(({ step }) => step !== undefined)
      const step = place.step as Step
      process.kill(place.hub.pid, ARMED_BY)
      await Promise.race([place.hub.ended, wait(WITHIN_MS, undefined, { ref: false })])
      await place.hub.kill()
      const wasSeen = (await place.hub.ended).stderr.endsWith(killedAt(step))
      await start(place)
      return { step, wasSeen }
    },
    async killNow() {
      const place = await take(() => true)
      if (place.step) left.unshift(place.step)
      await place.hub.kill()
      await start(place)
    },
    async stop() {
      isEnding = true
      for (const place of places) place.isTaken = true
      await Promise.all(places.map(({ hub }) => hub?.stop()))
    },
  }
}

async function startPrepared(site: Site, step: Step | undefined, passing: number): Promise<RunningHub> {
  const settings = step ? { [STEP_SETTINGS.step]: step.name, [STEP_SETTINGS.passing]: String(passing) } : {}
  const prepared = { ...site, env: { ...site.env, ...settings } }
  for (let starts = 1; ; starts++)
    try {
      return await startHub(prepared, step ? [`--import=${pathToFileURL(STEP_WATCH)}`] : [])
    } catch (error) {
      if (starts === STARTS_MAX || !String(error).includes('hub ended with 4:')) throw error
    }
}

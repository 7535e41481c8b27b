import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { loadConfig } from '../../config.ts'
import { createLog } from '../../edges/log.ts'
import { FRUGAL, openHub } from '../../hub.ts'
import { addDays, startOfDay } from '../../stages/calendar.ts'
import { sweep } from '../../sweep.ts'
import { regionFile, withOrganisation, withPoint } from '../region.ts'
import { writeLines } from './actor.ts'
import { CASE_ACTS } from './case-acts.ts'
import { checkCalendar, checkReaders } from './checks.ts'
import { type Drawn, FAMILY_ACTS, say, type Walk } from './family-acts.ts'
import { childrenOn, DOCTOR, emptyWorld } from './model.ts'
import { checkFigures } from './recount.ts'

const FIRST = '2026-01-12'

export interface WalksReport {
  walks: number
  acts: number
  sweeps: number
  /** What the walks came by: cases, meldingen, hand-overs, agreements. */
  cases: number
  asked: number
  offers: number
  agreements: number
}

/**
 * Coordination walked through by random acts of random roles over passing days, each walk in a hub of its own, in this process and
 * without HTTP. After each sweep, and at the end, everything that anyone may read is held against what the walk itself remembers, and then
 * the figures against the access log. Throws fast-check's counterexample, with seed and path, at the first that differs.
 */
export async function walkCoordination(
  walks: number,
  seed: number,
  progress: (done: number) => void = () => {},
): Promise<WalksReport> {
  const rules = { REGION: regionOf(), POLICY: policyOf() }
  const report: WalksReport = { walks: 0, acts: 0, sweeps: 0, cases: 0, asked: 0, offers: 0, agreements: 0 }
  await fc.assert(
    fc.asyncProperty(drawn, async (acts) => {
      await walkOnce(rules, acts, report)
      progress(report.walks)
    }),
    { numRuns: walks, seed, endOnFailure: true },
  )
  return report
}

const WEIGHTS = {
  ...{ register: 5, consent: 5, end: 2, offer: 1, answerOffer: 2, follow: 1, followUp: 1 },
  ...{ request: 2, judge: 2, open: 2, act: 4, pointAct: 10, pass: 7 },
}
const drawn: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    what: fc.constantFrom(...Object.entries(WEIGHTS).flatMap(([what, weight]) => Array<string>(weight).fill(what))),
    by: fc.nat(2),
    child: fc.nat(2),
    pick: fc.nat(4095),
  }),
  { minLength: 8, maxLength: 18 },
)

/** In memory where the machine has a folder for that: a walk writes a few hundred times, and nothing of it has to last. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

async function walkOnce(rules: object, acts: Drawn[], report: WalksReport): Promise<void> {
  const root = mkdtempSync(join(FOLDER, 'verwijsindex-'))
  const dirs = { DATA_DIR: join(root, 'd'), KEYS_DIR: join(root, 'k'), STATE_DIR: join(root, 's'), ...rules }
  const { hub, close } = await openHub(loadConfig({ demo: true }, dirs), 'walks', createLog('silent'), FRUGAL)
  const walk: Walk = { hub, world: emptyWorld(FIRST), children: childrenOn(FIRST) }
  try {
    await pass(walk, 1)
    await begin(walk, acts.length)
    for (const act of acts) await play(walk, act, report)
    await checkReaders(walk)
    await pass(walk, 1)
    await writeLines(hub)
    await checkFigures(hub)
  } finally {
    await close()
    rmSync(root, { recursive: true, force: true })
  }
  const { cases, asked, offers, agreements } = walk.world
  report.walks += 1
  for (const [name, { size }] of Object.entries({ cases, asked, offers, agreements })) report[name as 'cases'] += size
}

async function play(walk: Walk, act: Drawn, report: WalksReport): Promise<void> {
  report.acts += 1
  if (act.what === 'pass') {
    await pass(walk, 1 + (act.pick % 60))
    report.sweeps += 1
  } else await (FAMILY_ACTS[act.what] ?? CASE_ACTS[act.what])?.(walk, act)
  tick(walk)
}

/** Two organisations involved with the eldest, who agrees with both; two walks in three have a case already. */
async function begin(walk: Walk, length: number): Promise<void> {
  for (const by of [0, 1]) await FAMILY_ACTS.register?.(walk, { what: 'register', by, child: 0, pick: 1 })
  for (const dossier of walk.world.dossiers.values()) await say(walk, dossier, 'jeugdige', 2)
  if (length % 3 > 0) await CASE_ACTS.open?.(walk, { what: 'open', by: 0, child: 0, pick: 0 })
}

async function pass(walk: Walk, days: number): Promise<void> {
  walk.world.day = addDays(walk.world.day, days)
  tick(walk)
  await sweep(walk.hub, walk.hub.clock.domain())
  await checkCalendar(walk)
  await checkReaders(walk)
}

/** Half past nine and a little later each time. */
function tick({ hub, world }: Walk): void {
  world.ticks += 1
  const at = startOfDay(world.day).getTime() + 9.5 * 3_600_000 + world.ticks
  hub.clock.domain = () => new Date(at)
}

function regionOf(): string {
  const point = { id: 'punt-noord', naam: 'Punt Noord', vorm: 'meld-en-coordinatie' } as const
  return regionFile((region) =>
    withPoint(withOrganisation(region, DOCTOR, 'huisarts'), { ...point, gemeenten: ['0984'], aangesloten: ['1507'] }),
  )
}

/** The default policy with everything switched on that it has off, and figures that hide nothing. */
function policyOf(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'verwijsindex-')), 'reglement.json')
  const policy = JSON.parse(readFileSync(new URL('../../../schemas/policies/peel-en-maas-1g1p.json', import.meta.url), 'utf8'))
  policy.coordinatie.opleggen = ['coordinatiepunt']
  policy.toestaanTenzijNee.soorten = [DOCTOR]
  policy.cijfers.kleinsteAantal = 1
  writeFileSync(path, JSON.stringify(policy))
  return path
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { walks: { type: 'string' }, seed: { type: 'string' } } })
  const [walks, seed] = [Number(values.walks ?? 1000), Number(values.seed ?? Date.now() % 1_000_000)]
  process.stdout.write(`seed ${seed}\n`)
  const report = await walkCoordination(walks, seed, (done) => {
    if (done % 500 === 0) process.stderr.write(`${done}\n`)
  })
  const { user, system } = process.cpuUsage()
  process.stdout.write(`${JSON.stringify({ ...report, cpu_s: Math.round((user + system) / 1e6) })}\n`)
}

import { lookMatches } from '../flows/look-matches.ts'
import type { Principal } from '../principal.ts'
import { startOfDay } from '../stages/calendar.ts'
import { sweep } from '../sweep.ts'
import { startTestHub, type TestHub } from './hub.ts'
import { type Dossier, daysAfter, lifeOn } from './life-oracle.ts'
import { aBsn } from './registration.ts'
import { scenarioOn, summaryOf } from './scenario.ts'

const CHILDREN = [
  { child: 'oudste', born: '2020-07-15' },
  { child: 'schrikkel', born: '2024-02-29' },
  { child: 'jongste', born: '2028-11-03' },
]
const ORGANISATIONS = ['mee', 'rubicon', 'vorkmeer']
const RECIPIENTS = [...ORGANISATIONS, 'coordinatiepunt']
const FIRST = '2026-01-01'
const YEARS = 25
const FOREVER = '9999-12-31'
const HOUR_MS = 3_600_000

export interface LifeReport {
  days: number
  looks: number
  transitions: number
  acts: number
  /** The first differences between hub and oracle. */
  differences: string[]
  logWhole: boolean
}

type Known = Dossier & { version: number; consents: { id: string; said: Dossier['said'][number] }[] }

interface Life {
  test: TestHub
  s: ReturnType<typeof scenarioOn>
  random: () => number
  dossiers: Known[]
  /** Days on which something turns by itself; a short run looks on these and around them. */
  special: Set<string>
  day: string
  acts: number
  pace: number
}

/**
 * Twenty-five years of a family, day by day: registrations, renewals, endings, answers, withdrawals, overrides and objections at random,
 * and after each day what every recipient sees, held against the oracle. `everyDay` false looks only on days around which something
 * happens, so that the hub stands still in between. `pace` below 1 lets less happen.
 */
export async function runLife(seed: number, everyDay: boolean, pace = 1): Promise<LifeReport> {
  const test = await startTestHub({ clock: `${FIRST}T09:00:00+01:00` })
  const start = { dossiers: [], special: new Set<string>(), day: FIRST, acts: 0 }
  const life: Life = { ...start, test, s: scenarioOn(test), random: seeded(seed), pace }
  for (const { born } of CHILDREN) for (const age of [12, 16, 18, 23]) around(life, birthday(born, age))
  const report: LifeReport = { days: 0, looks: 0, transitions: 0, acts: 0, differences: [], logWhole: false }
  const before = new Map<string, string>()
  try {
    for (let i = 0; i < YEARS * 365.25; i++, life.day = daysAfter(life.day, 1)) {
      const planned = plan(life)
      if (!everyDay && planned.length === 0 && !life.special.has(life.day) && i % 60 !== 0) continue
      report.days += 1
      // A connection that is idle for seconds is closed by the hub, perhaps just as the next act takes it.
      if (report.days % 20 === 0) await life.s.must('mee', 'GET', '/registraties?limiet=1')
      setTime(life, 1000)
      await sweep(test.hub, test.hub.clock.domain())
      setTime(life, 10 * HOUR_MS)
      for (const act of planned) await act()
      setTime(life, 12 * HOUR_MS)
      await look(life, report, before)
      if (report.differences.length > 5) break
    }
    report.acts = life.acts
    report.logWhole = (await test.hub.accessLog.verify()).heel
    return report
  } finally {
    await test.stop()
  }
}

async function look({ test, dossiers, day }: Life, report: LifeReport, before: Map<string, string>): Promise<void> {
  for (const recipient of RECIPIENTS) {
    const { body } = await lookMatches(test.hub, principalOf(recipient), { status: 'open', limiet: 1000 })
    const seen = summaryOf(body.matches as unknown as Record<string, unknown>[]).join('; ')
    const expected = lifeOn(day, recipient, dossiers).sort().join('; ')
    report.looks += 1
    if ((before.get(recipient) ?? '') !== expected) report.transitions += 1
    before.set(recipient, expected)
    if (seen !== expected) report.differences.push(`${day} ${recipient}: ${seen || 'niets'} in plaats van ${expected || 'niets'}`)
  }
}

function principalOf(organisation: string): Principal {
  const role = organisation === 'coordinatiepunt' ? 'coordinatiepunt' : 'organisatie'
  const own = { client: organisation, subject: organisation, organisation, role, municipalities: ['1894'] } as const
  return { ...own, scopes: new Set(['match:lezen']), traceId: '0'.repeat(32), origin: 'api' }
}

/** What happens on this day: whom it happens to and what, drawn before anything is done. */
function plan(life: Life): (() => Promise<void>)[] {
  const acts: (() => Promise<void>)[] = []
  for (const { child, born } of CHILDREN)
    for (const by of ORGANISATIONS) {
      const chance = life.random()
      const which = life.random()
      if (life.day < born || life.day >= birthday(born, 23)) continue
      const known = life.dossiers.find((each) => each.by === by && each.child === child)
      const since = known?.registered.at(-1)
      if (!known) chance < 0.004 && acts.push(() => register(life, { by, child, born }))
      else if (since && life.day > daysAfter(since, 6 * 365)) continue
      else if (since && life.day > daysAfter(since, 640) && chance < 0.02) acts.push(() => renew(life, known))
      else if (chance < 0.012 * life.pace) acts.push(() => happen(life, known, which))
    }
  return acts
}

async function register(life: Life, { by, child, born }: { by: string; child: string; born: string }): Promise<void> {
  const empty = { registered: [], ended: null, said: [], broken: [], frozen: [], consents: [], version: 0 }
  const dossier: Known = { by, child, born, ...empty }
  life.dossiers.push(dossier)
  await renew(life, dossier)
  for (const giver of ['o1', 'o2', 'jeugdige'] as const) await say(life, dossier, giver, true, null, FOREVER)
}

async function renew(life: Life, dossier: Known): Promise<void> {
  life.acts += 1
  dossier.version += 1
  dossier.ended = null
  dossier.registered.push(life.day)
  around(life, `${Number(life.day.slice(0, 4)) + 2}${life.day.slice(4)}`)
  const { by, child, born, version } = dossier
  const gezagsdragers = ['o1', 'o2'].map((kenmerk) => ({ kenmerk, gezag: 'ja', relatie: 'ouder' }))
  const persoon = { bsn: aBsn(1 + CHILDREN.findIndex((each) => each.child === child)), geboortedatum: born }
  await life.s.register({ by, kenmerk: `${by}-${child}`, versie: version, persoon, gezagsdragers })
}

async function happen(life: Life, dossier: Known, which: number): Promise<void> {
  const giver = (['o1', 'o2', 'jeugdige'] as const)[Math.floor(which * 1000) % 3] ?? 'o1'
  const to =
    Math.floor(which * 10_000) % 3 === 0
      ? (RECIPIENTS.filter((each) => each !== dossier.by)[Math.floor(which * 1e5) % 3] ?? null)
      : null
  if (which < 0.35) return say(life, dossier, giver, true, to, FOREVER)
  if (which < 0.45) return say(life, dossier, giver, true, to, daysAfter(life.day, 200))
  if (which < 0.55) return say(life, dossier, giver, false, to, daysAfter(life.day, 120))
  if (which < 0.75) return withdraw(life, dossier, which)
  if (which < 0.85) return breakThrough(life, dossier, to)
  if (which < 0.93) return object(life, dossier)
  return end(life, dossier)
}

async function say(life: Life, dossier: Known, giver: 'o1' | 'o2' | 'jeugdige', yes: boolean, to: string | null, until: string) {
  life.acts += 1
  const said = { giver, yes, to, from: life.day, until }
  const bereik = to === null ? {} : { organisaties: [to] }
  const answer = { gever: giver, antwoord: yes ? 'ja' : 'nee', bereik, ...(until === FOREVER ? {} : { geldigTot: until }) }
  const id = await life.s.consent(dossier.by, `${dossier.by}-${dossier.child}`, answer)
  dossier.said.push(said)
  dossier.consents.push({ id, said })
  if (until !== FOREVER) around(life, until)
}

async function withdraw(life: Life, dossier: Known, which: number): Promise<void> {
  const standing = dossier.consents.filter(({ said }) => said.until >= life.day)
  const chosen = standing[Math.floor(which * 1000) % Math.max(1, standing.length)]
  if (!chosen) return
  life.acts += 1
  await life.s.withdraw(dossier.by, chosen.id)
  chosen.said.until = daysAfter(life.day, -1)
}

async function breakThrough(life: Life, dossier: Known, to: string | null): Promise<void> {
  if (to === null) return
  life.acts += 1
  const body = { ontvangers: [to], reden: 'veiligheid', toelichting: 'Acuut.' }
  await life.s.must(dossier.by, 'POST', '/doorbrekingen', { registratie: idOf(life, dossier), ...body })
  dossier.broken.push({ to, on: life.day })
  around(life, daysAfter(life.day, 2))
}

/** An objection, turned down at once on another day: the registration is frozen in between. */
async function object(life: Life, dossier: Known): Promise<void> {
  const age =
    Number(life.day.slice(0, 4)) - Number(dossier.born.slice(0, 4)) - (life.day.slice(5) < dossier.born.slice(5) ? 1 : 0)
  const door = age < 12 ? ['o1'] : age < 16 ? ['jeugdige', 'o1'] : ['jeugdige']
  const standing = dossier.frozen.find(({ until }) => until === FOREVER)
  life.acts += 1
  if (!standing) {
    const body = { registratie: idOf(life, dossier), soort: 'bezwaar', door }
    await life.s.must('privacy-functionaris', 'POST', '/verzoeken', body)
    dossier.frozen.push({ from: life.day, until: FOREVER })
    return
  }
  const { verzoeken } = (await life.s.must('privacy-functionaris', 'GET', '/verzoeken?stand=ontvangen')).body
  const mine = verzoeken.find(({ registratie }: { registratie: string }) => registratie === idOf(life, dossier))
  await life.s.must('privacy-functionaris', 'POST', `/verzoeken/${mine.id}/besluiten`, { besluit: 'ongegrond' })
  standing.until = life.day
}

async function end(life: Life, dossier: Known): Promise<void> {
  if (dossier.ended !== null) return
  life.acts += 1
  dossier.version += 1
  dossier.ended = life.day
  const body = { versie: dossier.version, einddatum: life.day, afsluitreden: 'uitval' }
  await life.s.must(dossier.by, 'POST', `/registraties/${idOf(life, dossier)}/beeindigingen`, body)
  await life.test.untilProcessed()
}

function idOf({ s }: Life, { by, child }: Dossier): string {
  return s.idOf(by, `${by}-${child}`)
}

function setTime({ test, day }: Life, after_ms: number): void {
  const at = startOfDay(day).getTime() + after_ms
  test.hub.clock.domain = () => new Date(at)
}

function around({ special }: Life, day: string): void {
  for (const days of [-1, 0, 1]) special.add(daysAfter(day, days))
}

function birthday(born: string, age: number): string {
  return daysAfter(`${Number(born.slice(0, 4)) + age}${born.slice(4)}`, 0)
}

/** Mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

if (import.meta.main) {
  const seed = Number(process.argv[2] ?? Date.now() % 1_000_000)
  process.stdout.write(`seed ${seed}\n`)
  const report = await runLife(seed, true)
  process.stdout.write(`${JSON.stringify(report)}\n`)
  process.exitCode = report.differences.length > 0 || !report.logWhole ? 1 : 0
}

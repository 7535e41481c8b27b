import { createHash } from 'node:crypto'
import { HubError } from '../../../errors.ts'
import type { LinkLine } from '../line.ts'
import type { LinkModelFile } from '../model.ts'
import { compareRids } from '../subject.ts'
import { type Chances, type Estimate, empty, estimateM } from './em.ts'
import { FIELDS, type Field, type Pattern, patternsAtRandom, patternsWithin } from './patterns.ts'

const NAMES: Record<Field, string> = {
  given: 'voornamen',
  date: 'geboortedatum',
  sex: 'geslacht',
  surname: 'geslachtsnaam',
  address: 'adres',
  parents: 'ouders',
}
const LINES_MIN = 500
const PAIRS_MAX = 1_000_000
/** Seen less often, a level keeps the chances of the model that it started from. */
const SEEN_MIN = 20
const SURE_SHARE = [0.001, 0.999]

/**
 * A model of the lines themselves: u from pairs drawn at random, m by EM among pairs of one birth date and among pairs of one name. Thresholds,
 * caps and frequencies stay as in `base`: none is chosen here. The same lines and seed give the same model, in whatever order they stand.
 * Throws `conflict` when the lines are too few, or the estimate did not come to rest or took strangers for one person: such a model is refused.
 */
export function estimateModel(lines: LinkLine[], seed: number, base: LinkModelFile): LinkModelFile {
  if (lines.length < LINES_MIN) refuse(`er zijn ${lines.length} regels, en minder dan ${LINES_MIN} zeggen te weinig`)
  const profiles = [...lines]
    .sort((a, b) => compareRids(a.rid, b.rid) || compareText(textOf(a), textOf(b)))
    .map(({ profile }) => profile)
  const pairs = Math.min(PAIRS_MAX, (lines.length * (lines.length - 1)) / 2)
  const u = sharesOf(patternsAtRandom(profiles, pairs, drawing(seed)))
  const start = chancesOf(base)
  const byDate = patternsWithin(profiles, ({ date }) =>
    date.d && date.m && date.y && !date.newYear ? `${date.y}|${date.m}|${date.d}` : null,
  )
  const byName = patternsWithin(profiles, ({ given, surnames }) =>
    given[0] && surnames[0] ? `${given[0].sound}|${surnames[0].sound}` : null,
  )
  const sessions = [estimateM(byDate, u.chances, start, ['date']), estimateM(byName, u.chances, start, ['given', 'surname'])]
  for (const session of sessions) check(session)
  const velden: LinkModelFile['velden'] = {}
  for (const field of FIELDS) velden[NAMES[field]] = fieldOf(field, sessions, u, base)
  checkSense(velden)
  const content = { ...base, toelichting: toelichting(seed, lines.length, pairs), velden }
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8)
  return { ...content, versie: `${base.versie}-geschat.${digest}` }
}

function toelichting(seed: number, lines: number, pairs: number): string {
  return `Estimated from ${lines} lines, seed ${seed}: u from ${pairs} random pairs, m by EM; levels hardly seen keep their chances, and thresholds are not estimated.`
}

/** Per level: estimated where it was seen often enough among random pairs or pairs of one person, else as it was. */
function fieldOf(
  field: Field,
  sessions: Estimate[],
  u: ReturnType<typeof sharesOf>,
  base: LinkModelFile,
): Record<string, { m: number; u: number }> {
  const before = base.velden[NAMES[field]]!
  const seen = (level: string): number => sessions.reduce((sum, { weight }) => sum + (weight[field].get(level) ?? 0), 0)
  const total = [...Object.keys(before)].reduce((sum, level) => sum + seen(level), 0)
  const levels: Record<string, { m: number; u: number }> = {}
  for (const [level, known] of Object.entries(before)) {
    const isSeen = seen(level) >= SEEN_MIN && (u.counts[field].get(level) ?? 0) >= SEEN_MIN
    levels[level] = isSeen ? { m: rounded(seen(level) / total), u: rounded(u.chances[field].get(level)!) } : known
  }
  return levels
}

/** Four digits that count: sums of floats in another order could differ in the last ones. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

function sharesOf(patterns: Pattern[]): { chances: Chances; counts: Chances } {
  const [chances, counts] = [empty(), empty()]
  FIELDS.forEach((field, at) => {
    for (const { levels, count } of patterns) {
      const level = levels[at]!
      if (level !== 'ontbreekt') counts[field].set(level, (counts[field].get(level) ?? 0) + count)
    }
    const total = [...counts[field].values()].reduce((sum, value) => sum + value, 0)
    for (const [level, value] of counts[field]) chances[field].set(level, value / total)
  })
  return { chances, counts }
}

function chancesOf({ velden }: LinkModelFile): Chances {
  const chances = empty()
  for (const field of FIELDS) for (const [level, { m }] of Object.entries(velden[NAMES[field]]!)) chances[field].set(level, m)
  return chances
}

function check({ converged, share }: Estimate): void {
  if (!converged) refuse('de schatting kwam niet tot rust')
  if (share < SURE_SHARE[0]! || share > SURE_SHARE[1]!)
    refuse('tussen deze regels is geen verschil te zien van dezelfde en van andere personen')
}

/** EM does not know which of its two classes is the one of equal persons: a field that agrees must speak for it. */
function checkSense(velden: LinkModelFile['velden']): void {
  for (const [field, levels] of Object.entries(velden)) {
    const same = levels.gelijk ?? levels.alle ?? levels.twee
    const other = levels.anders
    if (same && other && (same.m <= same.u || other.m >= other.u)) refuse(`het veld ${field} zou tegen de zin in wegen`)
  }
}

function refuse(why: string): never {
  throw new HubError('conflict', { detail: `Geen model: ${why}.` })
}

function textOf({ profile }: LinkLine): string {
  return JSON.stringify(profile)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The generator mulberry32: the same seed draws the same pairs on every machine. */
function drawing(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

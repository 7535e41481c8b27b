import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { regionFile, withPoint } from '../testing/region.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

const TOWNS = ['1894', '1894', '1894', '1894', '0984', '0984', '1507']
const ORGANISATIONS = ['mee', 'mee', 'mee', 'rubicon', 'vorkmeer']
const STATUSES = ['actief', 'actief', 'actief', 'intake', 'wachtlijst', 'waakvlam']
const REASONS = ['doelen-bereikt', 'doelen-bereikt', 'uitval', 'overgedragen']
const POINT_TOWNS: Record<string, string[]> = { coordinatiepunt: ['1894'], 'punt-noord': ['0984', '1507'] }
const READERS = ['beheer', 'privacy-functionaris', ...Object.keys(POINT_TOWNS)]
const EVER = '0000-01-01'

/** Mulberry32, so that a failure can be repeated. */
function seeded(seed: number) {
  let state = seed >>> 0
  return (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** What was sent, as the test itself knows it. */
interface Sent {
  id: string
  by: string
  gemeente: string
  status: string
  begin: string
  end: string | null
  reason: string
  melding: { state: string; reden: string } | null
}

/** A number that was told, and of what: the things themselves, and by which names it counts them, the widest first. */
interface Told {
  number: number
  of: Set<string>
  names: string[]
  asked: string
  towns: ReadonlySet<string>
  from: string
  tot: string
}

/** Whether anyone can tell that the one is a part of the other, by what was asked. */
function isWithin(small: Told, large: Told): boolean {
  const inTime = small.from >= large.from && small.tot <= large.tot && small.towns.isSubsetOf(large.towns)
  return inTime && large.names.every((name) => small.names.includes(name)) && small.of.isSubsetOf(large.of)
}

describe('differencing attacks on the figures', function () {
  this.timeout(180_000)
  let test: TestHub
  const sent: Sent[] = []
  const seed = Math.floor(Date.now() / 1000) % 1_000_000
  const random = seeded(seed)
  const pick = <T>(from: readonly T[]) => from[random(from.length)] as T
  const dayIn = (months: number) =>
    `2026-${String(1 + random(months)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`

  before(async () => {
    const point = { id: 'punt-noord', naam: 'Punt Noord', vorm: 'meld-en-coordinatie', gemeenten: ['0984', '1507'] } as const
    const region = regionFile((known) => withPoint(known, { ...point, gemeenten: [...point.gemeenten] }))
    test = await startTestHub({ clock: '2026-11-23T09:00:00+01:00', region })
    for (let i = 0; i < 110; i++)
      sent.push({
        ...{ id: '', by: pick(ORGANISATIONS), gemeente: pick(TOWNS), status: pick(STATUSES), begin: dayIn(8), melding: null },
        ...(random(3) === 0
          ? { end: `2026-1${random(2)}-${10 + random(10)}`, reason: pick(REASONS) }
          : { end: null, reason: '' }),
      })
    for (const [i, each] of sent.entries()) await send(i, each)
    await test.untilProcessed()
    for (const each of sent.filter((_, i) => i % 3 === 0)) await ask(each)
  })
  after(() => test.stop())

  async function send(i: number, each: Sent): Promise<void> {
    const ended = each.end === null ? {} : { einddatum: each.end, afsluitreden: each.reason }
    if (each.end !== null) each.status = 'afgesloten'
    const betrokkenheid = { status: each.status, begindatum: each.begin, ...ended }
    const persoon = { bsn: aBsn(4000 + i), geboortedatum: '2015-05-06', gemeente: each.gemeente }
    const answer = await test.ask(each.by, 'POST', '/registraties', { body: aRegistration({ persoon, betrokkenheid }) })
    each.id = answer.body.id
  }

  async function ask(each: Sent): Promise<void> {
    const reden = pick(['coordinatie-nodig', 'coordinatie-nodig', 'afspraak-niet-nagekomen'])
    const { body } = await test.ask(each.by, 'POST', '/meldingen', { body: { registratie: each.id, reden } })
    const oordeel = pick([null, 'getoetst', 'afgewezen', 'opgepakt', 'opgepakt'])
    const point = each.gemeente === '1894' ? 'coordinatiepunt' : 'punt-noord'
    if (oordeel) await test.ask(point, 'POST', `/meldingen/${body.id}/beoordelingen`, { body: { oordeel } })
    each.melding = { state: oordeel ?? 'ontvangen', reden }
  }

  /** A random question of a random reader, as JSON or as CSV; answers every number that it was told. */
  async function question(): Promise<Told[]> {
    const reader = pick(READERS)
    const [van = '', tot = ''] = [dayIn(12), pick([dayIn(12), '2026-12-31'])].sort()
    const from = pick([van, van, '2026-01-01', EVER])
    const own = POINT_TOWNS[reader] ?? [...new Set(TOWNS)]
    const town = pick([null, ...own])
    const towns = new Set(town === null ? own : [town])
    const query = `?tot=${tot}${from === EVER ? '' : `&van=${from}`}${town ? `&gemeente=${town}` : ''}`
    const answer = await test.ask(reader, 'GET', `/cijfers${query}${pick(['', '&formaat=csv'])}`)
    const shown = answer.body?.registraties ? answer.body : fromCsv(answer.text)
    const held = sent.filter(({ gemeente }) => towns.has(gemeente))
    const begun = held.filter(({ begin }) => begin >= from && begin <= tot)
    const ended = held.filter(({ end }) => end !== null && end >= from && end <= tot)
    const open = held.filter(({ begin, end }) => begin <= tot && (end === null || end > tot))
    const made = held.filter(({ melding }) => melding && from <= '2026-11-23' && tot >= '2026-11-23')
    const isOpen = ({ melding }: Sent) => melding?.state === 'ontvangen' || melding?.state === 'getoetst'
    const asked = `${reader} ${query}`
    const told = (number: number | null | undefined, of: Sent[], ...names: string[]): Told[] =>
      typeof number === 'number' ? [{ number, of: new Set(of.map(({ id }) => id)), names, asked, towns, from, tot }] : []
    const broken = (
      list: Record<string, never>[],
      key: string,
      of: Sent[],
      name: (each: Sent) => string | undefined,
      ...names: string[]
    ) =>
      list.flatMap((row) =>
        told(
          row.aantal,
          of.filter((each) => name(each) === row[key]),
          ...names,
          `${key} ${row[key]}`,
        ),
      )
    const { registraties, meldingen } = shown
    return [
      ...told(registraties.nieuw, begun, 'begun'),
      ...told(registraties.open, open, 'begun', 'open'),
      ...told(registraties.afgesloten, ended, 'ended'),
      ...broken(registraties.perStatus, 'status', begun, ({ status }) => status, 'begun'),
      ...broken(registraties.perOrganisatie, 'organisatie', begun, ({ by }) => by, 'begun'),
      ...broken(registraties.perReden, 'reden', ended, ({ reason }) => reason, 'ended'),
      ...told(meldingen.totaal, made, 'meldingen'),
      ...told(meldingen.open, made.filter(isOpen), 'meldingen', 'open'),
      ...broken(meldingen.perStatus, 'status', made, ({ melding }) => melding?.state, 'meldingen'),
      ...broken(meldingen.perReden, 'reden', made, ({ melding }) => melding?.reden, 'meldingen'),
    ]
  }

  it('find every number right, and none below five by itself or left by two: 1,000 random pairs of questions', async () => {
    const answers: Told[][] = []
    for (let i = 0; i < 160; i++) answers.push(await question())
    for (const { number, of, asked, names } of answers.flat()) {
      expect(number, `seed ${seed}: ${asked} ${names}`).to.equal(of.size)
      expect(number === 0 || number >= 5, `seed ${seed}: ${asked} ${names} is ${number}`).to.equal(true)
    }
    for (let pair = 0; pair < 1000; pair++)
      for (const large of pick(answers))
        for (const small of pick(answers)) {
          if (!isWithin(small, large)) continue
          const left = large.number - small.number
          const told = `seed ${seed}: ${large.asked} ${large.names} ${large.number}; ${small.asked} ${small.names} ${small.number}`
          expect(left === 0 || left >= 5, told).to.equal(true)
        }
  })

  it('find what ended, taken from what began, to leave nothing small open', async () => {
    for (const tot of ['2026-10-15', '2026-11-05', '2026-12-31'])
      for (const town of ['', ...new Set(TOWNS)]) {
        const { nieuw, afgesloten } = (await test.ask('beheer', 'GET', `/cijfers?tot=${tot}${town ? `&gemeente=${town}` : ''}`))
          .body.registraties
        if (nieuw !== null && afgesloten !== null)
          expect(nieuw - afgesloten === 0 || nieuw - afgesloten >= 5, `${town} ${tot}`).to.equal(true)
      }
  })
})

/** The CSV as the JSON has it, as far as the attack looks. */
function fromCsv(text: string) {
  const shown: Record<string, Record<string, unknown>> = { registraties: {}, meldingen: {} }
  for (const line of text.trim().split('\r\n').slice(1)) {
    const [subject = '', name = '', part = '', amount = ''] = line.split(',')
    const of = shown[subject]
    const number = /^\d+$/.test(amount) ? Number(amount) : null
    if (!of) continue
    if (part === '') of[name] = number
    else of[name] = [...((of[name] as object[]) ?? []), { [KEYS[name] ?? '']: part, aantal: number }]
  }
  for (const of of Object.values(shown)) for (const name of Object.keys(KEYS)) of[name] ??= []
  // biome-ignore lint/suspicious/noExplicitAny: as loose as a body that was read
  return shown as any
}

const KEYS: Record<string, string> = { perStatus: 'status', perOrganisatie: 'organisatie', perReden: 'reden' }

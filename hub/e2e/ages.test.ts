import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'

/** Noon of a winter's day: the day is the same in UTC and in Amsterdam. */
const CLOCK = '2026-11-22T12:00:00+01:00'
/** The days before, on and after the birthdays, and the ages between them. */
const BIRTHS: [string, number][] = [
  ['2015-05-01', 11],
  ['2014-11-23', 11],
  ['2014-11-22', 12],
  ['2014-11-21', 12],
  ['2011-05-01', 15],
  ['2010-11-23', 15],
  ['2010-11-22', 16],
  ['2010-11-21', 16],
  ['2009-05-01', 17],
]

type Custody = 'ja' | 'nee' | 'onbekend'
type Said = 'ja' | 'nee' | 'niets' | 'ingetrokken'
interface Case {
  birth: string
  age: number
  custody: [Custody, Custody]
  guardians: [Said, Said]
  youth: Said
  vorm: 'mondeling' | 'schriftelijk'
}

/** The policy in words: below 12 every guardian, to 16 those and the young person, from 16 the young person alone. */
function mayBeTold({ age, custody, guardians, youth }: Case): boolean {
  if (age >= 16) return youth === 'ja'
  const heard = guardians.filter((_, i) => custody[i] !== 'nee')
  const known = custody.every((each) => each !== 'onbekend')
  const parents = known && heard.length > 0 && heard.every((said) => said === 'ja')
  return parents && (age < 12 || youth === 'ja')
}

function cases(births: [string, number][]): Case[] {
  const customs: [Custody, Custody][] = [
    ['ja', 'ja'],
    ['ja', 'nee'],
    ['ja', 'onbekend'],
    ['nee', 'nee'],
    ['onbekend', 'nee'],
  ]
  const said: Said[] = ['ja', 'nee', 'niets']
  const all = births.flatMap(([birth, age]) =>
    customs.flatMap((custody) =>
      said.flatMap((first) =>
        said.flatMap((second) =>
          said.map((youth): Case => ({ birth, age, custody, guardians: [first, second], youth, vorm: 'schriftelijk' })),
        ),
      ),
    ),
  )
  const yes = { custody: ['ja', 'ja'] as [Custody, Custody], guardians: ['ja', 'ja'] as [Said, Said], youth: 'ja' as Said }
  const forms = births.flatMap(([birth, age]): Case[] => [
    { birth, age, ...yes, vorm: 'mondeling' },
    { birth, age, ...yes, guardians: ['ingetrokken', 'ja'], vorm: 'schriftelijk' },
    { birth, age, ...yes, youth: 'ingetrokken', vorm: 'mondeling' },
  ])
  return [...all, ...forms]
}

/** Sends every case as a child of two organisations, and answers which of them the one that asks no consent sees. */
async function seenIn(test: TestHub, all: Case[]): Promise<Set<number>> {
  const kenmerk = (i: number) => `geval-${i}`
  const gezagsdragers = ({ custody }: Case) => custody.map((gezag, i) => ({ kenmerk: `o${i + 1}`, gezag, relatie: 'ouder' }))
  for (const by of ['mee', 'rubicon']) {
    const registraties = all.map((each, i) =>
      aRegistration({
        bronbericht: `${by}-${i}`,
        kenmerk: kenmerk(i),
        persoon: { bsn: aBsn(i), geboortedatum: each.birth },
        gezagsdragers: gezagsdragers(each),
      }),
    )
    for (let from = 0; from < all.length; from += 500)
      await test.ask(by, 'POST', '/registraties/_batch', { body: { registraties: registraties.slice(from, from + 500) } })
  }
  await test.untilProcessed()
  const ids = new Map<string, string>()
  for (let cursor = ''; ; ) {
    const { body } = await test.ask('rubicon', 'GET', `/registraties?limiet=1000&cursor=${cursor}`)
    for (const each of body.registraties) ids.set(each.kenmerk, each.id)
    cursor = body.volgende ?? ''
    if (!cursor) break
  }
  const answers = all.flatMap((each, i) =>
    [...each.guardians.map((said, at) => [`o${at + 1}`, said] as const), ['jeugdige', each.youth] as const].flatMap(
      ([gever, said]) => (said === 'niets' ? [] : [{ registratie: ids.get(kenmerk(i)), gever, said, vorm: each.vorm }]),
    ),
  )
  await inParallel(answers, async ({ registratie, gever, said, vorm }) => {
    const antwoord = said === 'nee' ? 'nee' : 'ja'
    const body = { registratie, over: 'jeugdige', gever, antwoord, vorm, bereik: {} }
    const { status, body: made } = await test.ask('rubicon', 'POST', '/toestemmingen', { body })
    expect(status).to.equal(201)
    if (said === 'ingetrokken') await test.ask('rubicon', 'POST', `/toestemmingen/${made.id}/intrekkingen`, { body: {} })
  })
  return new Set(await kenmerkenSeen(test, 'mee'))
}

async function kenmerkenSeen(test: TestHub, by: string): Promise<number[]> {
  const seen: number[] = []
  for (let cursor = ''; ; ) {
    const { body } = await test.ask(by, 'GET', `/matches?limiet=1000&cursor=${cursor}`)
    for (const match of body.matches) seen.push(Number(match.eigenKenmerken[0].slice('geval-'.length)))
    cursor = body.volgende ?? ''
    if (!cursor) return seen
  }
}

async function inParallel<T>(all: T[], work: (each: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const worker = async () => {
    for (let next = left.pop(); next; next = left.pop()) await work(next)
  }
  await Promise.all(Array.from({ length: 12 }, worker))
}

async function expectPolicy(clock: string, all: Case[]): Promise<void> {
  const test = await startTestHub({ clock })
  try {
    const seen = await seenIn(test, all)
    expect(
      all.filter((each, i) => seen.has(i) !== mayBeTold(each)),
      clock,
    ).to.deep.equal([])
    expect(seen.size).to.equal(all.filter(mayBeTold).length)
    expect((await test.ask('rubicon', 'GET', '/matches')).body.matches).to.deep.equal([])
  } finally {
    await test.stop()
  }
}

describe('ages and their consents, through the API', function () {
  this.timeout(90_000)

  it('decide for every combination of guardians, young person, form, withdrawal and no, around every birthday', () =>
    expectPolicy(CLOCK, cases(BIRTHS)))

  it('turn at midnight in the Netherlands, for a child of 29 February too', async () => {
    for (const [clock, birth, age] of [
      ['2028-02-28T23:30:00+01:00', '2016-02-29', 11],
      ['2028-02-29T00:30:00+01:00', '2016-02-29', 12],
      ['2028-02-28T23:30:00+01:00', '2012-02-29', 15],
      ['2028-02-29T00:30:00+01:00', '2012-02-29', 16],
      ['2026-07-01T23:30:00+02:00', '2014-07-02', 11],
      ['2026-07-02T00:30:00+02:00', '2014-07-02', 12],
    ] as const)
      await expectPolicy(
        clock,
        cases([[birth, age]]).filter((each) => each.custody.join() === 'ja,ja' && !each.guardians.includes('niets')),
      )
  })
})

import { expect } from 'chai'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn } from '../testing/registration.ts'
import { scenarioOn } from '../testing/scenario.ts'
import { metricsOf, transcriptOf } from '../testing/transcript.ts'

type Scenario = ReturnType<typeof scenarioOn>
type Parent = Record<string, unknown>

const parent = (voornamen: string, geslachtsnaam: string): Parent => {
  return { relatie: 'ouder', gezag: 'ja', voornamen, geslachtsnaam, geboortedatum: '1985-02-03' }
}
const [MOTHER, FATHER] = [parent('Petra', 'Smit'), parent('Karel', 'Zandstra')]
const [STRANGE_MOTHER, STRANGE_FATHER] = [parent('Wilma', 'Kuiper'), parent('Joost', 'Ouwehand')]
const child = (number: number) => ({ bsn: aBsn(number), geboortedatum: '2019-05-06' })

const EVERYONE = ['mee', 'rubicon', 'bureau-jeugdzorg', 'coordinatiepunt', 'privacy-functionaris', 'beheer']
const READERS = EVERYONE.slice(0, 4)

/** Two hubs get the same; in the second one the third party's registrations are about somebody else. */
interface Story {
  title: string
  readers: string[]
  /** Whether nobody but the readers sees anything of the third party: then counts and metrics are equal too. */
  tight: boolean
  eachScope?: boolean
  tell(s: Scenario, third: { person: object; parents: Parent[] }): Promise<void>
}

const register = async (s: Scenario, by: string, persoon: object, parents: Parent[], extra: object = {}) => {
  const gezagsdragers = parents.map((each, i) => ({ kenmerk: `o${i + 1}`, ...each }))
  await s.register({ by, kenmerk: 'd', persoon: persoon as Parent, gezagsdragers, ...extra })
}
const open = async (s: Scenario, by: string, persoon: object, parents: Parent[], bereik: object = {}) => {
  await register(s, by, persoon, parents)
  for (const i of parents.keys()) await s.consent(by, 'd', { gever: `o${i + 1}`, bereik })
}
const ONLY_RUBICON = { organisaties: ['rubicon'] }

const STORIES: Story[] = [
  {
    title: 'a match of two that is sealed to both',
    readers: EVERYONE.filter((client) => client !== 'privacy-functionaris'),
    tight: true,
    eachScope: true,
    async tell(s, { person }) {
      await register(s, 'mee', child(1), [MOTHER])
      await register(s, 'vorkmeer', person, [MOTHER])
      await s.consent('mee', 'd', { gever: 'o1', antwoord: 'nee' })
    },
  },
  {
    title: 'a sealed third party that comes, changes, refuses for itself, ends and comes again in a match of two others',
    readers: READERS,
    tight: true,
    eachScope: true,
    async tell(s, { person }) {
      await open(s, 'mee', child(1), [MOTHER])
      await register(s, 'vorkmeer', person, [MOTHER])
      await open(s, 'rubicon', child(1), [MOTHER])
      await register(s, 'vorkmeer', person, [MOTHER], {
        versie: 2,
        betrokkenheid: { status: 'intake', begindatum: '2026-02-01' },
      })
      await s.consent('vorkmeer', 'd', { gever: 'o1', antwoord: 'nee' })
      await s.end('vorkmeer', 'd', 3, '2026-11-22')
      await register(s, 'vorkmeer', person, [MOTHER], { versie: 4 })
    },
  },
  {
    title: 'a match of two that closes, opens again and is followed up while a sealed third goes on',
    readers: READERS,
    tight: true,
    async tell(s, { person }) {
      await register(s, 'vorkmeer', person, [MOTHER])
      await open(s, 'mee', child(1), [MOTHER])
      await open(s, 'rubicon', child(1), [MOTHER])
      const first = (await s.matches('mee'))[0]?.id
      await s.must('mee', 'POST', `/matches/${first}/opvolgingen`, { soort: 'variant', variant: 1 })
      await s.end('rubicon', 'd', 2, '2026-11-22')
      await register(s, 'rubicon', child(1), [MOTHER], { versie: 3 })
      const again = (await s.matches('mee'))[0]?.id
      await s.must('rubicon', 'POST', `/matches/${again}/opvolgingen`, {
        soort: 'contact',
        gesproken: true,
        metOrganisaties: ['mee'],
      })
      await s.must('mee', 'POST', `/matches/${first}/opvolgingen`, { soort: 'variant', variant: 2 })
    },
  },
  {
    title: 'a family tie that rests on a sealed registration',
    readers: READERS,
    tight: false,
    async tell(s, { person, parents }) {
      await open(s, 'mee', child(1), [MOTHER])
      await open(s, 'rubicon', child(2), [FATHER])
      await register(s, 'vorkmeer', person, parents)
    },
  },
  {
    title: 'families that differ by sealed persons only',
    readers: ['mee', 'rubicon', 'coordinatiepunt'],
    tight: false,
    async tell(s, { parents: [mother = MOTHER, father = FATHER] }) {
      await open(s, 'mee', child(1), [MOTHER, FATHER])
      await register(s, 'vorkmeer', child(3), [mother])
      await register(s, 'bureau-jeugdzorg', child(4), [father])
      await open(s, 'rubicon', child(2), [MOTHER, FATHER])
      await s.register({ by: 'mee', kenmerk: 'e', persoon: child(5), gezagsdragers: [{ kenmerk: 'o1', ...MOTHER }] })
    },
  },
  {
    title: 'a follow-up that only the sealed third party made possible',
    readers: ['mee'],
    tight: false,
    async tell(s, { person }) {
      await register(s, 'mee', child(1), [MOTHER])
      await open(s, 'rubicon', child(1), [MOTHER])
      await open(s, 'vorkmeer', person, [MOTHER], { organisaties: ['rubicon', 'coordinatiepunt'] })
      const [match] = await s.matches('rubicon')
      if (match) await s.must('rubicon', 'POST', `/matches/${match.id}/opvolgingen`, { soort: 'contact', gesproken: true })
      const [point] = await s.matches('coordinatiepunt')
      if (point) await s.must('coordinatiepunt', 'POST', `/matches/${point.id}/opvolgingen`, { soort: 'variant', variant: 4 })
    },
  },
  {
    title: 'a melding and its case about a child whom a sealed third party knows too',
    readers: READERS,
    tight: false,
    async tell(s, { person }) {
      await open(s, 'mee', child(1), [MOTHER])
      await register(s, 'vorkmeer', person, [MOTHER])
      const registratie = s.idOf('mee', 'd')
      await s.must('vorkmeer', 'POST', '/meldingen', { registratie: s.idOf('vorkmeer', 'd'), reden: 'coordinatie-nodig' })
      const melding = (await s.must('mee', 'POST', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).body.id
      await s.must('coordinatiepunt', 'POST', `/meldingen/${melding}/beoordelingen`, { oordeel: 'opgepakt' })
      await register(s, 'vorkmeer', person, [MOTHER], {
        versie: 2,
        betrokkenheid: { status: 'intake', begindatum: '2026-02-01' },
      })
    },
  },
  {
    title: 'a case from a match that a sealed third party joins, leaves and joins again',
    readers: READERS,
    tight: false,
    async tell(s, { person }) {
      await open(s, 'mee', child(1), [MOTHER])
      await open(s, 'rubicon', child(1), [MOTHER])
      const match = (await s.matches('coordinatiepunt'))[0]?.id
      const { id } = (await s.must('coordinatiepunt', 'POST', '/coordinatiecasussen', { match })).body
      const act = (body: object) => s.must('coordinatiepunt', 'POST', `/coordinatiecasussen/${id}/handelingen`, body)
      await act({ soort: 'zorgcoordinator', wie: 'professional', organisatie: 'mee' })
      await register(s, 'vorkmeer', person, [MOTHER])
      await s.end('vorkmeer', 'd', 2, '2026-11-22')
      await register(s, 'vorkmeer', person, [MOTHER], { versie: 3 })
      await act({ soort: 'rondetafel', uitgenodigd: ['mee', 'rubicon'] })
    },
  },
  {
    title: 'an offer to hand over of which the taker may not know',
    readers: ['rubicon', 'bureau-jeugdzorg', 'coordinatiepunt'],
    tight: false,
    async tell(s, { person }) {
      await open(s, 'rubicon', child(1), [MOTHER])
      await open(s, 'mee', child(1), [MOTHER])
      await register(s, 'vorkmeer', person, [MOTHER])
      await s.must('vorkmeer', 'POST', '/overdrachten', { registratie: s.idOf('vorkmeer', 'd'), naar: 'rubicon' })
      await register(s, 'rubicon', child(1), [MOTHER], { versie: 2 })
    },
  },
  {
    title: 'a third party that one of the two may see',
    readers: ['mee', 'bureau-jeugdzorg', 'coordinatiepunt'],
    tight: false,
    async tell(s, { person }) {
      await open(s, 'mee', child(1), [MOTHER])
      await open(s, 'rubicon', child(1), [MOTHER])
      await open(s, 'vorkmeer', person, [MOTHER], ONLY_RUBICON)
      await register(s, 'rubicon', child(1), [MOTHER], {
        versie: 2,
        betrokkenheid: { status: 'waakvlam', begindatum: '2026-01-05' },
      })
      await s.end('vorkmeer', 'd', 2, '2026-11-22')
    },
  },
]

describe('what is sealed is invisible', function () {
  this.timeout(120_000)
  for (const { title, readers, tight, eachScope, tell } of STORIES)
    it(title, async () => {
      const hubs = await Promise.all([1, 2].map(() => startTestHub({ clock: '2026-11-22T09:00:00+01:00' })))
      try {
        const [sealed, none] = hubs as [TestHub, TestHub]
        await tell(scenarioOn(sealed), { person: child(1), parents: [MOTHER, FATHER] })
        await tell(scenarioOn(none), { person: child(99), parents: [STRANGE_MOTHER, STRANGE_FATHER] })
        const ids = await Promise.all([sealed, none].map(hiddenIds))
        const metrics = await Promise.all([sealed, none].map(metricsOf))
        expect((await sealed.hub.store.read((tx) => tx.matches.counts())).open).to.be.greaterThan(0)
        for (const client of readers) {
          const [there, nothing] = await Promise.all([
            transcriptOf(sealed, client, [ids[0] as string, UNKNOWN], eachScope ?? false),
            transcriptOf(none, client, [UNKNOWN, UNKNOWN], eachScope ?? false),
          ])
          expect(there?.length, client).to.equal(nothing?.length)
          for (const [i, line] of (there ?? []).entries()) expect(line, client).to.equal(nothing?.[i])
        }
        if (tight) expect(metrics[0]?.join('\n')).to.equal(metrics[1]?.join('\n'))
      } finally {
        await Promise.all(hubs.map((hub) => hub.stop()))
      }
    })
})

const UNKNOWN = 'm_00000000000000000000000000'

/** A match that nobody was told of, if there is one. */
async function hiddenIds({ hub }: TestHub): Promise<string> {
  return hub.store.read(async (tx) => {
    for (const match of await tx.matches.listOpen('', 100))
      if ((await tx.matches.disclosuresOf([match.id])).length === 0) return match.id
    return UNKNOWN
  })
}

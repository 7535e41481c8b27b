import modelFile from '../../../schemas/link-model/model-1.2.0.json' with { type: 'json' }
import { linkKeys } from '../../crypto/derived-keys.ts'
import { decide } from './decide.ts'
import type { LinkDecision, Member, PersonCandidate } from './decision.ts'
import { familiesOf } from './families.ts'
import { lineOf } from './line.ts'
import { Lines } from './lines.ts'
import { linkAll } from './linker.ts'
import { type LinkModel, linkModel } from './model.ts'
import { plainKeys } from './plain-keys.ts'
import { profileOf } from './profile.ts'
import { subjectFrom } from './subject.ts'

export const KEYS = linkKeys(Buffer.alloc(32, 1), 'test')
export const MODEL: LinkModel = linkModel(modelFile)

/** A registration of the invented girl of the tests, with the fields that a case changes. */
export function noor(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    voornamen: 'Noor',
    voorvoegsel: 'van den',
    geslachtsnaam: 'Berg',
    geboortedatum: '2013-04-21',
    geslacht: 'vrouw',
    postcode: '5981AB',
    huisnummer: 12,
    ouders: [
      { voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' },
      { voornamen: 'Kees', voorvoegsel: 'van den', geslachtsnaam: 'Berg', geboortedatum: '1983-11-30' },
    ],
    ...changes,
  }
}

export function member(subject: Record<string, unknown>, id = 'new'): Member {
  return { id, profile: profileOf(subjectFrom(subject), KEYS) }
}

export function person(name: string, ...subjects: Record<string, unknown>[]): PersonCandidate {
  return { person: name, members: subjects.map((subject, at) => member(subject, `${name}-${at}`)), apart: false }
}

/** The decision on a subject among persons, and its outcome as one word with the person: "linked A", "review A B", "new". */
export function outcomeOf(subject: Record<string, unknown>, ...persons: PersonCandidate[]): string {
  return summaryOf(decide(member(subject), persons, MODEL))
}

export function summaryOf(decision: LinkDecision): string {
  if (decision.outcome === 'linked') {
    return ['linked', decision.person, ...decision.alsoMerge, ...(decision.provisional ? ['provisional'] : [])].join(' ')
  }
  if (decision.outcome === 'new') return 'new'
  return ['review', ...decision.candidates.map(({ person: found, reason }) => `${found}:${reason}`)].join(' ')
}

/** A grown-up of the tests on families, in a house of one street. */
export function adult(voornamen: string, geslachtsnaam: string, geboortedatum: string, huisnummer: number) {
  return { voornamen, geslachtsnaam, geboortedatum, huisnummer, postcode: '5981AB' }
}

/** A child there, called Maas, who names these parents. */
export function child(voornamen: string, geboortedatum: string, huisnummer: number, ...ouders: unknown[]) {
  return { ...adult(voornamen, 'Maas', geboortedatum, huisnummer), ouders }
}

/** The families of a file of subjects, by their name in it; null for who has none. */
export function familiesIn(subjects: Record<string, Record<string, unknown>>): Map<string, number | null> {
  const keys = plainKeys()
  const lines = Lines.of(Object.entries(subjects).map(([rid, subject]) => lineOf(subjectFrom({ ...subject, rid }), keys)))
  const families = familiesOf(lines, linkAll(lines, MODEL))
  return new Map(lines.rids.map((rid, at) => [String(rid), families[at]!]))
}

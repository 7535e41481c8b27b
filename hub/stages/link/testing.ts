import modelFile from '../../../schemas/link-model/model-1.2.0.json' with { type: 'json' }
import { linkKeys } from '../../crypto/derived-keys.ts'
import { decide } from './decide.ts'
import type { LinkDecision, Member, PersonCandidate } from './decision.ts'
import { type LinkModel, linkModel } from './model.ts'
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

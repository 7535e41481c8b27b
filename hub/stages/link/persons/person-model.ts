import { HubError } from '../../../errors.ts'
import type { PersonLevels } from './person-levels.ts'
import { WORDS } from './person-line.ts'

interface Chance {
  /** Among registrations of one person. */
  m: number
  /** Among registrations of two persons; absent where the file tells: how often the word itself stands in it. */
  u?: number
}

/** A model for registrations of persons that are no families, as it lies in `schemas/link-model/`. */
export interface PersonModelFile {
  versie: string
  gezinnen: false
  velden: Record<string, Record<string, Chance>>
  /** The chance, from 0 to 1, from which two registrations are one person, and from which somebody is asked. */
  kansen: { koppelen: number; koppelvraag: number }
  grootsteBlok: number
  grootstePersoon: number
}

export interface PersonModel {
  version: string
  fields: Record<keyof PersonLevels, Record<string, Chance>>
  link: number
  review: number
  blockMax: number
  personMax: number
}

/** Whether a parsed model file says that its registrations are of persons without families. */
export function isPersonModel(file: { gezinnen?: boolean }): file is PersonModelFile {
  return file.gezinnen === false
}

/** Reads a parsed model file. Throws `configuratie` when a part is missing. */
export function personModel(file: PersonModelFile): PersonModel {
  const fields: Partial<PersonModel['fields']> = {}
  for (const field of [...WORDS, 'geboortedatum', 'nummer'] as const) fields[field] = file.velden?.[field] ?? missing(field)
  const { koppelen, koppelvraag } = file.kansen ?? missing('kansen')
  return {
    version: file.versie,
    fields: fields as PersonModel['fields'],
    link: koppelen,
    review: koppelvraag,
    blockMax: file.grootsteBlok,
    personMax: file.grootstePersoon,
  }
}

function missing(part: string): never {
  throw new HubError('configuratie', { detail: `Het koppelmodel mist ${part}.` })
}

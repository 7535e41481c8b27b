import { HubError } from '../../errors.ts'
import type { AddressLevel, DateLevel, ParentsLevel, SexLevel } from './compare-facts.ts'
import type { GivenLevel } from './compare-given.ts'
import type { SurnameLevel } from './compare-surnames.ts'

interface Chance {
  /** Among registrations of one person. */
  m: number
  /** Among registrations of two persons. */
  u: number
}

/** The model as it lies in `schemas/link-model/`: levels per field, chances, thresholds in bits. */
export interface LinkModelFile {
  versie: string
  /** Absent or true: families, for whom the ladder stands. */
  gezinnen?: true
  velden: Record<string, Record<string, Chance>>
  /** Bits added to an exact name by how common it is: not in the table, rare, common, among the commonest. */
  frequentie: { voornamen: number[]; geslachtsnaam: number[] }
  plafondHuishouden: number
  drempels: { persoon: number; huishouden: number; koppelen: number; koppelenOpNaam: number; koppelvraag: number }
  grootsteBlok: number
  grootstePersoon: number
}

/** The model with its weights worked out: log2(m/u) per level, 0 for what is missing. */
export interface LinkModel {
  version: string
  given: Record<GivenLevel, number>
  date: Record<DateLevel, number>
  sex: Record<SexLevel, number>
  surname: Record<SurnameLevel, number>
  address: Record<AddressLevel, number>
  parents: Record<ParentsLevel, number>
  givenFrequency: number[]
  surnameFrequency: number[]
  householdCap: number
  thresholds: { individual: number; household: number; link: number; linkByNameOnly: number; review: number }
  blockMax: number
  personMax: number
}

/** Works out the weights of a parsed model file. Throws `configuratie` for a file that is no model. */
export function linkModel(file: LinkModelFile): LinkModel {
  const { drempels } = file
  if (!drempels || !file.velden || !file.frequentie)
    throw new HubError('configuratie', { detail: 'Dit bestand is geen koppelmodel.' })
  return {
    version: file.versie,
    given: weightsOf(file, 'voornamen'),
    date: weightsOf(file, 'geboortedatum'),
    sex: weightsOf(file, 'geslacht'),
    surname: weightsOf(file, 'geslachtsnaam'),
    address: weightsOf(file, 'adres'),
    parents: weightsOf(file, 'ouders'),
    givenFrequency: file.frequentie.voornamen,
    surnameFrequency: file.frequentie.geslachtsnaam,
    householdCap: file.plafondHuishouden,
    thresholds: {
      individual: drempels.persoon,
      household: drempels.huishouden,
      link: drempels.koppelen,
      linkByNameOnly: drempels.koppelenOpNaam,
      review: drempels.koppelvraag,
    },
    blockMax: file.grootsteBlok,
    personMax: file.grootstePersoon,
  }
}

function weightsOf<Level extends string>(file: LinkModelFile, field: string): Record<Level, number> {
  const levels = file.velden[field]
  if (!levels) throw new HubError('configuratie', { detail: `Het koppelmodel mist het veld ${field}.` })
  const weights: Record<string, number> = { ontbreekt: 0 }
  for (const [level, { m, u }] of Object.entries(levels)) weights[level] = Math.round(Math.log2(m / u) * 100) / 100
  return weights as Record<Level, number>
}

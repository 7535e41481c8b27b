import { disturb, type Errors } from './errors.ts'
import type { Person } from './families.ts'
import type { Chance } from './random.ts'

export type Line = Record<string, unknown> & { rid: string }

/** What is true of a line, kept apart from it. */
export interface Truth {
  rid: string
  person: string
  family: string
  /** Names that tell nobody anything (a nameless newborn twin; a surname and a year): no linker could place it. */
  linkable: boolean
  twin: { of: string; near: boolean } | null
}

export interface LinkSet {
  name: string
  lines: Line[]
  truth: Truth[]
  persons: Map<string, Person>
}

const ORGANISATIONS = ['mee', 'vorkmeer', 'rubicon', 'bureau-jeugdzorg', 'gezinscoach', 'jgz']

/** Registrations of a region's persons by several organisations, about 2.2 each, with errors; in the order in which they came. */
export function registrationsOf(persons: Person[], errors: Errors, withBsn: boolean, chance: Chance): Omit<LinkSet, 'name'> {
  const drawn: { line: Line; truth: Truth; at: number }[] = []
  for (const person of persons) {
    const count = person.adult && chance.happens(0.35) ? 1 : 1 + chance.below(person.adult ? 3 : 4)
    for (let turn = 0; turn < count; turn++) {
      const fields = disturb(fieldsOf(person, turn / count, withBsn, chance), person, persons, errors, chance)
      const line = { rid: '', ...fields, organisatie: chance.pick(ORGANISATIONS) }
      drawn.push({ line, truth: truthOf(person, fields), at: chance.next() })
    }
  }
  drawn.sort((a, b) => a.at - b.at)
  drawn.forEach(({ line, truth }, at) => {
    line.rid = truth.rid = `r${at + 1}`
  })
  return {
    lines: drawn.map(({ line }) => line),
    truth: drawn.map(({ truth }) => truth),
    persons: new Map(persons.map((person) => [person.id, person])),
  }
}

/** What a careful clerk would write down at some moment; families move, and not everything is asked. */
function fieldsOf(person: Person, moment: number, withBsn: boolean, chance: Chance): Record<string, unknown> {
  const address =
    person.addresses[Math.min(person.addresses.length - 1, Math.floor(moment * person.addresses.length + chance.next() * 0.5))]!
  const calling = person.calling !== person.given[0] && chance.happens(0.25)
  return {
    bsn: withBsn && chance.happens(0.52) ? person.bsn : '',
    voornamen: person.nameless ? '' : givenWritten(person, chance),
    roepnaam: calling && !person.nameless ? person.calling : '',
    voorvoegsel: person.prefix,
    geslachtsnaam: person.surname,
    partnernaam: chance.happens(0.5) ? person.partnerName : '',
    geboortedatum: person.born,
    geslacht: chance.happens(0.9) ? person.sex : '',
    ...(chance.happens(0.93) ? address : {}),
    ...(person.adult || chance.happens(0.3) ? {} : { ouders: parentsWritten(person, chance) }),
  }
}

function givenWritten(person: Person, chance: Chance): string {
  if (person.calling !== person.given[0] && chance.happens(0.3)) return person.calling
  return chance.happens(0.5) ? person.given.join(' ') : person.given[0]!
}

function parentsWritten(person: Person, chance: Chance): Record<string, unknown>[] {
  const named = chance.happens(0.6) ? person.parents : [chance.pick(person.parents)]
  return named.map((parent) => ({
    voornamen: chance.happens(0.2) ? `${parent.given[0]![0]}.` : chance.happens(0.3) ? parent.calling : parent.given[0],
    voorvoegsel: parent.prefix,
    geslachtsnaam: parent.surname,
    geboortedatum: chance.happens(0.75) ? parent.born : '',
  }))
}

function truthOf(person: Person, fields: Record<string, unknown>): Truth {
  const named = fields.voornamen !== '' || fields.roepnaam !== ''
  const dated = /^\d{4}-\d\d-\d\d$/.test(String(fields.geboortedatum)) && !String(fields.geboortedatum).includes('-00')
  const linkable = fields.bsn !== '' || (named ? true : dated && person.twin === null)
  return { rid: '', person: person.id, family: person.family, linkable, twin: person.twin }
}

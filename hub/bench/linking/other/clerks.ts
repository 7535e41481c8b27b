import type { Person } from '../families.ts'
import type { Chance } from '../random.ts'
import type { Line, LinkSet, Truth } from '../registrations.ts'
import { slipDate, slipDigits, slipLetters } from './slips.ts'

type Fields = Record<string, unknown>

/** Each organisation writes in its own way, in every row; errors therefore depend on each other, as in real files. */
const HABITS: Record<string, (fields: Fields, person: Person, chance: Chance) => Fields> = {
  gemeente: (fields) => fields,
  school: (fields, person) => ({ ...fields, voornamen: person.calling, bsn: undefined, ouders: [] }),
  huisarts: (fields, person) => ({
    ...fields,
    voornamen: `${letters(person)} (${person.calling})`,
    geslachtsnaam: [person.surname, person.prefix].filter(Boolean).join(', '),
    voorvoegsel: null,
    geboortedatum: String(fields.geboortedatum).replaceAll('-', ''),
  }),
  jeugdzorg: (fields, person) => ({
    ...fields,
    voornamen: plain(fields.voornamen).toUpperCase(),
    geslachtsnaam: plain(`${person.prefix} ${person.surname}`).trim().toUpperCase(),
    voorvoegsel: '',
    postcode: String(fields.postcode ?? '')
      .replace(/(\d{4})/, '$1 ')
      .toLowerCase(),
    huisnummer: `${fields.huisnummer ?? ''}${fields.toevoeging ?? ''}`,
    toevoeging: undefined,
  }),
  wijkteam: (fields, person, chance) =>
    chance.happens(0.15)
      ? {
          ...fields,
          voornamen: '',
          voorvoegsel: '',
          geslachtsnaam: `${person.calling} ${person.prefix} ${person.surname}`.replace(/ +/g, ' ').trim(),
        }
      : {
          ...fields,
          huisnummer: Number(fields.huisnummer) || '',
          roepnaam: person.calling,
          geslacht: person.sex === 'man' ? 'm' : 'v',
        },
  wachtlijst: (fields, person, chance) => ({
    ...fields,
    voornamen: chance.happens(0.1) ? letters(person) : fields.voornamen,
    voorvoegsel: shortPrefix(person.prefix),
    geslacht: null,
    toevoeging: '',
  }),
}

/** Registrations of a region's persons by organisations with habits of their own. `rate`: how often things go wrong, 1 as usual. */
export function registrationsHere(persons: Person[], rate: number, withBsn: boolean, chance: Chance): Omit<LinkSet, 'name'> {
  const drawn: { line: Line; truth: Truth; at: number }[] = []
  const names = Object.keys(HABITS)
  for (const person of persons) {
    const count = person.adult && chance.happens(0.4) ? 1 : 1 + chance.below(4)
    for (let turn = 0; turn < count; turn++) {
      const organisatie = chance.pick(names)
      const fields = slipped(HABITS[organisatie]!(written(person, withBsn, chance), person, chance), rate, chance)
      drawn.push({ line: { rid: '', ...fields, organisatie }, truth: truthOf(person, fields), at: chance.next() })
    }
  }
  drawn.sort((a, b) => a.at - b.at)
  drawn.forEach(({ line, truth }, at) => {
    line.rid = truth.rid = `x${at + 1}`
  })
  return {
    lines: drawn.map(({ line }) => line),
    truth: drawn.map(({ truth }) => truth),
    persons: new Map(persons.map((person) => [person.id, person])),
  }
}

function written(person: Person, withBsn: boolean, chance: Chance): Fields {
  const address = chance.pick(person.addresses)
  return {
    bsn: withBsn && chance.happens(0.55) ? person.bsn : chance.pick(['', undefined, null]),
    voornamen: person.given.slice(0, chance.happens(0.4) ? 1 : 3).join(' '),
    voorvoegsel: person.prefix,
    geslachtsnaam: person.surname === '' ? chance.pick(['', '-', 'onbekend', '.']) : person.surname,
    partnernaam: chance.happens(0.4) ? person.partnerName : '',
    geboortedatum: person.born,
    geslacht: chance.happens(0.9) ? person.sex : 'onbekend',
    ...(chance.happens(0.9) ? address : { postcode: '' }),
    ...(person.adult
      ? {}
      : chance.happens(0.6)
        ? { ouders: person.parents.map((parent) => parentWritten(parent, chance)) }
        : { ouders: [] }),
  }
}

/** Guardians are written down in halves: a surname, a first letter, a year. */
function parentWritten(parent: Person, chance: Chance): Fields {
  const fields = {
    voornamen: parent.given[0],
    voorvoegsel: parent.prefix,
    geslachtsnaam: parent.surname,
    geboortedatum: parent.born,
  }
  switch (chance.below(6)) {
    case 0:
      return { geslachtsnaam: parent.surname }
    case 1:
      return { ...fields, geboortedatum: parent.born.slice(0, 4) }
    case 2:
      return { ...fields, voornamen: `${parent.given[0]![0]}.`, geboortedatum: '' }
    case 3:
      return {
        voornamen: `${parent.calling} ${parent.prefix} ${parent.surname}`.replace(/ +/g, ' '),
        geslachtsnaam: '',
        geboortedatum: parent.born,
      }
    default:
      return fields
  }
}

function slipped(fields: Fields, rate: number, chance: Chance): Fields {
  const often = (share: number): boolean => chance.happens(Math.min(0.5, share * rate))
  const change = (key: string, by: (value: string, chance: Chance) => string): void => {
    const value = fields[key]
    if (typeof value === 'string' && value !== '') fields[key] = by(value, chance)
  }
  if (often(0.045)) change('voornamen', slipLetters)
  if (often(0.045)) change('geslachtsnaam', slipLetters)
  if (often(0.006)) change('voornamen', (value) => value.slice(0, 10))
  if (often(0.006)) [fields.voornamen, fields.geslachtsnaam] = [fields.geslachtsnaam, fields.voornamen]
  if (often(0.02)) fields.voornamen = ''
  if (often(0.04)) change('geboortedatum', slipDate)
  if (often(0.02)) change('postcode', slipDigits)
  if (often(0.02)) change('huisnummer', slipDigits)
  if (often(0.02)) change('bsn', slipDigits)
  if (often(0.005)) fields.geslacht = fields.geslacht === 'man' ? 'vrouw' : fields.geslacht === 'vrouw' ? 'man' : fields.geslacht
  if (often(0.01) && fields.partnernaam)
    Object.assign(fields, { geslachtsnaam: `${fields.partnernaam} - ${fields.geslachtsnaam}`, voorvoegsel: '' })
  return fields
}

function truthOf(person: Person, fields: Fields): Truth {
  const named = /\p{L}/u.test(String(fields.voornamen ?? '')) || /\p{L} +\p{L}/u.test(String(fields.geslachtsnaam ?? ''))
  const linkable = Boolean(fields.bsn) || (named ? person.surname !== '' || Boolean(fields.postcode) : person.twin === null)
  return { rid: '', person: person.id, family: person.family, linkable, twin: person.twin }
}

function letters({ given }: Person): string {
  return given.map((name) => `${name[0]}.`).join('')
}

function shortPrefix(prefix: string): string {
  return prefix.replace('van der', 'v/d').replace('van den', 'v.d.').replace('van', 'v.')
}

function plain(value: unknown): string {
  return String(value ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŁ]/g, 'l')
    .replace(/[ı]/g, 'i')
    .replace(/[đĐ]/g, 'd')
}

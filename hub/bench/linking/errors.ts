import type { Person } from './families.ts'
import { SPELLINGS } from './names.ts'
import type { Chance } from './random.ts'

/** How often things go wrong: 1 is what files of organisations show; low and high are a half of it and two and a half times it. */
export type Errors = number
export const ERROR_RATES: Record<string, Errors> = { low: 0.4, default: 1, high: 2.4 }

type Fields = Record<string, unknown>

/** One way in which a field is written wrongly: its share at rate 1, and what it does to the fields. */
type Slip = [share: number, apply: (fields: Fields, chance: Chance) => void]

const text = (fields: Fields, key: string): string => String(fields[key] ?? '')

const SLIPS: Slip[] = [
  [0.035, (fields, chance) => edit(fields, 'voornamen', (value) => typo(value, chance))],
  [0.035, (fields, chance) => edit(fields, 'geslachtsnaam', (value) => typo(value, chance))],
  [0.02, (fields, chance) => edit(fields, 'voornamen', (value) => respell(value, chance))],
  [0.02, (fields, chance) => edit(fields, 'geslachtsnaam', (value) => dutchSpelling(value, chance))],
  [0.032, initialsOnly],
  [0.008, (fields) => Object.assign(fields, { voornamen: '', roepnaam: '' })],
  [
    0.008,
    (fields) => Object.assign(fields, { voornamen: fields.geslachtsnaam, geslachtsnaam: fields.voornamen, voorvoegsel: '' }),
  ],
  [0.012, wholeNameInOne],
  [0.04, prefixOtherwise],
  [0.012, (fields, chance) => breakLetters(fields, chance)],
  [
    0.02,
    (fields) =>
      Object.assign(fields, { geslachtsnaam: plain(text(fields, 'geslachtsnaam')), voornamen: plain(text(fields, 'voornamen')) }),
  ],
  [
    0.01,
    (fields) =>
      Object.assign(fields, {
        voornamen: text(fields, 'voornamen').toUpperCase(),
        geslachtsnaam: text(fields, 'geslachtsnaam').toUpperCase(),
      }),
  ],
  [0.03, marriedName],
  [0.012, (fields, chance) => edit(fields, 'geboortedatum', (value) => dateDigit(value, chance))],
  [0.01, (fields) => edit(fields, 'geboortedatum', swapDayMonth)],
  [
    0.005,
    (fields, chance) =>
      edit(fields, 'geboortedatum', (value) => `${Number(value.slice(0, 4)) + chance.pick([-1, 1])}${value.slice(4)}`),
  ],
  [0.006, (fields) => edit(fields, 'geboortedatum', (value) => `${value.slice(0, 4)}-01-01`)],
  [
    0.006,
    (fields, chance) =>
      edit(fields, 'geboortedatum', (value) => (chance.happens(0.5) ? value.slice(0, 7) : `${value.slice(0, 7)}-00`)),
  ],
  [0.004, (fields) => edit(fields, 'geboortedatum', (value) => value.slice(0, 4))],
  [0.005, (fields) => Object.assign(fields, { geboortedatum: '' })],
  [0.004, (fields) => edit(fields, 'geslacht', (value) => (value === 'man' ? 'vrouw' : 'man'))],
  [0.015, (fields, chance) => edit(fields, 'postcode', (value) => digitSlip(value, chance))],
  [0.015, (fields, chance) => edit(fields, 'huisnummer', (value) => digitSlip(value, chance))],
  [0.05, (fields) => Object.assign(fields, { toevoeging: '' })],
  [0.02, (fields) => edit(fields, 'postcode', (value) => `${value.slice(0, 4)} ${value.slice(4).toLowerCase()}`)],
  [0.012, (fields, chance) => edit(fields, 'bsn', (value) => digitSlip(value, chance))],
  [0.006, (fields) => edit(fields, 'bsn', (value) => value.slice(0, 4) + value[5] + value[4] + value.slice(6))],
]

/** Writes a person's fields down with the errors of an error rate. A copied number comes from the family; it is rare at any rate. */
export function disturb(fields: Fields, person: Person, persons: Person[], rate: Errors, chance: Chance): Fields {
  for (const [share, apply] of SLIPS) if (chance.happens(Math.min(0.6, share * rate))) apply(fields, chance)
  for (const parent of (fields.ouders as Fields[] | undefined) ?? []) disturbParent(parent, rate, chance)
  if (fields.bsn !== '' && chance.happens(0.002)) fields.bsn = copiedNumber(person, persons, chance)
  return fields
}

function disturbParent(parent: Fields, rate: Errors, chance: Chance): void {
  if (chance.happens(0.03 * rate)) edit(parent, 'voornamen', (value) => typo(value, chance))
  if (chance.happens(0.03 * rate)) edit(parent, 'geslachtsnaam', (value) => typo(value, chance))
  if (chance.happens(0.02 * rate)) edit(parent, 'geboortedatum', (value) => dateDigit(value, chance))
}

function copiedNumber(person: Person, persons: Person[], chance: Chance): string {
  const at = persons.indexOf(person)
  const near = persons.slice(Math.max(0, at - 4), at + 5).filter((other) => other.family === person.family && other !== person)
  return near.length > 0 ? chance.pick(near).bsn : person.bsn
}

function edit(fields: Fields, key: string, change: (value: string) => string): void {
  const value = text(fields, key)
  if (value !== '') fields[key] = change(value)
}

/** One letter wrong, missing, twice, or swapped with its neighbour. */
function typo(value: string, chance: Chance): string {
  if (value.length < 3) return value
  const at = 1 + chance.below(value.length - 1)
  const letter = 'abcdefghijklmnoprstuvwz'[chance.below(23)]!
  switch (chance.below(4)) {
    case 0:
      return value.slice(0, at) + letter + value.slice(at + 1)
    case 1:
      return value.slice(0, at) + value.slice(at + 1)
    case 2:
      return value.slice(0, at) + value[at] + value.slice(at)
    default:
      return at + 1 < value.length ? value.slice(0, at) + value[at + 1] + value[at] + value.slice(at + 2) : value + letter
  }
}

function respell(value: string, chance: Chance): string {
  const [first, ...rest] = value.split(' ')
  const others = SPELLINGS[first!]
  return others ? [chance.pick(others), ...rest].join(' ') : dutchSpelling(value, chance)
}

const SOUNDS: [string, string][] = [
  ['ij', 'y'],
  ['y', 'ij'],
  ['ei', 'ij'],
  ['ou', 'au'],
  ['c', 'k'],
  ['k', 'c'],
  ['ph', 'f'],
  ['f', 'ph'],
  ['th', 't'],
  ['uy', 'ui'],
  ['ui', 'uy'],
  ['aa', 'ae'],
  ['v', 'f'],
  ['s', 'z'],
  ['z', 's'],
  ['ss', 's'],
  ['tt', 't'],
  ['ks', 'x'],
  ['ee', 'e'],
  ['dt', 't'],
  ['ch', 'g'],
]

function dutchSpelling(value: string, chance: Chance): string {
  const fitting = SOUNDS.filter(([from]) => value.indexOf(from) > 0)
  if (fitting.length === 0) return value
  const [from, to] = chance.pick(fitting)
  return value.replace(from, to)
}

function initialsOnly(fields: Fields, chance: Chance): void {
  const letters = text(fields, 'voornamen')
    .split(/[ -]/)
    .filter(Boolean)
    .map((name) => name[0]!)
  fields.roepnaam = ''
  fields.voornamen = chance.happens(0.8) ? letters.map((letter) => `${letter}.`).join('') : letters.slice(0, 1).join('')
}

function wholeNameInOne(fields: Fields, chance: Chance): void {
  const [given, prefix, surname] = [text(fields, 'voornamen'), text(fields, 'voorvoegsel'), text(fields, 'geslachtsnaam')]
  const whole = `${given} ${prefix} ${surname}`.replace(/ +/g, ' ').trim()
  const forms = [
    { voornamen: given, voorvoegsel: '', geslachtsnaam: prefix ? `${surname}, ${prefix}` : surname },
    { voornamen: '', voorvoegsel: '', geslachtsnaam: whole },
    { voornamen: whole, voorvoegsel: '', geslachtsnaam: '' },
    { voornamen: '', voorvoegsel: '', geslachtsnaam: `${surname}, ${given} ${prefix}`.trim() },
  ]
  Object.assign(fields, chance.pick(forms))
}

function prefixOtherwise(fields: Fields, chance: Chance): void {
  const [prefix, surname] = [text(fields, 'voorvoegsel'), text(fields, 'geslachtsnaam')]
  if (prefix === '') return
  const short = prefix.replace('van der', 'v.d.').replace('van den', 'v/d').replace('van de', 'vd').replace('van', 'v.')
  const forms = [
    { voorvoegsel: short, geslachtsnaam: surname },
    { voorvoegsel: '', geslachtsnaam: `${prefix} ${surname}` },
    { voorvoegsel: '', geslachtsnaam: surname },
    { voorvoegsel: '', geslachtsnaam: `${prefix.replaceAll(' ', '')}${surname}` },
    { voorvoegsel: '', geslachtsnaam: `${short} ${surname}` },
  ]
  Object.assign(fields, chance.pick(forms))
}

/** UTF-8 read as Windows-1252, or a question mark for what the file could not hold. */
function breakLetters(fields: Fields, chance: Chance): void {
  const broken = (value: string): string =>
    chance.happens(0.5) ? Buffer.from(value, 'utf8').toString('latin1') : value.replace(/[^\u0020-\u007e]/g, '?')
  edit(fields, 'voornamen', broken)
  edit(fields, 'geslachtsnaam', broken)
}

function plain(value: string): string {
  return value.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ı/g, 'i').replace(/ł/g, 'l').replace(/Ł/g, 'L')
}

function marriedName(fields: Fields, chance: Chance): void {
  const [partner, own] = [text(fields, 'partnernaam'), text(fields, 'geslachtsnaam')]
  if (partner === '') return
  if (chance.happens(0.5)) Object.assign(fields, { geslachtsnaam: `${partner}-${own}`, voorvoegsel: '', partnernaam: '' })
  else Object.assign(fields, { geslachtsnaam: partner, voorvoegsel: '', partnernaam: '' })
}

function dateDigit(value: string, chance: Chance): string {
  return value.length < 10
    ? value
    : chance.happens(0.3)
      ? digitSlip(value.slice(0, 4), chance) + value.slice(4)
      : value.slice(0, 5) + otherDay(value.slice(5), chance)
}

function otherDay(monthDay: string, chance: Chance): string {
  const [month, day] = monthDay.split('-')
  if (chance.happens(0.3)) return `${String(1 + chance.below(12)).padStart(2, '0')}-${day}`
  return `${month}-${String(1 + ((Number(day) + chance.pick([1, 9, 10, 7, 19])) % 28)).padStart(2, '0')}`
}

function swapDayMonth(value: string): string {
  const [year, month, day] = value.split('-')
  return day !== undefined && Number(day) <= 12 ? `${year}-${day}-${month}` : value
}

function digitSlip(value: string, chance: Chance): string {
  const places = [...value].map((letter, at) => (/\d/.test(letter) ? at : -1)).filter((at) => at >= 0)
  if (places.length === 0) return value
  const at = places.at(-1 - chance.below(Math.min(3, places.length)))!
  return value.slice(0, at) + ((Number(value[at]) + 1 + chance.below(9)) % 10) + value.slice(at + 1)
}

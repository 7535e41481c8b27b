import type { InventedChild } from '../adapter.ts'

/**
 * The children of so many families, one to three in each; the same seed gives the same children. Numbers begin with 9 and pass the eleven
 * test, so that they are nobody's; names are common ones put together at random.
 */
export function inventedFamilies(count: number, seed: number): InventedChild[] {
  const next = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const day = (from: number, years: number) =>
    new Date(Date.UTC(from, 0, 1) + Math.floor(next() * years * 365) * day_ms).toISOString().slice(0, 10)
  const children: InventedChild[] = []
  for (let family = 1; family <= count; family++) {
    const name = { voorvoegsel: pick(PREFIXES), geslachtsnaam: pick(SURNAMES) }
    const home = { postcode: `${5980 + Math.floor(next() * 20)}${pick(LETTERS)}`, huisnummer: 1 + Math.floor(next() * 200) }
    const ouder = {
      voornamen: pick(GIVEN).name,
      geslachtsnaam: pick(SURNAMES),
      gezag: pick(['ja', 'ja', 'ja', 'onbekend'] as const),
    }
    for (let left = 1 + Math.floor(next() * 3); left > 0; left--) {
      const { name: voornamen, sex } = pick(GIVEN)
      const number = children.length + 1
      const own = { number, family, bsn: bsnNumbered(number + seed * 1000), voornamen, geslacht: sex, ...name, ...home, ouder }
      children.push({ ...own, geboortedatum: day(2009, 16), start: day(2025, 1) })
    }
  }
  return children
}

const day_ms = 86_400_000

/** Mulberry32: small, fast, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The weights of the eleven test, for the first eight digits. */
const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2]

/** A number of its own for every `n`: seven digits follow it, and of the ten endings one or none passes; none moves on by a stride. */
function bsnNumbered(n: number): string {
  for (let stem = 90_000_000 + (n % 5_000_000); ; stem += 5_000_000) {
    const digits = String(90_000_000 + (stem % 10_000_000))
    const rest = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11
    if (rest < 10) return `${digits}${rest}`
  }
}

const PREFIXES = ['', '', '', '', 'van', 'de', 'van den', "in 't"]
const SURNAMES = [
  'Berg',
  'Smit',
  'Jansen',
  'Bakker',
  'Visser',
  'Kaya',
  'Citroën',
  'Müller',
  'Yilmaz-Dekker',
  'El Amrani',
  'Peeters',
]
const GIVEN = [
  ...['Noor', 'Zoë', 'Fatima', 'Anne Marie', 'Sanne', 'Lotte'].map((name) => ({ name, sex: 'v' as const })),
  ...['Daan', 'Sem', 'Mohamed', 'Jan-Willem', 'Björn', 'Tygo'].map((name) => ({ name, sex: 'm' as const })),
]
const LETTERS = ['AB', 'CD', 'EG', 'HK', 'XZ']

import type { Chance } from '../random.ts'

const KEYBOARD: Record<string, string> = {
  ...{
    a: 'qsz',
    b: 'vn',
    c: 'xv',
    d: 'sf',
    e: 'wr',
    f: 'dg',
    g: 'fh',
    h: 'gj',
    i: 'uo',
    j: 'hk',
    k: 'jl',
    l: 'k',
    m: 'n',
    n: 'bm',
  },
  ...{ o: 'ip', p: 'o', r: 'et', s: 'ad', t: 'ry', u: 'yi', v: 'cb', w: 'qe', x: 'zc', y: 'tu', z: 'ax' },
}
const HEARD: [string, string][] = [
  ...([
    ['rn', 'm'],
    ['ij', 'ei'],
    ['ei', 'ij'],
    ['ck', 'k'],
    ['oo', 'o'],
    ['aa', 'a'],
    ['d', 't'],
    ['th', 't'],
    ['c', 's'],
    ['g', 'ch'],
  ] as [string, string][]),
  ...([
    ['ou', 'au'],
    ['z', 's'],
    ['v', 'f'],
    ['ie', 'i'],
    ['y', 'i'],
    ['nn', 'n'],
    ['ll', 'l'],
    ['sj', 'ch'],
    ['oe', 'u'],
    ['h', ''],
  ] as [string, string][]),
]

/** A key beside it, a letter misheard or misread, left out, doubled or swapped; the first letter too, now and then. */
export function slipLetters(value: string, chance: Chance): string {
  const at = chance.happens(0.1) ? 0 : chance.below(value.length)
  const letter = value[at]!
  const rest = value.slice(at + 1)
  switch (chance.below(5)) {
    case 0:
      return value.slice(0, at) + chance.pick([...(KEYBOARD[letter.toLowerCase()] ?? letter)]) + rest
    case 1: {
      const fitting = HEARD.filter(([from]) => value.toLowerCase().indexOf(from, 1) > 0)
      if (fitting.length === 0) return value
      const [from, to] = chance.pick(fitting)
      const place = value.toLowerCase().indexOf(from, 1)
      return value.slice(0, place) + to + value.slice(place + from.length)
    }
    case 2:
      return value.length < 4 ? value : value.slice(0, at) + rest
    case 3:
      return value.slice(0, at) + letter + letter + rest
    default:
      return rest === '' ? value : value.slice(0, at) + rest[0] + letter + rest.slice(1)
  }
}

/** A birth date in either notation, written wrongly or only in part. */
export function slipDate(value: string, chance: Chance): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(value) ?? []
  if (year === '') return value
  const join = value.includes('-') ? '-' : ''
  const two = (number: number): string => String(number).padStart(2, '0')
  switch (chance.below(8)) {
    case 0:
      return [year, '01', '01'].join(join)
    case 1:
      return [year, month, '00'].join(join)
    case 2:
      return [year, '00', '00'].join(join)
    case 3:
      return Number(day) <= 12 ? [year, day, month].join(join) : value
    case 4:
      return [String(Number(year) + chance.pick([-10, -1, 1, 10])), month, day].join(join)
    case 5:
      return [year, two(1 + (Number(month) % 12)), day].join(join)
    case 6:
      return chance.pick(['', '0000-00-00', '1900-01-01'])
    default:
      return [year, month, two(1 + ((Number(day) + chance.pick([0, 9, 1, 19])) % 28))].join(join)
  }
}

/** One digit wrong, or two neighbours swapped. */
export function slipDigits(value: string, chance: Chance): string {
  const places = [...value].flatMap((letter, at) => (/\d/.test(letter) ? [at] : []))
  if (places.length === 0) return value
  const at = chance.pick(places)
  const next = value[at + 1]
  if (chance.happens(0.4) && next !== undefined && /\d/.test(next))
    return value.slice(0, at) + next + value[at] + value.slice(at + 2)
  return value.slice(0, at) + ((Number(value[at]) + 1 + chance.below(9)) % 10) + value.slice(at + 1)
}

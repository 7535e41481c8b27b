import { HubError } from '../errors.ts'

/** Opaque cursors: where the next page starts, as a number or an id. They hold no secret and stay valid. */
export function cursorOf(position: string | number): string {
  return Buffer.from(JSON.stringify([position])).toString('base64url')
}

/** Throws `ongeldige-invoer` when a cursor is not one of ours; absent or empty is the start. */
export function numberAfter(cursor: string | undefined, name = 'cursor'): number {
  const position = cursor ? parse(cursor) : 0
  if (typeof position !== 'number' || !Number.isSafeInteger(position) || position < 0) throw unusable(name)
  return position
}

/** A cursor by id, or by number as they were given out before: a number among all registrations tells how many others sent. */
export function placeAfter(cursor: string | undefined): string | number {
  const position = cursor ? parse(cursor) : 0
  return typeof position === 'number' ? numberAfter(cursor) : idAfter(cursor)
}

export function idAfter(cursor: string | undefined, name = 'cursor'): string {
  const position = cursor ? parse(cursor) : ''
  if (typeof position !== 'string' || position.includes('\0')) throw unusable(name)
  return position
}

function parse(cursor: string): unknown {
  try {
    const [position] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string | number]
    return cursorOf(position) === cursor ? position : undefined
  } catch {
    return undefined
  }
}

function unusable(name: string): HubError {
  const melding = `De ${name} is niet bruikbaar.`
  const watNu = 'Gebruik de waarde van `volgende` zoals die gegeven is, of laat haar weg om vooraan te beginnen.'
  return new HubError('ongeldige-invoer', { faults: [{ pointer: `/${name}`, code: 'cursor', melding, watNu }] })
}

/** One page out of rows that were asked one more than the limit; `next` is absent on the last page. */
export function pageOf<T>(rows: T[], limit: number, position: (row: T) => string | number): { rows: T[]; next?: string } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return rows.length > limit && last ? { rows: page, next: cursorOf(position(last)) } : { rows: page }
}

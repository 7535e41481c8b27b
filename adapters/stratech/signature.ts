import type { ConsentFromSource } from '../adapter.ts'
import { yearsOn } from '../ages.ts'
import { type Row, yesNo } from '../cells.ts'
import { SIGNATURE } from './columns.ts'

const signs_alone_from_years = 16

interface Signed {
  gezagsdragers: { kenmerk: string; relatie: 'ouder'; gezag: 'onbekend' }[]
  toestemmingen: ConsentFromSource[]
}

/**
 * A signature for sharing with third parties is one written yes, but the source does not say whose. From 16 it is taken to be that of
 * the young person; below that, or when the age is not known, of one parent whose custody is unknown. Nobody else's
 * yes is assumed: from 12 the young person's own is still missing.
 */
export function signatureOf(row: Row, born: string | undefined, day: string | undefined): Signed {
  if (!yesNo(row, SIGNATURE)) return { gezagsdragers: [], toestemmingen: [] }
  const isAlone = (yearsOn(born, day) ?? 0) >= signs_alone_from_years
  const gever = isAlone ? 'jeugdige' : 'ouder1'
  return {
    gezagsdragers: isAlone ? [] : [{ kenmerk: 'ouder1', relatie: 'ouder', gezag: 'onbekend' }],
    toestemmingen: [{ over: 'jeugdige', gever, antwoord: 'ja', vorm: 'schriftelijk', bereik: {} }],
  }
}

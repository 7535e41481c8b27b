import type { LinkKeys } from '../../crypto/derived-keys.ts'
import { datePartsOf } from './birth-date.ts'
import { NAMES } from './name-table.ts'
import { parseNames } from './names.ts'
import { soundKey } from './sound-key.ts'
import type { LinkSubject } from './subject.ts'

/**
 * Hashed anchors of a family. Two persons are family when they share one: a household anchor, a guardian, or a guardian of the one
 * who is the other (`self`). Anchors are never chained from person to person, so no family runs over two partner steps.
 */
export interface FamilyKeys {
  household: string[]
  guardians: string[]
  self: string | null
}

type Named = Pick<LinkSubject, 'voornamen' | 'voorvoegsel' | 'geslachtsnaam' | 'geboortedatum'>

/**
 * The family anchors of a registration: the sending client's own family reference, every parent who is named in full (given name,
 * surname and whole birth date), and for an adult the same token about himself. `role` is `rolInGezin`; absent, a subject who names
 * no parents may be one.
 */
export function familyKeysOf(
  registration: { subject: LinkSubject; role?: string | null },
  client: string,
  reference: string | null | undefined,
  keys: LinkKeys,
): FamilyKeys {
  const { subject, role } = registration
  const guardians = subject.ouders.map((parent) => parentAnchor(parent, keys)).filter((anchor) => anchor !== null)
  const mayBeParent = role == null ? subject.ouders.length === 0 : role !== 'jeugdige'
  return {
    household: reference ? [keys.token('gezin', `${client}|${reference}`)] : [],
    guardians: [...new Set(guardians)],
    self: mayBeParent ? parentAnchor(subject, keys) : null,
  }
}

/** None without all three: a name alone would make strangers family. */
function parentAnchor(person: Named, keys: LinkKeys): string | null {
  const { given, surnames } = parseNames(person, NAMES)
  const { year, month, day, newYear } = datePartsOf(person.geboortedatum)
  if (given[0] === undefined || surnames[0] === undefined || !year || !month || !day || newYear) return null
  return keys.token('gezin-ouder', [soundKey(given[0]), soundKey(surnames[0]), year, month, day].join('|'))
}

import { fold } from '../link/fold.ts'

interface Named {
  bsn?: string | null
  voornamen?: string | null
  roepnaam?: string | null
  geslachtsnaam?: string | null
  geboortedatum?: string | null
}

/**
 * Whether two versions of one registration name two different people: by their BSN where both have one; else where neither birth date nor
 * first name agrees. A spelling mended, a birth date completed or a name changed is the same person; of twins only the BSN tells.
 */
export function isAnother(before: Named, after: Named): boolean {
  if (before.bsn && after.bsn) return before.bsn !== after.bsn
  const sameBirth = agree(before.geboortedatum, after.geboortedatum)
  const [one, other] = [firstNameOf(before), firstNameOf(after)]
  const sameName = one && other ? agree(fold(one), fold(other)) : agree(foldOf(before.geslachtsnaam), foldOf(after.geslachtsnaam))
  return !sameBirth && !sameName
}

/** What one of them leaves out does not disagree, nor does a part of the other. */
function agree(a: string | null | undefined, b: string | null | undefined): boolean {
  return !a || !b || a.startsWith(b) || b.startsWith(a)
}

const firstNameOf = ({ voornamen, roepnaam }: Named) => voornamen?.split(' ')[0] ?? roepnaam

const foldOf = (name: string | null | undefined) => (name ? fold(name) : null)

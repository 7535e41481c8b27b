/** What ought to be seen, worked out anew from registrations and consents alone; it shares nothing with the hub. */

export const CHILDREN = {
  A: { born: '2019-05-06', age: 7, guardians: ['m'] },
  B: { born: '2013-05-06', age: 13, guardians: ['m', 'f'] },
  C: { born: '2009-05-06', age: 17, guardians: ['m', 'f'] },
  D: { born: '2018-01-01', age: 8, guardians: ['f'] },
} as const
export type Child = keyof typeof CHILDREN
export const ORGANISATIONS = ['mee', 'rubicon', 'vorkmeer'] as const
export type Recipient = (typeof ORGANISATIONS)[number] | 'coordinatiepunt'

export interface Answer {
  id: string
  giver: string
  yes: boolean
  /** The one organisation that it is for; null is everyone. */
  to: Recipient | null
}

export interface Dossier {
  by: (typeof ORGANISATIONS)[number]
  kenmerk: string
  child: Child
  version: number
  open: boolean
  answers: Answer[]
  overriddenFor: Recipient[]
}

/** The lines of one recipient's list, as `summaryOf` writes them. */
export function expectedFor(recipient: Recipient, dossiers: Dossier[]): string[] {
  const visible = dossiers.filter((each) => each.open && (each.by === recipient || mayBeTold(each, recipient, dossiers)))
  const groups = [
    ...Object.keys(CHILDREN).map((child) => ({ kind: 'persoon', members: visible.filter((each) => each.child === child) })),
    ...largest(['m', 'f'].map((guardian) => visible.filter((each) => parentsOf(each.child).includes(guardian)))),
  ]
  return groups.flatMap(({ kind, members }) => lineOf(kind, members, recipient)).sort()
}

function largest(families: Dossier[][]): { kind: string; members: Dossier[] }[] {
  const children = families.map((members) => new Set(members.map((each) => each.child)))
  const swallowed = (i: number) =>
    children.some((other, j) => j !== i && children[i]?.isSubsetOf(other) && (other.size > (children[i]?.size ?? 0) || j < i))
  return families.filter((_, i) => !swallowed(i)).map((members) => ({ kind: 'gezin', members }))
}

function lineOf(kind: string, members: Dossier[], recipient: Recipient): string[] {
  const own = members.filter((each) => each.by === recipient)
  const others = members.filter((each) => each.by !== recipient)
  const differ = (a: Dossier, b: Dossier) => a.by !== b.by && (kind === 'persoon' || a.child !== b.child)
  const asking = recipient === 'coordinatiepunt' ? others : own
  if (!asking.some((a) => others.some((b) => differ(a, b)))) return []
  const references = own.map((each) => each.kenmerk).sort()
  return [`${kind} ${references.join('+') || '-'}: ${others.map((each) => each.by).sort()}`]
}

function mayBeTold(dossier: Dossier, recipient: Recipient, dossiers: Dossier[]): boolean {
  const same = dossiers.filter((each) => each.by === dossier.by && each.child === dossier.child)
  if (same.some((each) => each.overriddenFor.includes(recipient))) return true
  const { age } = CHILDREN[dossier.child]
  const heard = [...(age < 16 ? parentsOf(dossier.child) : []), ...(age >= 12 ? ['jeugdige'] : [])]
  const answers = same.flatMap((each) => each.answers)
  return heard.every((giver) => {
    const given = answers.filter((each) => each.giver === giver && (each.to === null || each.to === recipient))
    const specific = given.filter((each) => each.to !== null)
    const counting = specific.length > 0 ? specific : given
    return counting.length > 0 && counting.every((each) => each.yes)
  })
}

export function parentsOf(child: Child): string[] {
  return [...CHILDREN[child].guardians]
}

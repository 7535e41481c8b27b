/** A parent as a registration names one. */
export interface SubjectParent {
  voornamen: string
  voorvoegsel: string
  geslachtsnaam: string
  geboortedatum: string
}

/** What a sender calls a line of a file; answered as it came. */
export type Rid = string | number

/** Whom a registration is about, as far as it says: the input line of `verwijsindex link`. Absent is the empty string. */
export interface LinkSubject {
  rid: Rid
  bsn: string
  voornamen: string
  roepnaam: string
  voorvoegsel: string
  geslachtsnaam: string
  partnernaam: string
  /** `jjjj-mm-dd`; parts may be absent or zeros. */
  geboortedatum: string
  geslacht: string
  postcode: string
  huisnummer: string
  toevoeging: string
  ouders: SubjectParent[]
  organisatie: string
}

/** The parts of a canonical registration that say whom it is about. */
export interface IdentifyingRegistration {
  persoon: {
    bsn?: string | null
    voornamen?: string | null
    roepnaam?: string | null
    voorvoegsel?: string | null
    geslachtsnaam?: string | null
    partnernaam?: string | null
    geboortedatum?: string | null
    verwachteGeboortedatum?: string | null
    geslacht?: string | null
    adres?: { postcode?: string | null; huisnummer?: number | string | null; toevoeging?: string | null } | null
    rolInGezin?: string | null
  }
  gezagsdragers?:
    | {
        relatie?: string | null
        voornamen?: string | null
        voorvoegsel?: string | null
        geslachtsnaam?: string | null
        geboortedatum?: string | null
      }[]
    | null
}

/** Reads any JSON value as a subject: what is absent, empty or of another type is as missing; unknown keys are ignored. */
export function subjectFrom(value: unknown): LinkSubject {
  const row = recordOf(value)
  const text = (part: string): string => textOf(row[part])
  return {
    rid: isRid(row.rid) ? row.rid : '',
    bsn: text('bsn'),
    voornamen: text('voornamen'),
    roepnaam: text('roepnaam'),
    voorvoegsel: text('voorvoegsel'),
    geslachtsnaam: text('geslachtsnaam'),
    partnernaam: text('partnernaam'),
    geboortedatum: text('geboortedatum'),
    geslacht: text('geslacht'),
    postcode: text('postcode'),
    huisnummer: text('huisnummer'),
    toevoeging: text('toevoeging'),
    ouders: Array.isArray(row.ouders) ? row.ouders.map(parentFrom) : [],
    organisatie: text('organisatie'),
  }
}

/**
 * The subject of a canonical registration. An expected birth date counts as its year only: children are born weeks before or after
 * it. Of the guardians only parents are parents; a guardian of another kind is no evidence of the child's family.
 */
export function subjectOf(registration: IdentifyingRegistration): LinkSubject {
  const { persoon } = registration
  const parents = (registration.gezagsdragers ?? []).filter(({ relatie }) => relatie === 'ouder' || relatie == null)
  return subjectFrom({
    ...persoon,
    ...persoon.adres,
    geboortedatum: persoon.geboortedatum ?? persoon.verwachteGeboortedatum?.slice(0, 4),
    ouders: parents,
  })
}

function parentFrom(value: unknown): SubjectParent {
  const row = recordOf(value)
  return {
    voornamen: textOf(row.voornamen),
    voorvoegsel: textOf(row.voorvoegsel),
    geslachtsnaam: textOf(row.geslachtsnaam),
    geboortedatum: textOf(row.geboortedatum),
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

export function isRid(value: unknown): value is Rid {
  return typeof value === 'string' || Number.isFinite(value)
}

/** The order of what lines are called; a number stands as its text does. */
export function compareRids(a: Rid, b: Rid): number {
  const [one, other] = [String(a), String(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}

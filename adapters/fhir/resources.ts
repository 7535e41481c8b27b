/** The parts of FHIR R4 resources that are read here; a partner may leave out any of it. */
export interface Resource {
  resourceType: string
  id?: string
  meta?: { lastUpdated?: string }
}

export interface Extended {
  extension?: { url?: string; valueString?: string; valueCode?: string; valueCodeableConcept?: Concept }[]
}

export interface Concept {
  coding?: { system?: string; code?: string; display?: string }[]
  text?: string
}

export interface HumanName {
  use?: string
  text?: string
  family?: string
  _family?: Extended
  given?: string[]
  _given?: (Extended | null)[]
}

export interface Address {
  use?: string
  postalCode?: string
  line?: string[]
  _line?: (Extended | null)[]
  _district?: Extended
}

export interface Person extends Resource {
  identifier?: { system?: string; value?: string }[]
  name?: HumanName[]
  gender?: string
  birthDate?: string
  address?: Address[]
}

export interface Patient extends Person {
  link?: { other?: Reference; type?: string }[]
}

export interface RelatedPerson extends Person {
  active?: boolean
  patient?: Reference
  relationship?: Concept[]
}

export interface Reference {
  reference?: string
  display?: string
}

interface Period {
  start?: string
  end?: string
}

export interface Episode extends Resource {
  status?: string
  patient?: Reference
  /** Of a CareTeam. */
  subject?: Reference
  period?: Period
  careManager?: Reference
  managingOrganization?: Reference
  participant?: { member?: Reference }[]
}

export interface Consent extends Resource {
  status?: string
  patient?: Reference
  dateTime?: string
  performer?: Reference[]
  sourceAttachment?: unknown
  sourceReference?: unknown
  provision?: { type?: string; period?: Period; actor?: unknown[] }
}

interface Telecom {
  telecom?: { system?: string; value?: string; use?: string }[]
}

export interface Role extends Resource, Telecom {
  code?: Concept[]
  specialty?: Concept[]
  organization?: Reference
}

export interface Organization extends Resource, Telecom {
  name?: string
}

/** Everything that a partner's server told in one go, found by `Type/id`. */
export type Picture = Map<string, Resource>

export const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`

/** `Type/id` of a reference within the same server; undefined for any other, whose ids mean something else. */
export function targetOf(reference: Reference | undefined): string | undefined {
  return /^([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference?.reference ?? '')?.[1]
}

export function allOf<T extends Resource>(picture: Picture, ...types: string[]): T[] {
  return [...picture.values()].filter(({ resourceType }) => types.includes(resourceType)) as T[]
}

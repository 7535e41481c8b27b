import { nameOf, type Picture } from '../../../adapters/fhir/resources.ts'
import { type Bundle, resourcesOf } from './bundle.ts'
import type { FhirReader } from './client.ts'

const AROUND = ['EpisodeOfCare:patient', 'CareTeam:patient', 'RelatedPerson:patient', 'Consent:patient']
/** What those refer to, and is fetched by id: not every server takes such references along. */
const BEHIND = ['Organization', 'PractitionerRole', 'Patient']
const ROUNDS = 2
const PICTURE_MAX = 100

/** The patients with all that hangs on them, what that refers to, and those they were merged into. */
export async function pictureOf(reader: FhirReader, patients: readonly string[]): Promise<Picture> {
  const picture: Picture = new Map()
  await fetchByIds(reader, picture, 'Patient', patients, { _revinclude: AROUND })
  for (let round = 0; round < ROUNDS; round++) {
    const missing = [...new Set(JSON.stringify([...picture.values()]).match(REFERENCES) ?? [])]
      .map((text) => text.slice(REFERENCE.length, -1))
      .filter((name) => !picture.has(name))
    for (const type of BEHIND) {
      const names = missing.filter((name) => name.startsWith(`${type}/`))
      await fetchByIds(reader, picture, type, names, {})
    }
  }
  return picture
}

const REFERENCE = '"reference":"'
const REFERENCES = /"reference":"[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}"/g

/** Adds what there is of these names, all of one type. */
export async function fetchByIds(
  reader: FhirReader,
  into: Picture,
  type: string,
  names: readonly string[],
  around: { _revinclude?: string[] },
) {
  const ids = names.map((name) => name.split('/')[1] ?? '')
  for (let from = 0; from < ids.length; from += PICTURE_MAX) {
    const query = { _id: ids.slice(from, from + PICTURE_MAX).join(','), _count: PICTURE_MAX, ...around }
    for (let page: Bundle | null = await reader.search(type, query); page; page = await reader.next(page))
      for (const resource of resourcesOf(page)) into.set(nameOf(resource), resource)
  }
}

import { nameOf, type Resource, targetOf } from '../../../adapters/fhir/resources.ts'

/** A page of results, or of history. */
export interface Bundle extends Resource {
  link?: { relation?: string; url?: string }[]
  entry?: { resource?: Resource; request?: { method?: string; url?: string } }[]
}

/** What was asked for; what the server remarks on it is no part of that. */
export function resourcesOf({ entry = [] }: Bundle): Resource[] {
  return entry.flatMap(({ resource }) => (resource && resource.resourceType !== 'OperationOutcome' ? [resource] : []))
}

/** `Type/id` of what a page of history says was deleted. */
export function deletedIn({ entry = [] }: Bundle): string[] {
  return entry.flatMap(({ request }) => (request?.method === 'DELETE' ? (targetOf({ reference: request.url ?? '' }) ?? []) : []))
}

/** `Patient/id` of whom a resource is about. */
export function patientOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return nameOf(resource)
  const { patient, subject } = resource as { patient?: { reference?: string }; subject?: { reference?: string } }
  return targetOf(patient ?? subject)
}

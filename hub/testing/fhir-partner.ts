import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pullSources } from '../edges/fhir/pull.ts'
import type { FhirSource } from '../edges/fhir/settings.ts'
import type { TestHub } from './hub.ts'
import { recordedLog } from './recorded-log.ts'
import { aBsn } from './registration.ts'

const ROLE_CODE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
export const BSN_SYSTEM = 'http://fhir.nl/fhir/NamingSystem/bsn'

export interface Entry {
  resource?: object
  request: object
}

interface Own {
  id: string
  kenmerk: string
  versie: number
  betrokkenheid: { status: string }
}

/** A partner with a real FHIR server, which may hold what earlier runs left: its names end on `run`, and its persons are new. */
export interface FhirPartner {
  run: string
  source: FhirSource
  send(method: string, path: string, body?: object): Promise<Response>
  put(path: string, resource: object): Promise<Response>
  transaction(entry: Entry[]): Promise<Response>
  /** Reads the source once, to its end; answers what the hub had to say of it. */
  pull(test: TestHub, options?: { source?: FhirSource; signal?: AbortSignal }): Promise<Record<string, unknown>[]>
  patient(number: number, extra?: object): object
  episode(id: string, extra?: object): object
  /** The mother of the patient with the same id. */
  mother(id: string): object
  /** What the mother says. */
  consent(id: string): object
  close(): void
}

/** `server`: where it is, and the token that it asks for. */
export function fhirPartner(server: Record<string, string>): FhirPartner {
  const folder = mkdtempSync(join(tmpdir(), 'fhir-'))
  const run = `${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`
  const tokenFile = join(folder, 'token')
  writeFileSync(tokenFile, server.token!)
  const tls = { certificateFile: null, keyFile: null, caFile: null }
  const limits = { everySeconds: 0, requestsPerSecond: 1000, pageSize: 20 }
  const own: FhirSource = { client: 'mee', url: server.url!, tokenFile, ...tls, ...limits }
  const send = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${server.url}${path ? `/${path}` : ''}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/fhir+json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`)
    return answer
  }
  return {
    ...resources(),
    run,
    source: own,
    send,
    put: (path, resource) => send('PUT', path, { ...resource, id: path.split('/')[1] }),
    transaction: (entry) => send('POST', '', { resourceType: 'Bundle', type: 'transaction', entry }),
    async pull({ hub }, { source = own, signal = new AbortController().signal } = {}) {
      const { log, lines } = recordedLog()
      await pullSources(hub, [source], log, signal)()
      return lines
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

export const upsert = (type: string, id: string, resource: object): Entry => ({
  resource: { ...resource, id },
  request: { method: 'PUT', url: `${type}/${id}` },
})

/** The registrations that the partner has at the hub. */
export async function ownOf(test: TestHub): Promise<Own[]> {
  const all: Own[] = []
  for (let cursor = ''; ; ) {
    const { body } = await test.ask('mee', 'GET', `/registraties?limiet=1000${cursor && `&cursor=${cursor}`}`)
    all.push(...body.registraties)
    if (!body.volgende) return all
    cursor = body.volgende
  }
}

export async function namedIn(test: TestHub, episode: string): Promise<Own | undefined> {
  return (await ownOf(test)).find(({ kenmerk }) => kenmerk === `EpisodeOfCare/${episode}`)
}

function resources(): Pick<FhirPartner, 'patient' | 'episode' | 'mother' | 'consent'> {
  const first = Math.floor(Math.random() * 4_000_000)
  const prefix = { url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-prefix', valueString: 'van den' }
  const family = { url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: 'Proef' }
  const name = { use: 'official', family: 'van den Proef', _family: { extension: [prefix, family] } }
  return {
    patient: (number, extra = {}) => ({
      resourceType: 'Patient',
      identifier: [{ system: BSN_SYSTEM, value: aBsn(first + number) }],
      name: [{ ...name, given: [`Noor${number}`] }],
      gender: 'female',
      birthDate: '2013-04-01',
      ...extra,
    }),
    episode: (id, extra = {}) => ({
      resourceType: 'EpisodeOfCare',
      status: 'active',
      patient: { reference: `Patient/${id}` },
      period: { start: '2026-10-01' },
      ...extra,
    }),
    mother: (id) => ({
      resourceType: 'RelatedPerson',
      patient: { reference: `Patient/${id}` },
      relationship: [{ coding: [{ system: ROLE_CODE, code: 'MTH' }] }],
      name: [{ family: 'Smit', given: ['Petra'] }],
    }),
    consent: (id) => ({
      resourceType: 'Consent',
      status: 'active',
      scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
      policyRule: { text: 'toestemming' },
      patient: { reference: `Patient/${id}` },
      performer: [{ reference: `RelatedPerson/${id}` }],
      dateTime: '2026-10-02',
      provision: { type: 'permit' },
    }),
  }
}

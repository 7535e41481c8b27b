import { aBsn } from '../../hub/testing/registration.ts'
import type { Address } from '../engines/engine.ts'
import { type Front, frontOf } from './fhir-front.ts'

const PER_TRANSACTION = 100
const RETRY_AFTER_S = 1

/** Puts so many new patients on a server, each with an episode; answers the names of the episodes. */
export async function fillServer({ url, token }: Address, patients: number, run: string): Promise<string[]> {
  const names = Array.from({ length: patients }, (_, number) => `${run}-${number}`)
  for (let from = 0; from < patients; from += PER_TRANSACTION) {
    const entry = names.slice(from, from + PER_TRANSACTION).flatMap((id, at) => [
      upsert({ ...patient(from + at), id }),
      upsert({
        resourceType: 'EpisodeOfCare',
        id,
        status: 'active',
        patient: { reference: `Patient/${id}` },
        period: { start: '2026-10-01' },
      }),
    ])
    const answer = await fetch(url as string, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
    })
    if (!answer.ok) throw new Error(`the server refuses: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
    await answer.body?.cancel()
  }
  return names.map((name) => `EpisodeOfCare/${name}`)
}

function patient(number: number) {
  return {
    resourceType: 'Patient',
    identifier: [{ system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: aBsn(number) }],
    name: [{ use: 'official', family: `Voorbeeld${number % 7919}`, given: [`Proef${number}`] }],
    birthDate: `2013-0${1 + (number % 9)}-11`,
  }
}

function upsert(resource: { resourceType: string; id: string; [member: string]: unknown }) {
  return { resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }
}

/** A server in front of another, that is busy now and then. */
export interface BusyServer extends Front {
  /** Pages of patients that were asked for, and requests in all. */
  pages: number
  requests: number
  /** Answers of 429 and 503, and requests that came before the time that they named. */
  busy: number
  early: number
  onPage(page: number): void
  /** Who asks next is another process, which was told nothing yet. */
  anotherAsks(): void
}

/** Passes on what it is asked, under its own address; every `busyEvery`th request is answered 429 or 503, in turn. */
export async function busyServer(target: string, busyEvery: number): Promise<BusyServer> {
  let freeAt = 0
  const front = await frontOf(target, {
    take({ url = '' }, response) {
      own.requests++
      if (performance.now() < freeAt) own.early++
      if (own.requests % busyEvery === 0) {
        freeAt = performance.now() + RETRY_AFTER_S * 1000
        response.writeHead(own.busy++ % 2 === 0 ? 429 : 503, { 'retry-after': String(RETRY_AFTER_S) }).end()
        return true
      }
      if (/^\/fhir\/Patient\?.*_lastUpdated|_getpages/.test(url)) own.onPage(++own.pages)
      return false
    },
  })
  const own: BusyServer = {
    ...front,
    pages: 0,
    requests: 0,
    busy: 0,
    early: 0,
    onPage() {},
    anotherAsks() {
      freeAt = 0
    },
  }
  return own
}

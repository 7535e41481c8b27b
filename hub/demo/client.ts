import { setTimeout as wait } from 'node:timers/promises'
import { type ClientSettings, type VerwijsindexClient, verwijsindexClient } from '../../client/client.ts'
import type { Batchresultaat, Toestemming } from '../../schemas/types.ts'
import { type ErrorCode, HubError } from '../errors.ts'

/** One organisation's system, as an outside program would be: its own token, the public API, nothing else. */
export interface ApiClient {
  sendFile(adapter: string, contentType: string, bytes: Buffer): Promise<Batchresultaat>
  giveConsent(body: object): Promise<void>
  /** Ids of the own registrations, by `kenmerk`. */
  registrationIds(): Promise<Map<string, string>>
  /** Resolves when nothing that was sent still waits. */
  untilProcessed(): Promise<void>
}

const PAGE = 1000

/** What is wrong with what was sent or who sent it, and not with the hub: by status. */
const REFUSALS: Record<number, ErrorCode> = {
  400: 'ongeldige-invoer',
  403: 'onvoldoende-rechten',
  404: 'niet-gevonden',
  413: 'te-groot',
}

/** What was answered, or the refusal of it; that the hub cannot answer now is thrown on. */
export async function refusalOf<T>(asked: Promise<T>): Promise<T | HubError> {
  return asked.catch((error: unknown) => {
    if (error instanceof HubError && Object.values(REFUSALS).includes(error.code)) return error
    throw error
  })
}

export function apiClient(settings: ClientSettings): ApiClient {
  const api = verwijsindexClient(settings)
  return {
    async sendFile(adapter, contentType, bytes) {
      const sent = api.POST('/registraties/_bestand', {
        params: { query: { adapter } },
        headers: { 'content-type': contentType },
        body: bytes as unknown as never,
        bodySerializer: () => new Uint8Array(bytes),
      })
      return (await dataOf(sent)) as Batchresultaat
    },
    async giveConsent(body) {
      await dataOf(api.POST('/toestemmingen', { body: body as Toestemming }))
    },
    registrationIds: () => registrationIds(api),
    async untilProcessed() {
      for (;;) {
        const query = { status: 'ontvangen', limiet: 1 } as const
        const { registraties } = await dataOf(api.GET('/registraties', { params: { query } }))
        if (registraties.length === 0) return
        await wait(50)
      }
    },
  }
}

async function registrationIds(api: VerwijsindexClient): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  let cursor = ''
  do {
    const page = await dataOf(api.GET('/registraties', { params: { query: { limiet: PAGE, cursor } } }))
    for (const { kenmerk, id } of page.registraties) ids.set(kenmerk, id)
    cursor = page.volgende ?? ''
  } while (cursor)
  return ids
}

/** What was answered; a refusal becomes an error with what the hub said of it. */
async function dataOf<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked
  if (data !== undefined) return data
  const { fouten, detail } = (error ?? {}) as { fouten?: { melding: string }[]; detail?: string }
  const told = fouten?.map(({ melding }) => melding).join(' ') ?? detail ?? JSON.stringify(error)
  throw new HubError(REFUSALS[response.status] ?? 'conflict', {
    detail: `${new URL(response.url).pathname} gaf ${response.status}: ${told}`,
  })
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Batchresultaat, RegistratieLijst } from '../../schemas/types.ts'
import type { Credentials } from '../edges/auth/token-source.ts'
import { HubError } from '../errors.ts'

/** One organisation's system, as an outside program would be: its own token, the public API, nothing else. */
export interface ApiClient {
  sendFile(adapter: string, contentType: string, bytes: Buffer): Promise<Batchresultaat>
  giveConsent(body: object): Promise<void>
  /** Ids of the own registrations, by `kenmerk`. */
  registrationIds(): Promise<Map<string, string>>
  /** Resolves when nothing that was sent still waits. */
  untilProcessed(): Promise<void>
}

const TRIES_MAX = 20

export function apiClient(baseUrl: string, credentials: Credentials): ApiClient {
  const call = async (method: string, path: string, contentType?: string, body?: Buffer | string) => {
    for (let attempt = 1; ; attempt++) {
      const url = `${baseUrl}/v1${path}`
      const headers = { ...(await credentials(method, url)), ...(contentType ? { 'content-type': contentType } : {}) }
      const response = await fetch(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
      })
      const again = (response.status === 429 || response.status === 503) && attempt < TRIES_MAX
      if (!again) return answerOf(response, `${method} ${path}`)
      await wait(Number(response.headers.get('retry-after') ?? 1) * 1000)
    }
  }
  const pages = async function* (path: string) {
    let cursor = ''
    do {
      const page = (await call('GET', `${path}&cursor=${encodeURIComponent(cursor)}`)) as RegistratieLijst
      yield* page.registraties
      cursor = page.volgende ?? ''
    } while (cursor)
  }
  return {
    sendFile: (adapter, contentType, bytes) =>
      call('POST', `/registraties/_bestand?adapter=${adapter}`, contentType, bytes) as Promise<Batchresultaat>,
    async giveConsent(body) {
      await call('POST', '/toestemmingen', 'application/json', JSON.stringify(body))
    },
    async registrationIds() {
      const ids = new Map<string, string>()
      for await (const { kenmerk, id } of pages('/registraties?limiet=1000')) ids.set(kenmerk, id)
      return ids
    },
    async untilProcessed() {
      for (;;) {
        const { registraties } = (await call('GET', '/registraties?status=ontvangen&limiet=1')) as RegistratieLijst
        if (registraties.length === 0) return
        await wait(50)
      }
    },
  }
}

async function answerOf(response: Response, what: string): Promise<unknown> {
  const text = await response.text()
  if (response.ok) return text === '' ? undefined : JSON.parse(text)
  throw new HubError('conflict', { detail: `${what} gaf ${response.status}: ${text}` })
}

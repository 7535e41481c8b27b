import type { TestHub } from './hub.ts'
import { aRegistration } from './registration.ts'
import type { Answer } from './request.ts'

type Json = Record<string, unknown>

/** What is sent of one registration; the rest is made up. */
export interface Sent {
  by: string
  kenmerk: string
  persoon: Json
  gezagsdragers?: Json[]
  [field: string]: unknown
}

/** The steps of a test in the words of the domain. Each fails the test when the hub refuses it. */
export function scenarioOn(test: TestHub) {
  const ids = new Map<string, string>()
  const idOf = (by: string, kenmerk: string) => ids.get(`${by}/${kenmerk}`) as string
  const must = async (by: string, method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await test.ask(by, method, path, body === undefined ? {} : { body })
    if (answer.status >= 300) throw new Error(`${by} ${method} ${path}: ${answer.status} ${answer.text}`)
    return answer
  }
  return {
    idOf,
    must,
    /** Sends a registration, or a newer version of it, and waits until it is processed. */
    async register({ by, ...rest }: Sent): Promise<string> {
      const bronbericht = `${by}-${rest.kenmerk}-${rest.versie ?? 1}`
      const answer = await must(by, 'POST', '/registraties', aRegistration({ bronbericht, ...rest }))
      ids.set(`${by}/${rest.kenmerk}`, answer.body.id)
      await test.untilProcessed()
      return answer.body.id
    },
    /** Records an answer; `gever` and scope as in the API. */
    async consent(by: string, kenmerk: string, answer: Json): Promise<string> {
      const body = {
        registratie: idOf(by, kenmerk),
        over: 'jeugdige',
        antwoord: 'ja',
        vorm: 'schriftelijk',
        bereik: {},
        ...answer,
      }
      return (await must(by, 'POST', '/toestemmingen', body)).body.id
    },
    async withdraw(by: string, consent: string): Promise<void> {
      await must(by, 'POST', `/toestemmingen/${consent}/intrekkingen`, {})
    },
    async end(by: string, kenmerk: string, versie: number, einddatum: string): Promise<void> {
      const body = { versie, einddatum, afsluitreden: 'doelen-bereikt' }
      await must(by, 'POST', `/registraties/${idOf(by, kenmerk)}/beeindigingen`, body)
      await test.untilProcessed()
    },
    async matches(by: string, query = ''): Promise<Json[]> {
      return (await must(by, 'GET', `/matches${query}`)).body.matches
    },
    /** Types of events after a cursor, without the common prefix. */
    async events(by: string, na = ''): Promise<{ types: string[]; next: string; paths: string[] }> {
      const types: string[] = []
      const paths: string[] = []
      for (let next = na; ; ) {
        const { gebeurtenissen, volgende } = (await must(by, 'GET', `/gebeurtenissen?na=${next}&limiet=1000`)).body
        for (const event of gebeurtenissen) {
          types.push(event.type.replace(/^nl\.verwijsindex\.|\.v1$/g, ''))
          paths.push(event.dataref)
        }
        next = volgende
        if (gebeurtenissen.length < 1000) return { types, next, paths }
      }
    },
  }
}

/** What a list of matches says, without ids and times: kind, own references, and the other organisations. */
export function summaryOf(matches: Json[]): string[] {
  return matches
    .map((match) => {
      const parties = (match.betrokkenen as { organisatie: { id: string } }[]).map((party) => party.organisatie.id).sort()
      return `${match.soort} ${(match.eigenKenmerken as string[]).toSorted().join('+') || '-'}: ${parties.join()}`
    })
    .sort()
}

import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import type { AttackAnswer } from '../edges/auth/testing/send-attack.ts'
import type { TestHub } from './hub.ts'

/** What became of one attack. */
export interface Outcome {
  attack: string
  status: number
  /** Lines that it left in the access log. */
  lines: number
}

const GUIDE = new URL('../../docs/security.md', import.meta.url)
const REFUSALS = {
  401: {
    type: 'urn:verwijsindex:fout:token-ongeldig',
    title: 'Geen geldig token',
    detail: 'Het toegangstoken ontbreekt of is niet geldig. Vraag een nieuw token aan bij de identiteitsdienst.',
  },
  403: {
    type: 'urn:verwijsindex:fout:onvoldoende-rechten',
    title: 'Onvoldoende rechten',
    detail: 'Dit token mag deze handeling niet doen; vraag een token met de juiste scope.',
  },
}

/** Sends an attack on `GET /v1/matches`; it must get the one refusal, byte for byte, and leave exactly one line in the access log. */
export async function refusedOnce(
  test: TestHub,
  attack: string,
  send: () => Promise<AttackAnswer>,
  status: 401 | 403 = 401,
): Promise<Outcome> {
  const before = await test.hub.accessLog.size()
  const answer = await send()
  expect(answer.status).to.equal(status)
  expect(answer.headers['content-type']).to.match(/^application\/problem\+json/)
  expect(answer.headers['api-version']).to.equal('1.0.0')
  const { title, type, detail } = REFUSALS[status]
  const body = { type, title, status, detail, instance: 'urn:verwijsindex:bewerking:matchesOpvragen' }
  expect(answer.body).to.equal(JSON.stringify(body))
  const lines = (await test.hub.accessLog.size()) - before
  expect(lines).to.equal(1)
  return { attack, status, lines }
}

/** Holds the outcomes against the table of this kind in docs/security.md; or writes it anew. */
export function expectDocumented(kind: string, outcomes: Outcome[], writeAnew: boolean): void {
  const start = `<!-- attacks: ${kind} -->\n`
  const text = readFileSync(GUIDE, 'utf8')
  const [before = '', rest = ''] = text.split(start)
  const after = rest.slice(rest.indexOf('<!-- end -->'))
  const rows = outcomes.map(({ attack, status, lines }) => `| ${attack} | ${status} | ${lines} |\n`)
  const written = `${before}${start}| attack | answer | lines in the log |\n|---|---|---|\n${rows.join('')}${after}`
  if (writeAnew) writeFileSync(GUIDE, written)
  else expect(text, 'docs/security.md is behind: npm run docs').to.equal(written)
}

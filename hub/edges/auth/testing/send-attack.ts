import { type IncomingHttpHeaders, request } from 'node:http'
import type { Attack, AttackKit } from './attack.ts'

export interface AttackAnswer {
  status: number
  body: string
  headers: IncomingHttpHeaders
}

/** Sends one attack over HTTP, with headers exactly as the attack has them, to a hub or to a server around a verifier. */
export async function sendAttack(attack: Attack, kit: AttackKit, url: string): Promise<AttackAnswer> {
  const { headers, query } = await attack.send(kit)
  return new Promise((resolve, reject) => {
    const sent = request(query === undefined ? url : `${url}?${query}`, { headers, agent: false }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: answer.headers })
    })
    sent.on('error', reject)
    sent.end()
  })
}

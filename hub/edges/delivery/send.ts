import { randomBytes } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { deliveryAddress } from './address.ts'

/** What came of one attempt: delivered, gone for good (410), or to be tried again. */
export interface Attempt {
  outcome: 'geleverd' | 'gestopt' | 'mislukt'
  /** HTTP status or a short reason; no content of the receiver's answer. */
  status: string
  retryAfter_s: number
}

const TIMEOUT_MS = 15_000

/** Sends one thin, signed message (Standard Webhooks). Redirects are refused: they could lead anywhere. */
export async function sendWebhook(
  target: { url: string; secret: string; allowLoopback: boolean },
  message: { id: string; at: Date; body: string; traceId: string },
): Promise<Attempt> {
  try {
    const url = new URL(target.url)
    const address = await deliveryAddress(url.hostname, target.allowLoopback)
    const headers = {
      'content-type': 'application/cloudevents+json',
      'user-agent': 'verwijsindex',
      // W3C Trace Context: the trace of what the event came of, in a span of this attempt.
      traceparent: `00-${message.traceId}-${randomBytes(8).toString('hex')}-01`,
      'webhook-id': message.id,
      'webhook-timestamp': String(Math.floor(message.at.getTime() / 1000)),
      'webhook-signature': new Webhook(target.secret).sign(message.id, message.at, message.body),
    }
    return judge(await post(url, address, headers, message.body))
  } catch (error) {
    return { outcome: 'mislukt', status: error instanceof Error ? error.message.slice(0, 100) : 'fout', retryAfter_s: 0 }
  }
}

interface Answer {
  status: number
  retryAfter: string | undefined
}

function post(url: URL, address: string, headers: Record<string, string>, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        lookup: (_host, options, done) =>
          options.all ? done(null, [{ address, family: isIP(address) }]) : done(null, address, isIP(address)),
      },
      (response) => {
        response.resume()
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
      },
    )
    request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error('geen antwoord op tijd')))
    request.on('error', reject)
    request.end(body)
  })
}

function judge({ status, retryAfter }: Answer): Attempt {
  const retryAfter_s = Number(retryAfter ?? 0) || 0
  if (status >= 200 && status < 300) return { outcome: 'geleverd', status: String(status), retryAfter_s }
  if (status === 410) return { outcome: 'gestopt', status: '410', retryAfter_s }
  return { outcome: 'mislukt', status: String(status), retryAfter_s }
}

import type { ServerResponse } from 'node:http'
import type { Abonnement } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import { cursorOf, numberAfter } from '../../../flows/cursor.ts'
import { lookEvents, readEvents, showEvent } from '../../../flows/look-others.ts'
import { endSubscription, lookSubscriptions, subscribe } from '../../../flows/subscriptions.ts'
import type { EventRow } from '../../../rows.ts'
import { lineOf } from '../../../stages/audit/line-of.ts'
import { type ApiRequest, type Handlers, idOf, pageQuery } from '../handler.ts'
import { outflow } from '../outflow.ts'

/** A stream ends after this long, or sooner with its token; the reader comes back with a fresh one and `Last-Event-ID`. */
const STREAM_MAX_MS = 15 * 60_000
const LOOK_EVERY_MS = 1000
const PAGE = 100

/** The feed by cursor, as a stream, and by webhook. */
export const eventHandlers: Handlers = {
  gebeurtenissenOpvragen(request) {
    const { na, limiet } = request.values
    return lookEvents(request.hub, request.principal, { ...(na ? { na: String(na) } : {}), limiet: Number(limiet ?? PAGE) })
  },
  async gebeurtenissenVolgen(request) {
    const after = numberAfter(String(request.values['Last-Event-ID'] ?? ''), 'Last-Event-ID')
    return {
      contentType: 'text/event-stream',
      lines: [streamLine(request)],
      stream: (response) => void follow(request, response, after),
    }
  },
  abonnementenOpvragen: (request) => lookSubscriptions(request.hub, request.principal, pageQuery(request)),
  async abonnementAanmaken({ hub, principal, body }) {
    return { body: await subscribe(hub, principal, body.json as Abonnement) }
  },
  async abonnementVerwijderen(request) {
    await endSubscription(request.hub, request.principal, idOf(request))
    return {}
  },
}

function streamLine({ principal }: ApiRequest) {
  return lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: 'gebeurtenissen' })
}

/** Sends what is after a number, and then each event as it comes; every batch is in the access log before it leaves. */
async function follow(request: ApiRequest, response: ServerResponse, start: number): Promise<void> {
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8')
  response.setHeader('X-Accel-Buffering', 'no')
  const flow = outflow(response, { within_ms: STREAM_MAX_MS, look_ms: LOOK_EVERY_MS, mayGoOn: request.mayGoOn })
  const stopListening = request.hub.delivery.listen(flow.wake)
  try {
    await flow.write(': verbonden\n\n')
    for (let after = start; flow.goesOn(); ) {
      const rows = await readEvents(request.hub, request.principal, after, PAGE)
      if (rows.length > 0) {
        await request.log([streamLine(request)])
        await flow.write(rows.map((row) => eventText(request, row)).join(''))
        after = (rows.at(-1) as EventRow).number
      }
      if (rows.length < PAGE) await flow.pause()
      if (rows.length === 0) await flow.write(': \n\n')
    }
  } catch (error) {
    if (!(error instanceof HubError)) response.destroy(error as Error)
  } finally {
    flow.end()
    stopListening()
  }
}

function eventText({ hub }: ApiRequest, row: EventRow): string {
  const event = showEvent(hub, row)
  return `id: ${cursorOf(row.number)}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

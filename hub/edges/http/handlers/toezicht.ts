import type { InzagenVraag, LogregelsUitvoervraag } from '../../../../schemas/types.ts'
import { exportLog } from '../../../flows/export-log.ts'
import { lookSeen, lookSeenOf } from '../../../flows/look-seen.ts'
import { lookSignals, lookWeek } from '../../../flows/look-signals.ts'
import { reportHtml } from '../../../stages/audit/report-html.ts'
import { type Handlers, idOf } from '../handler.ts'

/** The privacy officer's work on the access log. */
export const oversightHandlers: Handlers = {
  async logregelsExporteren({ hub, principal, body }) {
    const { body: page, lines } = await exportLog(hub, principal, body.json as LogregelsUitvoervraag)
    return { body: page.text, contentType: page.type, lines, ...(page.next === undefined ? {} : { next: page.next }) }
  },
  signalenOpvragen: ({ hub, principal, values: { van, tot } }) =>
    lookSignals(hub, principal, { ...(van ? { van: String(van) } : {}), ...(tot ? { tot: String(tot) } : {}) }),
  async weekrapportOpvragen({ hub, principal, values: { week, vorm } }) {
    const { body, lines } = await lookWeek(hub, principal, week === undefined ? undefined : String(week))
    return vorm === 'html' ? { body: reportHtml(body), contentType: 'text/html; charset=utf-8', lines } : { body, lines }
  },
  inzagenOpvragen: (request) => lookSeen(request.hub, request.principal, idOf(request)),
  persoonInzagenOpvragen: ({ hub, principal, body }) => lookSeenOf(hub, principal, body.json as InzagenVraag),
}

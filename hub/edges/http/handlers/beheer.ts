import type { LogregelsZoekvraag, PersonenZoekvraag, Status } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import { type FigureQuery, lookFigures } from '../../../flows/coordination/look-figures.ts'
import { findPerson, lookLog } from '../../../flows/look-log.ts'
import { lookQuarantine } from '../../../flows/look-others.ts'
import { lineOf } from '../../../stages/audit/line-of.ts'
import { dayOf } from '../../../stages/calendar.ts'
import { figuresCsv } from '../figures-csv.ts'
import { type ApiAnswer, type ApiRequest, type Handlers, pageQuery } from '../handler.ts'
import { API_VERSION } from '../headers.ts'
import { yearlyReport } from '../yearly-report.ts'

/** The administrator's and the privacy officer's looks. */
export const officeHandlers: Handlers = {
  quarantaineOpvragen: (request) => lookQuarantine(request.hub, request.principal, pageQuery(request)),
  async cijfersOpvragen({ hub, principal, values, prefers }) {
    const answer = await lookFigures(hub, principal, figureQuery(values))
    const isCsv =
      values.formaat === undefined ? prefers(['application/json', 'text/csv']) === 'text/csv' : values.formaat === 'csv'
    if (!isCsv) return answer
    return { ...answer, body: figuresCsv(answer.body), contentType: 'text/csv; charset=utf-8' }
  },
  async jaarverslagOpvragen({ hub, principal, values }) {
    const year = Number(values.jaar ?? dayOf(hub.clock.domain()).slice(0, 4))
    const period = { van: `${year}-01-01`, tot: `${year}-12-31` }
    const { body, lines } = await lookFigures(hub, principal, { ...figureQuery(values), ...period })
    return { body: yearlyReport(year, body), lines, contentType: 'text/html; charset=utf-8' }
  },
  async statusOpvragen({ hub, principal }) {
    const body: Status = { versie: API_VERSION, demo: hub.demo, poorten: hub.engines }
    return { body, lines: [lineOf(principal, { actie: 'beheren', uitkomst: 'toegestaan', object: 'status' })] }
  },
  logregelsZoeken: ({ hub, principal, body }) => lookLog(hub, principal, body.json as LogregelsZoekvraag),
  personenZoeken: ({ hub, principal, body }) => findPerson(hub, principal, body.json as PersonenZoekvraag),
  async logregelBewijsOpvragen(request) {
    const text = String(request.values.nummer)
    const number = Number(text)
    if (!/^[1-9]\d{0,15}$/.test(text) || !Number.isSafeInteger(number)) throw new HubError('niet-gevonden')
    return logAnswer(request, await request.hub.accessLog.proof(number), `logregel ${number}`)
  },
  async controlepuntOpvragen(request) {
    return {
      ...logAnswer(request, await request.hub.accessLog.checkpoint(), 'controlepunt'),
      contentType: 'text/plain; charset=utf-8',
    }
  },
  async controlepuntSleutelOpvragen(request) {
    return { ...logAnswer(request, request.hub.accessLog.key, 'controlepunt-sleutel'), contentType: 'text/plain; charset=utf-8' }
  },
  async consistentieOpvragen(request) {
    const { van, tot } = request.values
    return logAnswer(request, await request.hub.accessLog.consistency(Number(van), Number(tot)), 'consistentie')
  },
}

function figureQuery({ van, tot, gemeente }: ApiRequest['values']): FigureQuery {
  return {
    ...(van === undefined ? {} : { van: String(van) }),
    ...(tot === undefined ? {} : { tot: String(tot) }),
    ...(gemeente === undefined ? {} : { gemeente: String(gemeente) }),
  }
}

function logAnswer({ principal }: ApiRequest, body: unknown, object: string): ApiAnswer {
  return { body, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object })] }
}

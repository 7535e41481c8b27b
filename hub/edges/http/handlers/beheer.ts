import type { LogregelsZoekvraag, PersonenZoekvraag, Status } from '../../../../schemas/types.ts'
import { HubError } from '../../../errors.ts'
import { findPerson, lookLog } from '../../../flows/look-log.ts'
import { lookFigures, lookQuarantine } from '../../../flows/look-others.ts'
import { lineOf } from '../../../stages/audit/line-of.ts'
import { type ApiAnswer, type ApiRequest, type Handlers, pageQuery } from '../handler.ts'
import { API_VERSION } from '../headers.ts'

/** The administrator's and the privacy officer's looks. */
export const officeHandlers: Handlers = {
  quarantaineOpvragen: (request) => lookQuarantine(request.hub, request.principal, pageQuery(request)),
  cijfersOpvragen: ({ hub, principal }) => lookFigures(hub, principal),
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

function logAnswer({ principal }: ApiRequest, body: unknown, object: string): ApiAnswer {
  return { body, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object })] }
}

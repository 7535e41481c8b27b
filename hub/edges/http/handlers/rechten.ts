import type { Advies, Besluit, Deelbesluit, Informeren, Oordeel, Verzoek } from '../../../../schemas/types.ts'
import { lookInforming, recordInforming } from '../../../flows/inform.ts'
import { lookOverrides } from '../../../flows/look-overrides.ts'
import { personOverview } from '../../../flows/overview.ts'
import {
  advise,
  decideRequest,
  lookOwnRequestsOfPersons,
  lookRequestsOfPersons,
  makePersonRequest,
} from '../../../flows/person-requests.ts'
import { lookPolicy } from '../../../flows/policy-change.ts'
import { endWithholding, recordJudgement, withhold } from '../../../flows/withhold.ts'
import { overviewPage } from '../../../stages/overview/page.ts'
import { type ApiRequest, type Handlers, idOf, pageQuery } from '../handler.ts'

/** The rights of those concerned, and what an organisation decides and records around them. */
export const rightsHandlers: Handlers = {
  async informeringVastleggen(request) {
    return { body: await recordInforming(request.hub, request.principal, idOf(request), request.body.json as Informeren) }
  },
  informeringenOpvragen: (request) =>
    lookInforming(request.hub, request.principal, { ...pageQuery(request), ...standOf(request) }),
  async oordeelVastleggen(request) {
    return { body: await recordJudgement(request.hub, request.principal, idOf(request), request.body.json as Oordeel) }
  },
  async deelbesluitVastleggen({ hub, principal, body }) {
    return { body: await withhold(hub, principal, body.json as Deelbesluit) }
  },
  async deelbesluitIntrekken(request) {
    return { body: await endWithholding(request.hub, request.principal, idOf(request)) }
  },
  async verzoekVastleggen({ hub, principal, body }) {
    return { body: await makePersonRequest(hub, principal, body.json as Verzoek) }
  },
  async verzoekAdviseren(request) {
    return { body: await advise(request.hub, request.principal, idOf(request), request.body.json as Advies) }
  },
  async verzoekBesluiten(request) {
    return { body: await decideRequest(request.hub, request.principal, idOf(request), request.body.json as Besluit) }
  },
  verzoekenOpvragen: (request) =>
    lookRequestsOfPersons(request.hub, request.principal, { ...pageQuery(request), ...standOf(request) }),
  registratieVerzoekenOpvragen: (request) =>
    lookOwnRequestsOfPersons(request.hub, request.principal, idOf(request), pageQuery(request)),
  doorbrekingenOpvragen: (request) => {
    const { getoetst } = request.values
    return lookOverrides(request.hub, request.principal, {
      ...pageQuery(request),
      ...(getoetst === undefined ? {} : { getoetst: getoetst === true }),
    })
  },
  async overzichtOpvragen(request) {
    const { body, lines } = await personOverview(request.hub, request.principal, idOf(request))
    if (request.values.vorm !== 'html') return { body, lines }
    return { body: overviewPage(body), lines, contentType: 'text/html; charset=utf-8' }
  },
  reglementOpvragen: ({ hub, principal }) => lookPolicy(hub, principal),
}

function standOf({ values }: ApiRequest): { stand?: string } {
  return values.stand === undefined ? {} : { stand: String(values.stand) }
}

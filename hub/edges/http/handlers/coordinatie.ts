import type {
  Beoordeling,
  Casushandeling,
  Melding,
  NieuweCasus,
  OverdrachtAanbod,
  OverdrachtAntwoord,
  Tellingen,
  Volger,
} from '../../../../schemas/types.ts'
import { addFollower, lookOneShared, lookShared } from '../../../flows/coordination/followers.ts'
import { answerHandover, lookHandover, lookHandovers, offerHandover } from '../../../flows/coordination/handovers.ts'
import { judgeRequest } from '../../../flows/coordination/judge-request.ts'
import { lookCase, lookCases } from '../../../flows/coordination/look-cases.ts'
import { makeRequest } from '../../../flows/coordination/make-request.ts'
import { hasCases, openCase, openFor } from '../../../flows/coordination/open-case.ts'
import { recordAct } from '../../../flows/coordination/record-act.ts'
import { storeCounts } from '../../../flows/coordination/store-counts.ts'
import { lookRequest, lookRequests } from '../../../flows/look-requests.ts'
import { expectedTags, type Handlers, idOf, pageQuery, withTag } from '../handler.ts'

/** Meldingen, cases, hand-overs, and what is shared with who registers nothing. */
export const coordinationHandlers: Handlers = {
  meldingenOpvragen: (request) => {
    const status = request.values.status
    return lookRequests(request.hub, request.principal, { ...pageQuery(request), ...(status ? { status: String(status) } : {}) })
  },
  meldingOpvragen: (request) => withTag(lookRequest(request.hub, request.principal, idOf(request))),
  async meldingMaken(request) {
    const { id, repeated } = await makeRequest(request.hub, request.principal, request.body.json as Melding)
    return { body: { id }, repeated }
  },
  async meldingBeoordelen(request) {
    const { hub, principal, body } = request
    const open = hasCases(hub, principal.organisation) ? openFor : null
    const may = { open, expected: expectedTags(request) }
    return { body: await judgeRequest(hub, principal, idOf(request), body.json as Beoordeling, may) }
  },
  coordinatiecasussenOpvragen: (request) => {
    const { status, volgorde } = request.values
    return lookCases(request.hub, request.principal, {
      ...pageQuery(request),
      worklist: volgorde === 'termijn',
      ...(status === undefined ? {} : { status: String(status) }),
    })
  },
  async coordinatiecasusOpenen({ hub, principal, body }) {
    const opened = await openCase(hub, principal, body.json as NieuweCasus)
    return { ...opened, location: `/v1/coordinatiecasussen/${opened.body.id}` }
  },
  coordinatiecasusOpvragen: (request) => withTag(lookCase(request.hub, request.principal, idOf(request))),
  async casushandelingVastleggen(request) {
    const { hub, principal, body } = request
    return { body: await recordAct(hub, principal, idOf(request), body.json as Casushandeling, expectedTags(request)) }
  },
  overdrachtenOpvragen: (request) => lookHandovers(request.hub, request.principal, pageQuery(request)),
  overdrachtOpvragen: (request) => withTag(lookHandover(request.hub, request.principal, idOf(request))),
  async overdrachtAanbieden({ hub, principal, body }) {
    const offered = await offerHandover(hub, principal, body.json as OverdrachtAanbod)
    return { ...offered, location: `/v1/overdrachten/${offered.body.id}` }
  },
  async overdrachtBeantwoorden(request) {
    const { hub, principal, body } = request
    return { body: await answerHandover(hub, principal, idOf(request), body.json as OverdrachtAntwoord, expectedTags(request)) }
  },
  async volgerToevoegen(request) {
    const { id, repeated } = await addFollower(request.hub, request.principal, idOf(request), request.body.json as Volger)
    return { body: { id }, repeated }
  },
  betrokkenhedenOpvragen: (request) => lookShared(request.hub, request.principal, pageQuery(request)),
  betrokkenheidOpvragen: (request) => lookOneShared(request.hub, request.principal, idOf(request)),
  async tellingenAanbieden({ hub, principal, body }) {
    return { body: await storeCounts(hub, principal, body.json as Tellingen) }
  },
}

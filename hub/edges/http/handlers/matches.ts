import type { KoppelvraagAntwoord, Melding, Opvolging } from '../../../../schemas/types.ts'
import { answerReview, lookReviews } from '../../../flows/answer-review.ts'
import { lookMatch, lookMatches } from '../../../flows/look-matches.ts'
import { lookRequest, lookRequests } from '../../../flows/look-requests.ts'
import { makeRequest, recordFollowUp } from '../../../flows/record-follow-up.ts'
import { lineOf } from '../../../stages/audit/line-of.ts'
import { type Handlers, idOf, pageQuery } from '../handler.ts'

/** Matches, follow-up, requests, koppelvragen. */
export const matchHandlers: Handlers = {
  matchesOpvragen: (request) => {
    const { status, opgevolgd } = request.values
    return lookMatches(request.hub, request.principal, {
      ...pageQuery(request),
      ...(status === undefined ? {} : { status: String(status) }),
      ...(opgevolgd === undefined ? {} : { opgevolgd: opgevolgd === true }),
    })
  },
  matchOpvragen: (request) => lookMatch(request.hub, request.principal, idOf(request)),
  async opvolgingVastleggen(request) {
    return { body: await recordFollowUp(request.hub, request.principal, idOf(request), request.body.json as Opvolging) }
  },
  meldingenOpvragen: (request) => {
    const status = request.values.status
    return lookRequests(request.hub, request.principal, { ...pageQuery(request), ...(status ? { status: String(status) } : {}) })
  },
  meldingOpvragen: (request) => lookRequest(request.hub, request.principal, idOf(request)),
  async meldingMaken(request) {
    return { body: await makeRequest(request.hub, request.principal, request.body.json as Melding) }
  },
  async coordinatiecasussenOpvragen({ principal }) {
    const line = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'coordinatiecasussen' })
    return { body: { coordinatiecasussen: [] }, lines: [line] }
  },
  koppelvragenOpvragen: (request) => {
    const status = request.values.status
    return lookReviews(request.hub, request.principal, { ...pageQuery(request), ...(status ? { status: String(status) } : {}) })
  },
  async koppelvraagBeantwoorden(request) {
    return { body: await answerReview(request.hub, request.principal, idOf(request), request.body.json as KoppelvraagAntwoord) }
  },
}

import type { KoppelvraagAntwoord, Opvolging } from '../../../../schemas/types.ts'
import { answerReview, lookReviews } from '../../../flows/answer-review.ts'
import { lookMatch, lookMatches } from '../../../flows/look-matches.ts'
import { recordFollowUp } from '../../../flows/record-follow-up.ts'
import { type Handlers, idOf, pageQuery } from '../handler.ts'

/** Matches, follow-up, koppelvragen. */
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
  koppelvragenOpvragen: (request) => {
    const status = request.values.status
    return lookReviews(request.hub, request.principal, { ...pageQuery(request), ...(status ? { status: String(status) } : {}) })
  },
  async koppelvraagBeantwoorden(request) {
    return { body: await answerReview(request.hub, request.principal, idOf(request), request.body.json as KoppelvraagAntwoord) }
  },
}

import type { KoppelvraagAntwoord, Opvolging } from '../../../../schemas/types.ts'
import { answerReview, lookReviews } from '../../../flows/answer-review.ts'
import { lookMatch, lookMatches } from '../../../flows/look-matches.ts'
import { recordFollowUp } from '../../../flows/record-follow-up.ts'
import { expectedTags, type Handlers, idOf, pageQuery, withTag } from '../handler.ts'

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
  matchOpvragen: (request) => withTag(lookMatch(request.hub, request.principal, idOf(request))),
  async opvolgingVastleggen(request) {
    const { hub, principal, body } = request
    return { body: await recordFollowUp(hub, principal, idOf(request), body.json as Opvolging, expectedTags(request)) }
  },
  koppelvragenOpvragen: (request) => {
    const { status, overTermijn } = request.values
    return lookReviews(request.hub, request.principal, {
      ...pageQuery(request),
      ...(status === undefined ? {} : { status: String(status) }),
      ...(overTermijn === undefined ? {} : { overTermijn: overTermijn === true }),
    })
  },
  async koppelvraagBeantwoorden(request) {
    return { body: await answerReview(request.hub, request.principal, idOf(request), request.body.json as KoppelvraagAntwoord) }
  },
}

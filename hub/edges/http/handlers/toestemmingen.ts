import type { Doorbreking, Intrekking, Toestemming, Toetsing } from '../../../../schemas/types.ts'
import { breakThrough, giveConsent, reviewOverride, withdrawConsent } from '../../../flows/change-consents.ts'
import { type Handlers, idOf } from '../handler.ts'

/** Consents, withdrawals, overrides and their review. */
export const consentHandlers: Handlers = {
  async toestemmingVastleggen({ hub, principal, body }) {
    return { body: await giveConsent(hub, principal, body.json as Toestemming) }
  },
  async toestemmingIntrekken(request) {
    return { body: await withdrawConsent(request.hub, request.principal, idOf(request), request.body.json as Intrekking) }
  },
  async doorbrekingVastleggen({ hub, principal, body }) {
    return { body: await breakThrough(hub, principal, body.json as Doorbreking) }
  },
  async doorbrekingToetsen(request) {
    return { body: await reviewOverride(request.hub, request.principal, idOf(request), request.body.json as Toetsing) }
  },
}

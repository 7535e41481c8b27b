import type { LogregelsUitvoervraag } from '../../../../schemas/types.ts'
import { exportLog } from '../../../flows/export-log.ts'
import type { Handlers } from '../handler.ts'

/** The privacy officer's work on the access log. */
export const oversightHandlers: Handlers = {
  async logregelsExporteren({ hub, principal, body }) {
    const { body: page, lines } = await exportLog(hub, principal, body.json as LogregelsUitvoervraag)
    return { body: page.text, contentType: page.type, lines, ...(page.next === undefined ? {} : { next: page.next }) }
  },
}

import type { Handlers } from '../handler.ts'
import { officeHandlers } from './beheer.ts'
import { fileHandlers } from './bestanden.ts'
import { coordinationHandlers } from './coordinatie.ts'
import { eventHandlers } from './gebeurtenissen.ts'
import { matchHandlers } from './matches.ts'
import { rightsHandlers } from './rechten.ts'
import { registrationHandlers } from './registraties.ts'
import { consentHandlers } from './toestemmingen.ts'
import { oversightHandlers } from './toezicht.ts'

/** The handler of every operation in the OpenAPI document, by its `operationId`. */
export const handlers: Handlers = {
  ...registrationHandlers,
  ...fileHandlers,
  ...consentHandlers,
  ...rightsHandlers,
  ...matchHandlers,
  ...coordinationHandlers,
  ...eventHandlers,
  ...officeHandlers,
  ...oversightHandlers,
}

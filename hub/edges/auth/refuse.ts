import { HubError } from '../../errors.ts'

/**
 * Refuses the token. The caller outside learns only that it was refused; `reason` (English, kebab-case, never a value
 * from the token) is the error's cause and goes to the log.
 */
export function refuse(reason: string): never {
  throw new HubError('token-ongeldig', {
    detail: 'Het toegangstoken ontbreekt of is niet geldig. Vraag een nieuw token aan bij de identiteitsdienst.',
    cause: reason,
  })
}

import type { Regio } from '../../../schemas/types.ts'

/** Which client may put registrations on a topic follows from the topic's name, so that the brokers can hold each to its own. */
export interface Topics {
  /** Registrations in: topic by client. */
  registrations: Map<string, string>
  /** What was refused, back out: topic by client. */
  refused: Map<string, string>
  /** Events out: topic by receiver. */
  events: Map<string, string>
}

/** The topics of a region: `<prefix>.registraties.<client>`, `<prefix>.afgekeurd.<client>`, `<prefix>.gebeurtenissen.<ontvanger>`. */
export function topicsOf(prefix: string, region: Regio): Topics {
  const senders = region.clients.filter(({ scopes }) => scopes.includes('registratie:schrijven')).map(({ id }) => id)
  const receivers = [...region.organisaties, ...region.coordinatiepunten].map(({ id }) => id)
  const named = (kind: string, ids: string[]) => new Map(ids.map((id) => [id, `${prefix}.${kind}.${id}`]))
  return {
    registrations: named('registraties', senders),
    refused: named('afgekeurd', senders),
    events: named('gebeurtenissen', receivers),
  }
}

import type { Logger } from 'pino'
import type { Hub } from './context.ts'
import { demoLogins } from './edges/auth/demo-logins.ts'
import type { PersonsLimit } from './edges/http/persons-limit.ts'
import { createScreens } from './edges/web/screens.ts'
import type { ScreenSettings, WebLogin, WebPort } from './edges/web/web-port.ts'
import type { Answer } from './flows/answer.ts'
import { lookMatch, lookMatches } from './flows/look-matches.ts'
import { receiverFor } from './flows/receivers.ts'
import { recordFollowUp } from './flows/record-follow-up.ts'
import type { AuditLine } from './stages/audit/line.ts'
import { hubLine, lineOf } from './stages/audit/line-of.ts'
import { dayOf } from './stages/calendar.ts'

/** What the screens need that `identity.ts` has. */
export interface ScreenParts extends Pick<ScreenSettings, 'verify' | 'admits' | 'gate'> {
  login: WebLogin
  baseUrl: string
  /** Counts whom a person looks at. */
  persons: PersonsLimit
  writeLines(lines: AuditLine[]): Promise<void>
  log: Logger
}

/** The screens over this hub's flows. */
export function screensFor(
  hub: Hub,
  { baseUrl, writeLines, persons, log, ...parts }: ScreenParts,
): ReturnType<typeof createScreens> {
  const nameOf = nameIn(hub)
  return createScreens({
    ...parts,
    port: webPort(hub, persons, writeLines),
    baseUrl,
    nameOf,
    today: () => dayOf(hub.clock.domain()),
    demoLogins: hub.demo ? demoLogins(hub.region.clients).map(({ id, organisatie }) => ({ id, naam: nameOf(organisatie) })) : [],
    logRefusal: (principal, { code, isChange, object }) => {
      const facts = { actie: isChange ? 'wijzigen' : 'lezen', uitkomst: 'geweigerd', object, controles: code } as const
      return writeLines([principal ? lineOf(principal, facts) : { ...hubLine(facts), client: '-', herkomst: 'scherm' }])
    },
    onFault: (error, traceId) =>
      log.error({ traceId, fout: error instanceof Error ? error.stack : typeof error }, 'scherm mislukt'),
  })
}

/** Names by id, for people to read. */
export function nameIn({ region }: Hub): (id: string) => string {
  return (id) => receiverFor(region, id)?.naam ?? id
}

function webPort(hub: Hub, persons: PersonsLimit, writeLines: ScreenParts['writeLines']): WebPort {
  const logged = async <T>({ body, lines }: Answer<T>): Promise<T> => {
    if (lines.length > 0) await writeLines(lines)
    return body
  }
  return {
    worklist: async (principal, page) => logged(await lookMatches(hub, principal, { ...page, status: 'open', worklist: true })),
    async match(principal, id) {
      await persons(`${principal.client} ${principal.organisation} ${principal.subject}`, id)
      return logged(await lookMatch(hub, principal, id))
    },
    async recordFollowUp(principal, id, body) {
      await recordFollowUp(hub, principal, id, body, null)
    },
  }
}

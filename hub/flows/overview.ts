import type { Logregel, Overzicht } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import { HubError } from '../errors.ts'
import type { Principal } from '../principal.ts'
import type { RegistrationRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import { actionInWords, groundInWords, keptInWords, toldInWords } from '../stages/overview/words.ts'
import { retentionOf } from '../stages/retention/term.ts'
import type { Answer } from './answer.ts'
import type { Content } from './contents.ts'
import { keptFacts } from './kept-facts.ts'
import { receiverFor } from './receivers.ts'

const SEEN_MAX = 1000
const SEEN = new Set(['lezen', 'exporteren', 'doorbreken', 'zoeken'])

/**
 * What the index holds about one person and who saw it, for that person, made by the privacy officer. Names what is kept and not the
 * values, and nothing of anyone else: what one separated parent may not know of the other cannot be in it.
 */
export async function personOverview(hub: Hub, principal: Principal, pseudonym: string): Promise<Answer<Overzicht>> {
  const { persons, rows, contents } = await hub.store.read(async (tx) => {
    const aliases = await tx.linking.aliases([pseudonym])
    const own = await tx.registrations.byPersons(aliases)
    return { persons: aliases, rows: own, contents: await hub.contents.open(tx, own) }
  })
  if (!persons.includes(pseudonym)) throw new HubError('niet-gevonden')
  const owners = new Set(rows.map((row) => row.organisation))
  const { logregels } = await hub.accessLog.search({ uitkomst: 'toegestaan' }, persons, '', SEEN_MAX)
  const body: Overzicht = {
    persoon: pseudonym,
    peilmoment: hub.clock.domain().toISOString(),
    registraties: rows.flatMap((row) => shown(hub, row, contents.get(row.seq)) ?? []),
    gezienDoor: logregels.filter(({ actie }) => SEEN.has(actie)).map((line) => seen(hub, line, owners)),
  }
  return {
    body,
    lines: [lineOf(principal, { actie: 'exporteren', uitkomst: 'toegestaan', object: 'overzicht', persoon: pseudonym })],
  }
}

function shown(hub: Hub, row: RegistrationRow, content: Content | undefined): Overzicht['registraties'][number] | undefined {
  if (!content) return undefined
  const { archiveOn, destroyOn } = retentionOf(hub.policy, keptFacts(row, content.registration))
  return {
    organisatie: nameOf(hub, row.organisation),
    sinds: content.registration.betrokkenheid.begindatum,
    status: content.registration.betrokkenheid.status,
    contact: content.registration.contact,
    watBewaardWordt: [...keptInWords(content.registration), ...toldInWords(row.residenceSince !== null, content.ouders)],
    ontvangenOp: row.receivedAt,
    bewaardTot: archiveOn ?? destroyOn,
    stand: row.frozen === 1 ? 'bevroren' : row.archivedOn ? 'archief' : 'actief',
  }
}

function seen(hub: Hub, line: Logregel, owners: ReadonlySet<string>): Overzicht['gezienDoor'][number] {
  const { tijdstip, actie, rol, grond, organisatie } = line
  const own = organisatie !== null && owners.has(organisatie) && line.client !== 'hub'
  return {
    op: tijdstip,
    organisatie: organisatie ? nameOf(hub, organisatie) : 'De verwijsindex zelf',
    wat: actionInWords(actie),
    grond: groundInWords({ client: line.client ?? 'hub', rol, regel: grond?.regel ?? null, own }),
    reglement: grond?.reglement ?? null,
    regel: grond?.regel ?? null,
  }
}

function nameOf(hub: Hub, id: string): string {
  return receiverFor(hub.region, id)?.naam ?? id
}

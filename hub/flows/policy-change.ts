import { createHash } from 'node:crypto'
import type { Reglement } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Principal } from '../principal.ts'
import { hubLine, lineOf } from '../stages/audit/line-of.ts'
import { policyName } from '../stages/consent/policy.ts'
import type { Answer } from './answer.ts'
import { eventOf } from './event-of.ts'
import { reassess } from './reassess.ts'

const KEPT = 'reglement'
const PAGE = 200

/** The policy that decides here, with a fingerprint of its text, and since when. */
interface Adopted {
  naam: string
  afdruk: string
  sinds: string
}

/**
 * Notes under which policy the hub works. When it is another than before (or the same name with another text) that is an event: a line
 * in the log naming both, a message to everyone in the region, and every registration is put before it at once. Answers whether it was.
 */
export async function adoptPolicy(hub: Hub): Promise<boolean> {
  const kept = await hub.store.read((tx) => tx.state.get(KEPT))
  const before = adoptedIn(kept)
  const now: Adopted = { naam: policyName(hub.policy), afdruk: printOf(hub), sinds: hub.clock.domain().toISOString() }
  if (isOwn(hub, before)) return false
  if (before) await reassessAll(hub)
  const isFirst = await hub.store.write(async (tx) => {
    if (!(await tx.state.advance(KEPT, kept, JSON.stringify(now)))) return false
    const facts = { actie: 'beheren', uitkomst: 'toegestaan', object: 'reglement' } as const
    const names = [before, now].map((each) => (each ? `${each.naam}+${each.afdruk}` : 'geen'))
    await tx.log.append([hubLine({ ...facts, controles: `van ${names[0]} naar ${names[1]}` })], hub.clock.real())
    if (before) await tx.events.append(receiversIn(hub).map((id) => eventOf(hub, id, 'reglement.gewijzigd.v1', '/v1/reglement')))
    return true
  })
  hub.delivery.ring()
  return isFirst && before !== undefined
}

/** Whether another hub of the region started under another policy since: then this one no longer decides as the region does. */
export async function isOvertaken(hub: Hub): Promise<boolean> {
  return !isOwn(hub, await adopted(hub))
}

function isOwn(hub: Hub, kept: Adopted | undefined): boolean {
  return kept?.naam === policyName(hub.policy) && kept.afdruk === printOf(hub)
}

function printOf({ policy }: Hub): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 16)
}

async function adopted(hub: Hub): Promise<Adopted | undefined> {
  return adoptedIn(await hub.store.read((tx) => tx.state.get(KEPT)))
}

function adoptedIn(kept: string | undefined): Adopted | undefined {
  return kept === undefined ? undefined : (JSON.parse(kept) as Adopted)
}

function receiversIn({ region }: Hub): string[] {
  return [...region.organisaties, ...region.coordinatiepunten].map(({ id }) => id)
}

/** Persons in pages of registrations: another policy can open what no match stood for before. */
async function reassessAll(hub: Hub): Promise<void> {
  for (let after = 0; ; ) {
    const from = after
    const rows = await hub.store.read((tx) => tx.registrations.listAll(from, PAGE))
    if (rows.length === 0) return
    after = Math.max(...rows.map((row) => row.seq))
    const persons = [...new Set(rows.flatMap((row) => row.person ?? []))]
    await hub.store.write((tx) => reassess(hub, tx, { persons, seqs: rows.map((row) => row.seq) }))
  }
}

/** The policy that decides now, for everyone who is bound by it. */
export async function lookPolicy(hub: Hub, principal: Principal): Promise<Answer<Reglement>> {
  const { naam, bron, regels } = hub.policy
  const since = (await adopted(hub))?.sinds ?? hub.clock.domain().toISOString()
  const body: Reglement = {
    reglement: policyName(hub.policy),
    naam,
    bron,
    sinds: since,
    regels: regels.map((rule) => ({
      id: rule.id,
      effect: rule.effect,
      ...(rule.wie ? { wie: [...rule.wie] } : {}),
      grond: rule.grond,
      bron: rule.bron,
    })),
  }
  return { body, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: 'reglement' })] }
}

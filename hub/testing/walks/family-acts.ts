import type { Registratie } from '../../../schemas/types.ts'
import type { Hub } from '../../context.ts'
import { giveConsent } from '../../flows/change-consents.ts'
import { addFollower } from '../../flows/coordination/followers.ts'
import { answerHandover, lookHandovers, offerHandover } from '../../flows/coordination/handovers.ts'
import { endRegistration } from '../../flows/end-registration.ts'
import { lookMatches } from '../../flows/look-matches.ts'
import { recordFollowUp } from '../../flows/record-follow-up.ts'
import { accept, processWaiting } from '../../pipeline.ts'
import { aBsn } from '../registration.ts'
import { principalOf, seen, unlessRefused } from './actor.ts'
import { type Child, DOCTOR, MUNICIPALITIES, ORGANISATIONS, pointOf, type WalkDossier, type World } from './model.ts'

/** One act as it was drawn: who, about which child, and numbers to choose by. */
export interface Drawn {
  what: string
  by: number
  child: number
  pick: number
}

export interface Walk {
  hub: Hub
  world: World
  children: Child[]
}

const FOREVER = '9999-12-31'
const REASONS = ['doelen-bereikt', 'uitval', 'overgedragen', 'onterecht'] as const
const STATUSES = ['actief', 'actief', 'intake', 'wachtlijst', 'aangemeld', 'waakvlam'] as const
const GIVERS = ['jeugdige', 'o1', 'o2'] as const

export const chosen = <T>(from: readonly T[], pick: number): T => from[pick % from.length] as T
const organisationOf = ({ by }: Drawn) => chosen(ORGANISATIONS, by)
const childOf = ({ children }: Walk, { child }: Drawn) => chosen(children, child)
export const dossierOf = (walk: Walk, act: Drawn) => walk.world.dossiers.get(`${organisationOf(act)}/${childOf(walk, act).name}`)

/** What is done to registrations and answers, and between organisations. */
export const FAMILY_ACTS: Record<string, (walk: Walk, act: Drawn) => Promise<unknown>> = {
  register,
  async end(walk, act) {
    const dossier = dossierOf(walk, act)
    if (!dossier || dossier.ended !== null) return
    const reason = chosen(REASONS, act.pick)
    dossier.version += 1
    const body = { versie: dossier.version, einddatum: walk.world.day, afsluitreden: reason }
    await endRegistration(walk.hub, principalOf(dossier.by), dossier.id, body, {})
    await processAll(walk.hub)
    dossier.ended = walk.world.day
    if (reason === 'onterecht') walk.world.dossiers.delete(`${dossier.by}/${dossier.child}`)
  },
  async consent(walk, act) {
    const dossier = dossierOf(walk, act)
    if (dossier)
      for (const giver of act.pick % 3 === 0 ? GIVERS : [chosen(GIVERS, act.pick)]) await say(walk, dossier, giver, act.pick)
  },
  async offer(walk, act) {
    const dossier = dossierOf(walk, act)
    const to = chosen(ORGANISATIONS, act.pick)
    if (!dossier || to === dossier.by) return
    const made = await unlessRefused(offerHandover(walk.hub, principalOf(dossier.by), { registratie: dossier.id, naar: to }))
    if (made) walk.world.offers.set(made.body.id, { from: dossier.by, to, dossier })
  },
  async answerOffer({ hub }, act) {
    const by = organisationOf(act)
    const { overdrachten } = await seen(hub, lookHandovers(hub, principalOf(by), { limiet: 1000 }))
    const offer = overdrachten.at(-1)
    const antwoord = chosen(['aanvaard', 'teruggegeven', 'ingetrokken'] as const, act.pick)
    if (offer) await unlessRefused(answerHandover(hub, principalOf(by), offer.id, { antwoord }, null))
  },
  async follow(walk, act) {
    const dossier = dossierOf(walk, act)
    if (!dossier) return
    walk.world.followed.add(dossier)
    const kenmerk = act.pick % 2 === 0 ? {} : { kenmerk: `patient-${act.pick}` }
    await addFollower(walk.hub, principalOf(dossier.by), dossier.id, { organisatie: DOCTOR, ...kenmerk })
  },
  async followUp({ hub }, act) {
    const by = organisationOf(act)
    const { matches } = await seen(hub, lookMatches(hub, principalOf(by), { status: 'open', limiet: 1000 }))
    const match = matches.at(-1)
    const body =
      act.pick % 2 === 0 ? { soort: 'contact' as const, gesproken: true } : { soort: 'variant' as const, variant: act.pick % 6 }
    if (match) await unlessRefused(recordFollowUp(hub, principalOf(by), match.id, body, null))
  },
}

/** A first version, or a newer one: in the same status or another, perhaps of who moved. */
async function register(walk: Walk, act: Drawn): Promise<void> {
  const { hub, world } = walk
  const [by, child, known] = [organisationOf(act), childOf(walk, act), dossierOf(walk, act)]
  const moves = act.pick % 4 === 0
  const municipality = moves ? chosen(MUNICIPALITIES, act.pick >> 2) : (known?.municipality ?? '1894')
  const version = (known?.version ?? 0) + 1
  const informed = known?.informed === true || act.pick % 3 === 0
  const persoon = { bsn: aBsn(walk.children.indexOf(child)), geboortedatum: child.born, gemeente: municipality }
  world.sent += 1
  const registration = {
    bronbericht: `bericht-${world.sent}`,
    kenmerk: `${by}-${child.name}`,
    versie: version,
    persoon,
    gezin: { kenmerk: 'G-88' },
    gezagsdragers: ['o1', 'o2'].map((kenmerk) => ({ kenmerk, relatie: 'ouder', gezag: 'ja' })),
    betrokkenheid: { status: chosen(STATUSES, act.pick), begindatum: world.day },
    contact: { functie: 'jeugdhulpverlener' },
    ...(informed ? { geinformeerd: GIVERS.map((wie) => ({ wie, op: world.day })) } : {}),
  } as Registratie
  const [receipt] = await accept(hub, [{ sender: principalOf(by), registration, consents: [], origin: 'api' }])
  if (receipt?.applied !== true) throw new Error(`not applied: ${JSON.stringify(receipt)}`)
  await processAll(hub)
  const dossier: WalkDossier = known ?? {
    ...{ by, child: child.name, born: child.born, said: [], broken: [], frozen: [], registered: [] },
    ...{ ended: null, id: receipt.id, version, municipality, informed },
  }
  dossier.registered.push(world.day)
  Object.assign(dossier, { ended: null, version, municipality, informed })
  world.dossiers.set(`${by}/${child.name}`, dossier)
  movedWith(world, dossier)
}

/** What nobody answered yet lies with the residence. */
function movedWith({ asked }: World, dossier: WalkDossier): void {
  for (const each of asked.values())
    if (each.dossier === dossier && (each.state === 'ontvangen' || each.state === 'getoetst'))
      each.point = pointOf(dossier.municipality)
}

export async function say(walk: Walk, dossier: WalkDossier, giver: 'jeugdige' | 'o1' | 'o2', pick: number): Promise<void> {
  const to = pick % 5 === 0 ? chosen([...ORGANISATIONS, 'coordinatiepunt', 'punt-noord', DOCTOR], pick >> 3) : null
  const yes = pick % 8 !== 1
  await giveConsent(walk.hub, principalOf(dossier.by), {
    registratie: dossier.id,
    over: 'jeugdige',
    gever: giver,
    antwoord: yes ? 'ja' : 'nee',
    vorm: 'mondeling',
    bereik: to === null ? {} : { organisaties: [to] },
  })
  dossier.said.push({ giver, yes, to, from: walk.world.day, until: FOREVER })
}

async function processAll(hub: Hub): Promise<void> {
  while ((await processWaiting(hub, 100)) > 0);
}

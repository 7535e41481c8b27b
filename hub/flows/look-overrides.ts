import type { Doorbreking, DoorbrekingLijst, VastgelegdeDoorbreking } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Principal } from '../principal.ts'
import type { OverrideRow } from '../rows/consents.ts'
import type { RegistrationRow } from '../rows.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Answer } from './answer.ts'
import { reviewContext } from './change-consents.ts'
import { idAfter, pageOf } from './cursor.ts'

/** The overrides for whoever reviews them, with their explanations; nobody else ever reads one. */
export function lookOverrides(
  hub: Hub,
  principal: Principal,
  query: { getoetst?: boolean; cursor?: string; limiet: number },
): Promise<Answer<DoorbrekingLijst>> {
  return hub.store.read(async (tx) => {
    const found = await tx.consents.listOverrides(query.getoetst ?? null, idAfter(query.cursor), query.limiet + 1)
    const { rows: overrides, next } = pageOf(found, query.limiet, (row) => row.id)
    const rows = new Map((await tx.registrations.bySeqs(overrides.map((each) => each.registration))).map((row) => [row.seq, row]))
    const known = overrides.filter((each) => rows.has(each.registration))
    const [texts, reviews] = await openExplanations(hub, known, rows)
    const doorbrekingen = known.map((each, i): VastgelegdeDoorbreking => {
      const { reden, toelichting, oudersGeinformeerd } = JSON.parse(texts[i] as string) as Doorbreking
      return {
        id: each.id,
        registratie: rows.get(each.registration)?.id as string,
        organisatie: each.organisation,
        ontvangers: JSON.parse(each.recipients),
        reden,
        toelichting,
        oudersGeinformeerd: oudersGeinformeerd ?? false,
        vanaf: each.startsAt,
        tot: each.endsAt,
        toetsing: reviewOf(each, reviews.get(each.id)),
      }
    })
    const lines = known.map(({ id, registration }) =>
      lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: id, persoon: rows.get(registration)?.person ?? null }),
    )
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'doorbrekingen' })
    return { body: { doorbrekingen, ...(next ? { volgende: next } : {}) }, lines: lines.length > 0 ? lines : [search] }
  })
}

/** What the makers said, in the order given, and what the reviewers said, by the override's id. */
async function openExplanations(
  hub: Hub,
  overrides: OverrideRow[],
  rows: Map<number, RegistrationRow>,
): Promise<[string[], Map<string, string>]> {
  const sealedIn = (registration: number) => ({ registrationId: rows.get(registration)?.id as string })
  const makers = overrides.map(({ id, sealed, registration }) => ({ ...sealedIn(registration), sealed, context: id }))
  const reviewed = overrides.flatMap(({ id, reviewSealed: sealed, registration }) =>
    sealed ? [{ id, ...sealedIn(registration), sealed, context: reviewContext(id) }] : [],
  )
  const texts = await hub.contents.openTexts([...makers, ...reviewed])
  return [
    texts.slice(0, makers.length),
    new Map(reviewed.map(({ id }, i) => [id, JSON.parse(texts[makers.length + i] as string) as string])),
  ]
}

function reviewOf({ verdict, reviewedAt }: OverrideRow, toelichting: string | undefined): VastgelegdeDoorbreking['toetsing'] {
  if (!verdict || !reviewedAt) return null
  return { oordeel: verdict as 'terecht' | 'onterecht', op: reviewedAt, ...(toelichting === undefined ? {} : { toelichting }) }
}

import type { Doorbreking, DoorbrekingLijst, VastgelegdeDoorbreking } from '../../schemas/types.ts'
import type { Hub } from '../context.ts'
import type { Principal } from '../principal.ts'
import { lineOf } from '../stages/audit/line-of.ts'
import type { Answer } from './answer.ts'
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
    const texts = await hub.contents.openTexts(
      known.map(({ id, sealed, registration }) => ({
        registrationId: rows.get(registration)?.id as string,
        sealed,
        context: id,
      })),
    )
    const doorbrekingen = known.map((each, i): VastgelegdeDoorbreking => {
      const { reden, toelichting, oudersGeinformeerd } = JSON.parse(texts[i] as string) as Doorbreking
      const { verdict, reviewedAt } = each
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
        toetsing: verdict && reviewedAt ? { oordeel: verdict as 'terecht' | 'onterecht', op: reviewedAt } : null,
      }
    })
    const lines = known.map(({ id, registration }) =>
      lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: id, persoon: rows.get(registration)?.person ?? null }),
    )
    const search = lineOf(principal, { actie: 'zoeken', uitkomst: 'toegestaan', object: 'doorbrekingen' })
    return { body: { doorbrekingen, ...(next ? { volgende: next } : {}) }, lines: lines.length > 0 ? lines : [search] }
  })
}

import type { Overzicht } from '../../../schemas/types.ts'
import { escaped, standalonePage } from '../page.ts'

const DAY = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: 'Europe/Amsterdam' })
const MOMENT = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Amsterdam' })

const STANDS = {
  actief: 'Deze registratie telt mee.',
  archief: 'Deze registratie ligt in het archief en telt niet meer mee.',
  bevroren: 'Er loopt een bezwaar. Tot het besluit ziet niemand anders deze registratie.',
} as const

/** The overview of one person as a page in plain Dutch, without script, to read or to print. */
export function overviewPage({ peilmoment, registraties, gezienDoor }: Overzicht): string {
  return standalonePage(
    'Uw overzicht in de verwijsindex',
    `<p>Gemaakt op ${MOMENT.format(new Date(peilmoment))}. Hieronder staat welke organisaties lieten weten dat zij bij u betrokken zijn, en wie dat heeft gezien. Gegevens van anderen in uw gezin staan hier niet in.</p>
<h2>Wie heeft u geregistreerd</h2>
${registraties.length === 0 ? '<p>Niemand.</p>' : registraties.map(registration).join('\n')}
<h2>Wie heeft dit gezien</h2>
${gezienDoor.length === 0 ? '<p>Niemand.</p>' : seenTable(gezienDoor)}
<h2>Uw rechten</h2>
<p>Klopt iets niet, dan kunt u vragen het te verbeteren. Bent u het er niet mee eens dat u geregistreerd staat, dan kunt u bezwaar maken: de registratie is dan voor niemand anders zichtbaar tot er binnen een maand een besluit is. Vraag het aan de privacyfunctionaris; een vertrouwenspersoon mag u helpen.</p>`,
  )
}

function registration(each: Overzicht['registraties'][number]): string {
  const { telefoon, functie } = each.contact ?? {}
  const until = each.bewaardTot
    ? `Tot ${day(each.bewaardTot)}, tenzij u opnieuw wordt geregistreerd.`
    : 'Zolang het reglement zegt.'
  const facts = [
    ['Betrokken sinds', day(each.sinds)],
    ['Wat bewaard wordt', each.watBewaardWordt.map(escaped).join(', ')],
    ['Bewaard', until],
    [
      'Met wie u kunt praten',
      [functie, telefoon].flatMap((part) => (part ? [escaped(part)] : [])).join(', ') || 'vraag het de organisatie',
    ],
  ]
  return `<section>
<h3>${escaped(each.organisatie)}</h3>
<p>${STANDS[each.stand]}</p>
<dl>${facts.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('')}</dl>
</section>`
}

function seenTable(seen: Overzicht['gezienDoor']): string {
  const rows = seen.map(({ op, organisatie, wat, grond }) =>
    [MOMENT.format(new Date(op)), organisatie, wat, grond].map((cell) => `<td>${escaped(cell)}</td>`).join(''),
  )
  return `<table>
<thead><tr><th scope="col">Wanneer</th><th scope="col">Wie</th><th scope="col">Wat</th><th scope="col">Waarom dat mocht</th></tr></thead>
<tbody>
${rows.map((row) => `<tr>${row}</tr>`).join('\n')}
</tbody>
</table>`
}

function day(text: string): string {
  return DAY.format(new Date(text.length === 10 ? `${text}T12:00:00Z` : text))
}

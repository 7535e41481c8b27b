import type { Fault } from '../../../../schemas/fault.ts'
import type { Match } from '../../../../schemas/types.ts'
import type { FormValues } from '../follow-up-body.ts'
import { contactForm, faultSummary, variantForm } from '../forms.ts'
import { type Html, html } from '../html.ts'
import { alert, type Frame, facts, page, paragraph } from '../layout.ts'
import { dayInWords, groundInWords, kindInWords, listInWords, shortName, statusInWords, VARIANTS } from '../words.ts'
import { contactInWords } from './worklist-page.ts'

export interface MatchPageContent {
  match: Match
  today: string
  nameOf(organisation: string): string
  /** Absent when this person may only look. */
  forms: { csrf: string } | null
  confirmation: string | null
  /** What was sent and is not right, with the form it was sent with. */
  refused: { form: 'contact' | 'variant'; values: FormValues; faults: readonly Fault[] } | null
}

/** One match: who is involved and since when, and what has been and can be done. */
export function matchPage(frame: Frame, content: MatchPageContent): string {
  const { match, forms, confirmation, refused, today } = content
  const title = `Match ${shortName(match)}`
  const body = html`
${confirmation && alert('ok', paragraph(confirmation))}
${refused && faultSummary(refused.faults)}
${summary(content)}
<h2 class="utrecht-heading-2">Wie zijn betrokken</h2>
<ul class="vi-list">${match.betrokkenen.map(party)}
</ul>
${forms && contactForm({ csrf: forms.csrf, match, today, refused: refused?.form === 'contact' ? refused : null })}
${forms && variantForm({ csrf: forms.csrf, match, refused: refused?.form === 'variant' ? refused : null })}
<p class="utrecht-paragraph"><a class="utrecht-link utrecht-link--html-a" href="/">Terug naar de werklijst</a></p>`
  return page(frame, title, body, refused ? { prefix: 'Fout: ' } : {})
}

function summary({ match, today, nameOf }: MatchPageContent): Html {
  const { contact, variant } = match.opvolging
  const spokenWith = listInWords((contact?.metOrganisaties ?? []).map(nameOf))
  return facts([
    ['Soort', kindInWords(match)],
    ['Stand', match.status],
    ['Gemeente', match.gemeente ?? 'onbekend'],
    ['Open sinds', dayInWords(match.geopendOp)],
    ['Eigen kenmerken', match.eigenKenmerken.length > 0 ? match.eigenKenmerken.join(', ') : null],
    [
      'Let op',
      match.nogNiemandInBehandeling ? 'Nog niemand in behandeling: allen staan op een wachtlijst of in de intake.' : null,
    ],
    ['Opvolging', contactInWords(match, today)],
    [
      'Laatste contact',
      contact &&
        `${contact.gesproken ? 'Gesproken' : 'Geprobeerd, niet gesproken'} op ${dayInWords(contact.op)}${spokenWith && ` met ${spokenWith}`}${contact.door ? `; vastgelegd door ${nameOf(contact.door)}` : ''}`,
    ],
    ['Variant', variant === null ? null : `${variant}: ${VARIANTS[variant]?.uitleg ?? ''}`],
  ])
}

function party({ organisatie, status, begindatum, contact, grond }: Match['betrokkenen'][number]): Html {
  const { functie, telefoon, eMail } = contact ?? {}
  return html`
<li class="vi-card">
<h3 class="utrecht-heading-3">${organisatie.naam}</h3>
${facts([
  ['Status', status ? statusInWords(status) : null],
  ['Betrokken sinds', begindatum ? dayInWords(begindatum) : 'onbekend'],
  ['Contact', functie ?? null],
  [
    'Telefoon',
    telefoon
      ? html`<a class="utrecht-link utrecht-link--html-a" href="tel:${telefoon.replace(/[^\d+]/g, '')}">${telefoon}</a>`
      : null,
  ],
  ['E-mail', eMail ? html`<a class="utrecht-link utrecht-link--html-a" href="mailto:${eMail}">${eMail}</a>` : null],
  ['Waarom u dit ziet', html`${groundInWords(grond.soort)} <small>(reglement ${grond.reglement}, regel ${grond.regel})</small>`],
])}
</li>`
}

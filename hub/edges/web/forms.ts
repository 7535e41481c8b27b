import type { Fault } from '../../../schemas/fault.ts'
import type { Match } from '../../../schemas/types.ts'
import type { FormValues } from './follow-up-body.ts'
import { type Html, html } from './html.ts'
import { alert } from './layout.ts'
import { VARIANTS } from './words.ts'

type Refused = { values: FormValues; faults: readonly Fault[] } | null

/** All faults at once, each a link to its field. */
export function faultSummary(faults: readonly Fault[]): Html {
  return alert(
    'error',
    html`
<h2 class="utrecht-heading-2" id="fouten">Dit is nog niet vastgelegd</h2>
<ul class="vi-faults">${faults.map(
      (fault) => html`
<li><a class="utrecht-link utrecht-link--html-a" href="#${anchorOf(fault)}">${fault.melding}</a> ${fault.watNu}</li>`,
    )}
</ul>`,
  )
}

/** Whether the organisations have spoken, who with, and when. */
export function contactForm(form: { csrf: string; match: Match; today: string; refused: Refused }): Html {
  const { csrf, match, today, refused } = form
  const faults = faultsBy(refused)
  const spoken = refused?.values.gesproken
  const chosen = new Set([refused?.values.metOrganisaties ?? []].flat())
  const parties = new Map(match.betrokkenen.map(({ organisatie }) => [organisatie.id, organisatie.naam]))
  return html`
<section aria-labelledby="contact">
<h2 class="utrecht-heading-2" id="contact">Contact vastleggen</h2>
<form method="post" action="/matches/${match.id}/contact" novalidate>
<input type="hidden" name="csrf" value="${csrf}">
${fieldset('gesproken', 'Is er echt met elkaar gesproken?', faults, [
  radio('gesproken', 'ja', 'Ja, er is gesproken', null, spoken === 'ja', 0),
  radio('gesproken', 'nee', 'Nee, wel geprobeerd', null, spoken === 'nee', 1),
])}
${fieldset(
  'metOrganisaties',
  'Met wie was het contact?',
  faults,
  [...parties].map(([id, naam], index) => checkbox(id, naam, chosen.has(id), index)),
)}
${dateField(faults, refused ? String(refused.values.op ?? '') : today, today)}
<button class="utrecht-button utrecht-button--primary-action" type="submit">Contact vastleggen</button>
</form>
</section>`
}

/** Which of the six ways of coordinating was chosen; all look alike, because none is worse than another. */
export function variantForm({ csrf, match, refused }: { csrf: string; match: Match; refused: Refused }): Html {
  const chosen = refused ? refused.values.variant : String(match.opvolging.variant ?? '')
  const options = VARIANTS.map(({ naam, uitleg }, index) =>
    radio('variant', String(index), `${index}. ${naam}`, uitleg, chosen === String(index), index),
  )
  return html`
<section aria-labelledby="variant">
<h2 class="utrecht-heading-2" id="variant">Variant vastleggen</h2>
<form method="post" action="/matches/${match.id}/variant" novalidate>
<input type="hidden" name="csrf" value="${csrf}">
${fieldset('variant', 'Hoe wordt de hulp gecoördineerd? Een hoger nummer is niet erger; het is een andere manier.', faultsBy(refused), options)}
<button class="utrecht-button utrecht-button--primary-action" type="submit">Variant vastleggen</button>
</form>
</section>`
}

/** Faults by the field that they are about; what belongs to no field stands in the summary only. */
function faultsBy(refused: Refused): Map<string, Fault[]> {
  return Map.groupBy(refused?.faults ?? [], fieldOf)
}

function fieldOf({ pointer }: Fault): string {
  return pointer.split('/')[1] ?? ''
}

/** The first control of a field, so that the link in the summary puts the focus there. */
function anchorOf(fault: Fault): string {
  const field = fieldOf(fault)
  if (field === 'op') return 'veld-op'
  return ['gesproken', 'metOrganisaties', 'variant'].includes(field) ? `veld-${field}-0` : 'inhoud'
}

function fieldset(name: string, legend: string, faults: Map<string, Fault[]>, options: readonly Html[]): Html {
  const wrong = faults.get(name) ?? []
  const invalid = wrong.length > 0 ? ' utrecht-form-fieldset--invalid' : ''
  return html`
<fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset vi-field${invalid}"${wrong.length > 0 && html` aria-describedby="fout-${name}"`}>
<legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">${legend}</legend>
${errorText(name, wrong)}
${options}
</fieldset>`
}

function radio(name: string, value: string, label: string, explanation: string | null, isChosen: boolean, index: number): Html {
  const id = `veld-${name}-${index}`
  return html`
<div class="vi-option">
<input class="utrecht-radio-button utrecht-radio-button--html-input" type="radio" name="${name}" id="${id}" value="${value}"${explanation && html` aria-describedby="${id}-uitleg"`}${isChosen && html` checked`}>
<label class="utrecht-form-label utrecht-form-label--radio" for="${id}">${label}</label>
${explanation && html`<div class="utrecht-form-field-description" id="${id}-uitleg">${explanation}</div>`}
</div>`
}

function checkbox(value: string, label: string, isChosen: boolean, index: number): Html {
  const id = `veld-metOrganisaties-${index}`
  return html`
<div class="vi-option">
<input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" name="metOrganisaties" id="${id}" value="${value}"${isChosen && html` checked`}>
<label class="utrecht-form-label utrecht-form-label--checkbox" for="${id}">${label}</label>
</div>`
}

function dateField(faults: Map<string, Fault[]>, value: string, max: string): Html {
  const wrong = faults.get('op') ?? []
  return html`
<div class="utrecht-form-field utrecht-form-field--text vi-field">
<label class="utrecht-form-label" for="veld-op">Op welke dag?</label>
${errorText('op', wrong)}
<input class="utrecht-textbox utrecht-textbox--html-input" type="date" name="op" id="veld-op" value="${value}" max="${max}"${wrong.length > 0 && html` aria-invalid="true" aria-describedby="fout-op"`}>
</div>`
}

function errorText(name: string, wrong: readonly Fault[]): Html | false {
  if (wrong.length === 0) return false
  const text = wrong.map(({ melding, watNu }) => `${melding} ${watNu}`).join(' ')
  return html`<div class="utrecht-form-field-error-message" id="fout-${name}">${text}</div>`
}

import type { Match, MatchLijst } from '../../../../schemas/types.ts'
import { type Html, html } from '../html.ts'
import { type Frame, facts, page, paragraph } from '../layout.ts'
import { dayInWords, daysLate, isFollowedUp, kindInWords, listInWords, shortName, VARIANTS } from '../words.ts'

/** Open matches, what nobody has followed up first. `isFirst`: no earlier page goes before this one. */
export function worklistPage(frame: Frame, { matches, volgende }: MatchLijst, today: string, isFirst: boolean): string {
  const waiting = matches.filter((match) => !isFollowedUp(match))
  const followed = matches.filter(isFollowedUp)
  const content = html`
${isFirst && matches.length === 0 && paragraph('Er zijn nu geen matches die u mag zien. Zodra er een is, staat hij hier.')}
${section('Nog niet opgevolgd', waiting, today, isFirst && matches.length > 0 && 'Alles op deze lijst is opgevolgd.')}
${section('Opgevolgd', followed, today, false)}
${(volgende || !isFirst) && pager(volgende, isFirst)}`
  return page(frame, 'Werklijst', content)
}

function section(title: string, matches: readonly Match[], today: string, ifEmpty: string | false): Html | false {
  if (matches.length === 0 && !ifEmpty) return false
  return html`<section aria-label="${title}">
<h2 class="utrecht-heading-2">${title}</h2>
${matches.length === 0 && ifEmpty && paragraph(ifEmpty)}
${
  matches.length > 0 &&
  html`<ul class="vi-list">${matches.map((match) => item(match, today))}
</ul>`
}
</section>`
}

function item(match: Match, today: string): Html {
  const organisations = listInWords([...new Set(match.betrokkenen.map(({ organisatie }) => organisatie.naam))])
  return html`
<li class="vi-card">
<h3 class="utrecht-heading-3"><a class="utrecht-link utrecht-link--html-a" href="/matches/${match.id}">Match ${shortName(match)}: ${organisations}</a></h3>
${facts([
  ['Soort', kindInWords(match)],
  ['Gemeente', match.gemeente ?? 'onbekend'],
  ['Open sinds', dayInWords(match.geopendOp)],
  ['Opvolging', contactInWords(match, today)],
  ['Let op', match.nogNiemandInBehandeling ? 'Nog niemand in behandeling.' : null],
])}
</li>`
}

/** Where the follow-up stands, in words. */
export function contactInWords(match: Match, today: string): Html | string {
  const { contact, uiterlijk, variant } = match.opvolging
  if (variant !== null) return `Variant ${variant}: ${VARIANTS[variant]?.naam ?? ''}`
  if (contact?.gesproken) return `Gesproken op ${dayInWords(contact.op)}`
  const late = daysLate(match, today)
  if (late > 0)
    return html`<strong class="vi-late">Te laat: ${late === 1 ? '1 dag' : `${late} dagen`}.</strong> Uiterlijk ${dayInWords(uiterlijk ?? '')}`
  return uiterlijk === null ? 'Nog niet gesproken' : `Nog niet gesproken; uiterlijk ${dayInWords(uiterlijk)}`
}

function pager(next: string | undefined, isFirst: boolean): Html {
  return html`<nav aria-label="Bladeren" class="vi-pager">
${!isFirst && html`<a class="utrecht-link utrecht-link--html-a" href="/">Naar het begin van de lijst</a>`}
${next && html`<a class="utrecht-link utrecht-link--html-a" href="/?na=${encodeURIComponent(next)}">Verder in de lijst</a>`}
</nav>`
}

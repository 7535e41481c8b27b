import { type Html, html } from '../html.ts'
import { alert, type Frame, page, paragraph } from '../layout.ts'

type DemoLogins = readonly { id: string; naam: string }[]

/** For who is not logged in. `notice` says why, if there is more to say: logged out, session ended, login failed. */
export function startPage(
  frame: Frame,
  demoLogins: DemoLogins,
  notice: { kind: 'info' | 'ok' | 'error'; text: string } | null,
): string {
  const content = html`
${notice && alert(notice.kind, paragraph(notice.text))}
${paragraph('De verwijsindex laat zien dat meer organisaties betrokken zijn bij hetzelfde kind of hetzelfde gezin, zodat zij contact met elkaar opnemen. Hij wijst de weg naar elkaar; hij vertelt niets over het gezin.')}
${demoLogins.length > 0 ? demoButtons(demoLogins) : loginLink('/aanmelden', 'Inloggen', true)}`
  return page(frame, 'Welkom', content)
}

function demoButtons([first, ...others]: DemoLogins): Html {
  return html`
${first && html`<p>${loginLink(`/aanmelden?als=${encodeURIComponent(first.id)}`, `Inloggen als ${first.naam}`, true)}</p>`}
${
  others.length > 0 &&
  html`<h2 class="utrecht-heading-2">Of kijk mee als organisatie</h2>
<ul class="vi-logins">${others.map(
    ({ id, naam }) => html`
<li>${loginLink(`/aanmelden?als=${encodeURIComponent(id)}`, naam, false)}</li>`,
  )}
</ul>`
}`
}

function loginLink(address: string, text: string, isFirst: boolean): Html {
  const kind = isFirst ? 'primary' : 'secondary'
  return html`<a class="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--${kind}-action" href="${address}">${text}</a>`
}

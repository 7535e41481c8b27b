import type { HubError } from '../../../errors.ts'
import { html } from '../html.ts'
import { type Frame, page, paragraph } from '../layout.ts'
import { readStylesheet } from '../stylesheet.ts'
import { tooMuchInWords } from '../words.ts'
import { messagePage } from './message-page.ts'

/** The pages of the demo's identity provider, in the look of the screens. */
export function demoProviderPages(nameOf: (id: string) => string) {
  const frame: Frame = { stylesheet: readStylesheet().address, isDemo: true, user: null }
  return {
    login: (logins: readonly { id: string }[], action: string) =>
      page(
        frame,
        'Wie wilt u zijn?',
        html`
${paragraph('Dit is de identiteitsdienst van de demo. Kies een naam; een wachtwoord is er niet.')}
<form method="post" action="${action}"><ul class="vi-logins">${logins.map(
          ({ id }, index) => html`
<li><button class="utrecht-button utrecht-button--${index === 0 ? 'primary' : 'secondary'}-action" type="submit" name="als" value="${id}">${nameOf(id)}</button></li>`,
        )}
</ul></form>`,
      ),
    tooMany: (error: HubError) => messagePage(frame, 'Te veel verzoeken', tooMuchInWords(error) ?? ''),
    error: (code: string, description: string) =>
      page(
        frame,
        'Inloggen is niet gelukt',
        html`
${paragraph('De identiteitsdienst van de demo kon dit verzoek niet afhandelen. Begin opnieuw.')}
${paragraph(html`<code>${code}</code> ${description}`)}
<p class="utrecht-paragraph"><a class="utrecht-link utrecht-link--html-a" href="/">Naar het begin</a></p>`,
      ),
  }
}

import { html } from '../html.ts'
import { type Frame, page, paragraph } from '../layout.ts'

/** A page that only says something, with a way back. `traceId` for what the reader may want to report. */
export function messagePage(frame: Frame, title: string, text: string, traceId: string | null = null): string {
  return page(
    frame,
    title,
    html`
${paragraph(text)}
${traceId && paragraph(html`Meld dit aan de beheerder met kenmerk <code>${traceId}</code>.`)}
<p class="utrecht-paragraph"><a class="utrecht-link utrecht-link--html-a" href="/">Naar de werklijst</a></p>`,
  )
}

/** Shown for a moment after logging in: the step from our own page is what makes browsers send the strict cookie along. */
export function onwardPage(frame: Frame): string {
  const refresh = html`<meta http-equiv="refresh" content="0; url=/">`
  const content = html`<p class="utrecht-paragraph"><a class="utrecht-link utrecht-link--html-a" href="/">Verder naar de werklijst</a></p>`
  return page(frame, 'U bent ingelogd', content, { head: refresh })
}

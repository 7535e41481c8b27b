import { type Html, html } from './html.ts'

/** What every page needs beside its own content. */
export interface Frame {
  /** Address of the stylesheet. */
  stylesheet: string
  isDemo: boolean
  /** Who is logged in, if anyone. */
  user: { naam: string; csrf: string } | null
}

/** A whole page; `title` is the heading, and the window's title, there with `prefix` before it. */
export function page(
  frame: Frame,
  title: string,
  content: Html,
  { head, prefix = '' }: { head?: Html; prefix?: string } = {},
): string {
  return html`<!doctype html>
<html lang="nl" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${prefix}${title} – Verwijsindex</title>
<link rel="stylesheet" href="${frame.stylesheet}">
<link rel="icon" href="/scherm/icoon.svg" type="image/svg+xml">
${head}
</head>
<body>
<a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">Naar de inhoud</a>
<header>
${frame.isDemo && html`<p class="vi-demo"><strong>Demo.</strong> Verzonnen gegevens en inloggen zonder wachtwoord: niet voor echt gebruik.</p>`}
<div class="vi-header">
<a class="vi-brand" href="/">Verwijsindex</a>
${frame.user && signedIn(frame.user)}
</div>
</header>
<main id="inhoud" class="vi-main" tabindex="-1">
<h1 class="utrecht-heading-1">${title}</h1>
${content}
</main>
<footer class="vi-footer">
<p class="utrecht-paragraph utrecht-paragraph--small">Elke inzage wordt vastgelegd in het toegangslog.</p>
</footer>
</body>
</html>`.text
}

function signedIn({ naam, csrf }: { naam: string; csrf: string }): Html {
  return html`<form class="vi-user" method="post" action="/afmelden">
<input type="hidden" name="csrf" value="${csrf}">
<span>Ingelogd als ${naam}</span>
<button class="utrecht-button utrecht-button--secondary-action" type="submit">Uitloggen</button>
</form>`
}

/** A message in a box; its kind is said in words too, never by colour alone. */
export function alert(kind: 'ok' | 'error' | 'info' | 'warning', content: Html): Html {
  const role = kind === 'error' ? 'alert' : 'status'
  return html`<div class="utrecht-alert utrecht-alert--${kind}" role="${role}">
<div class="utrecht-alert__content"><div class="utrecht-alert__message">${content}</div></div>
</div>`
}

export function paragraph(content: Html | string): Html {
  return html`<p class="utrecht-paragraph">${content}</p>`
}

/** Facts in pairs. */
export function facts(pairs: readonly (readonly [string, Html | string | null])[]): Html {
  return html`<dl class="utrecht-data-list utrecht-data-list--rows vi-facts">${pairs.map(
    ([key, value]) =>
      value !== null &&
      html`
<div class="utrecht-data-list__item"><dt class="utrecht-data-list__item-key">${key}</dt>
<dd class="utrecht-data-list__item-value utrecht-data-list__item-value--html-content">${value}</dd></div>`,
  )}
</dl>`
}

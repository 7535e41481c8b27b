import type { Weekrapport } from '../../../schemas/types.ts'
import { escaped, standalonePage } from '../page.ts'

/** The weekly report as a page of its own, without script: to print, to send, to keep. */
export function reportHtml({ week, van, tot, reglement, log, tellingen, signalen }: Weekrapport): string {
  const counts = Object.entries(tellingen).map(([name, count]) => row([LABELS[name] ?? name, String(count)]))
  return standalonePage(
    `Toegangslog, week ${week}`,
    `<p>Van ${escaped(van)} tot ${escaped(tot)}. Reglement ${escaped(reglement)}.</p>
<h2>Het log</h2>
<p>${log.omvang} regels. Het laatste controlepunt:</p>
<pre>${escaped(log.controlepunt)}</pre>
<table><caption>Tellingen</caption><thead>${row(['Wat', 'Aantal'], 'th')}</thead><tbody>${counts.join('')}</tbody></table>
<h2>Signalen</h2>
${signalen.map(signalHtml).join('\n')}`,
  )
}

const LABELS: Record<string, string> = {
  regels: 'Regels',
  inzagen: 'Inzagen',
  zoekvragen: 'Zoekvragen',
  weigeringen: 'Weigeringen',
  mislukt: 'Mislukt',
  doorbrekingen: 'Doorbrekingen',
}

const COLUMNS = ['gebruiker', 'client', 'organisatie', 'object', 'moment', 'personen', 'aantal'] as const

function signalHtml({ soort, uitleg, aantal, gevallen }: Weekrapport['signalen'][number]): string {
  const heading = `<h3>${escaped(soort)}: ${aantal}</h3>\n<p>${escaped(uitleg)}</p>`
  if (gevallen.length === 0) return heading
  const columns = COLUMNS.filter((column) => gevallen.some((one) => one[column] !== undefined))
  const rows = gevallen.map((one) => row(columns.map((column) => String(one[column] ?? ''))))
  return `${heading}\n<table><caption>${escaped(soort)}</caption><thead>${row([...columns], 'th')}</thead><tbody>${rows.join('')}</tbody></table>`
}

function row(cells: string[], tag: 'td' | 'th' = 'td'): string {
  return `<tr>${cells.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escaped(cell)}</${tag}>`).join('')}</tr>`
}

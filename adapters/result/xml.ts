import { nextSteps, type RowOutcome } from './outcome.ts'

/** The outcomes as `<Resultaten><Resultaat regel="" bronbericht="" uitkomst=""><Fout veld="" code=""/><WatNu/></Resultaat></Resultaten>`. */
export function asXml(outcomes: readonly RowOutcome[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Resultaten>\n${outcomes.map(element).join('')}</Resultaten>\n`
}

function element(row: RowOutcome): string {
  const faults = row.fouten.map(
    ({ pointer, code, melding }) => `    <Fout veld="${escaped(pointer)}" code="${escaped(code)}">${escaped(melding)}</Fout>\n`,
  )
  const steps = nextSteps(row).map((step) => `    <WatNu>${escaped(step)}</WatNu>\n`)
  const missing = (row.ontbreekt ?? []).map((who) => `    <Ontbreekt wie="${escaped(who)}"/>\n`)
  const head = `regel="${row.regel}" bronbericht="${escaped(row.bronbericht ?? '')}" uitkomst="${escaped(row.uitkomst)}"`
  return `  <Resultaat ${head}>\n${[...faults, ...missing, ...steps].join('')}  </Resultaat>\n`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML 1.0 has no place at all for control characters and halves of a character, escaped or not. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ESCAPES[sign]!)
}

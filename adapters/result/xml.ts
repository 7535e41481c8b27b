import type { RowOutcome } from '../adapter.ts'
import { escaped, nextSteps } from './outcome.ts'
import type { ResultWriter } from './writer.ts'

/** `<Resultaten><Resultaat regel="" bronbericht="" uitkomst=""><Fout veld="" code=""/><Ontbreekt wie=""/><Informeren wie=""/><WatNu/></Resultaat></Resultaten>`. */
export const xmlWriter: ResultWriter = {
  contentType: 'application/xml; charset=utf-8',
  extension: 'xml',
  head: '<?xml version="1.0" encoding="UTF-8"?>\n<Resultaten>\n',
  row: element,
  tail: '</Resultaten>\n',
}

function element(row: RowOutcome): string {
  const faults = row.fouten.map(
    ({ pointer, code, melding }) => `    <Fout veld="${escaped(pointer)}" code="${escaped(code)}">${escaped(melding)}</Fout>\n`,
  )
  const steps = nextSteps(row).map((step) => `    <WatNu>${escaped(step)}</WatNu>\n`)
  const missing = (row.ontbreekt ?? []).map((who) => `    <Ontbreekt wie="${escaped(who)}"/>\n`)
  const untold = (row.informeren ?? []).map((who) => `    <Informeren wie="${escaped(who)}"/>\n`)
  const head = `regel="${row.regel}" bronbericht="${escaped(row.bronbericht ?? '')}" uitkomst="${escaped(row.uitkomst)}"`
  return `  <Resultaat ${head}>\n${[...faults, ...missing, ...untold, ...steps].join('')}  </Resultaat>\n`
}

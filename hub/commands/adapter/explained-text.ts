import type { ExplainedRow } from './explain-file.ts'

/** A row for people: a line per cell, `bron: cel -> veld = waarde`, with its faults under it. */
export function explainedText({
  regel,
  bronbericht,
  stappen,
  toestemmingen,
  tellingen,
  gebeurtenis,
  fouten,
  uitkomst,
}: ExplainedRow): string {
  const lines = stappen.flatMap(({ bron, cel, veld, waarde, fouten }) => [
    `  ${bron === null ? '(de adapter)' : `${bron}${cel === null ? '' : `: ${quoted(cel)}`}`} -> ${veld === null ? 'geen veld; gelezen, niet bewaard' : `${veld} = ${JSON.stringify(waarde)}`}`,
    ...fouten.map(told),
  ])
  const consents = toestemmingen.map(
    ({ gever, antwoord, vorm, geldigVanaf }) =>
      `  toestemming: ${gever} ${antwoord}, ${vorm}${geldigVanaf ? `, vanaf ${geldigVanaf}` : ''}`,
  )
  const counts = (tellingen ?? []).map(({ lijst, code, datum, aantal }) => `  telling: ${lijst} ${code}, ${datum}, ${aantal}`)
  const event = gebeurtenis ? [`  gebeurtenis: ${gebeurtenis.soort}, ${gebeurtenis.datum}`] : []
  const head = `regel ${regel}${bronbericht === null ? '' : ` (${quoted(bronbericht)})`}: ${uitkomst}`
  return [head, ...lines, ...consents, ...counts, ...event, ...fouten.map(told), ''].join('\n')
}

function told({ pointer, melding, watNu }: { pointer: string; melding: string; watNu: string }): string {
  return `    ! ${pointer ? `${pointer}: ` : ''}${melding} ${watNu}`
}

/** As it stood, without what could steer a terminal. */
function quoted(cell: string): string {
  return `“${cell.replace(/\p{Cc}/gu, '\ufffd')}”`
}

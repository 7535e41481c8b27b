import type { Cijfers } from '../../../schemas/types.ts'
import { escaped, standalonePage } from '../../stages/page.ts'

type Bar = { naam: string; aantal: number | null }

/**
 * The steering group's yearly report: one page, without a script or a reference elsewhere. Every chart is an SVG with a title and a
 * description, and stands beside a table that says the same.
 */
export function yearlyReport(year: number, figures: Cijfers): string {
  const { registraties, matches, meldingen, casussen, afspraken, overdrachten, tellingen } = figures
  const place = figures.gemeente ? ` voor gemeente ${figures.gemeente}` : ''
  return standalonePage(
    `Jaarverslag verwijsindex ${year}${place}`,
    `<p>Geteld uit de registraties, niet met de hand. Een getal dat onder de 5 ligt, of een ander klein getal zou verraden, is verborgen.</p>
${section('In het kort', [
  ['Nieuwe registraties', registraties?.nieuw],
  ['Open registraties aan het einde', registraties?.open],
  ['Afgesloten registraties', registraties?.afgesloten],
  ['Nieuwe matches', matches?.nieuw],
  ['Daarvan opgevolgd (%)', matches?.opvolgpercentage],
  ['Dagen tot het eerste contact', matches?.dagenTotContact],
  ['Matches met drie of meer organisaties', matches?.drieOfMeerOrganisaties],
  ['Meldingen', meldingen?.totaal],
  ['Nieuwe casussen', casussen?.nieuw],
  ['Duur van een casus (dagen)', casussen?.duurInDagen],
  ['Afspraken', afspraken?.gemaakt],
  ['Niet nagekomen afspraken', afspraken?.nietNagekomen],
  ['Opgelegde coördinatie', casussen?.opgelegd],
  ['Overdrachten', overdrachten?.totaal],
])}
${chart('Registraties naar organisatie', bars(registraties?.perOrganisatie, 'organisatie'))}
${chart('Registraties naar stand', bars(registraties?.perStatus, 'status'))}
${chart('Waarom betrokkenheid eindigde', bars(registraties?.perReden, 'reden'))}
${chart('Meldingen naar reden', bars(meldingen?.perReden, 'reden'))}
${chart('Casussen naar variant', bars(casussen?.perVariant, 'variant'))}
${chart('Knelpunten', bars(casussen?.knelpunten, 'code'))}
${chart('Overdrachten naar soort ontvanger', bars(overdrachten?.perSoort, 'soort'))}
${chart('Problemen in gesprekken', bars(tellingen?.problemen, 'code'))}
${chart('Verwijzingen uit gesprekken', bars(tellingen?.verwijzingen, 'code'))}`,
  )
}

function section(title: string, rows: [string, number | null | undefined][]): string {
  const lines = rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${shown(value)}</td></tr>`)
  return `<h2>${escaped(title)}</h2><table><caption>${escaped(title)}</caption><tbody>${lines.join('')}</tbody></table>`
}

function bars<K extends string>(rows: ({ [key in K]: string } & { aantal: number | null })[] | undefined, name: K): Bar[] {
  return (rows ?? []).map((row) => ({ naam: row[name], aantal: row.aantal }))
}

const ROW = 28
const LEFT = 190
const WIDTH = 640

/** A bar each; a hidden number has no bar, so that its length says nothing. */
function chart(title: string, rows: Bar[]): string {
  const table = section(
    title,
    rows.map(({ naam, aantal }) => [naam, aantal]),
  )
  if (rows.every(({ aantal }) => !aantal)) return table
  const id = title.toLowerCase().replace(/[^a-z]+/g, '-')
  const largest = Math.max(...rows.map(({ aantal }) => aantal ?? 0))
  const lines = rows.map(({ naam, aantal }, i) => {
    const width = Math.round(((aantal ?? 0) / largest) * (WIDTH - LEFT - 70))
    const [y, label] = [i * ROW, escaped(naam)]
    return `<text x="0" y="${y + 18}">${label}</text><rect x="${LEFT}" y="${y + 4}" width="${width}" height="18"/><text x="${LEFT + width + 6}" y="${y + 18}">${shown(aantal)}</text>`
  })
  const told = rows.map(({ naam, aantal }) => `${escaped(naam)}: ${shown(aantal)}`).join('; ')
  return `${table}
<svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${WIDTH} ${rows.length * ROW}"><title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${told}</desc>${lines.join('')}</svg>`
}

const shown = (value: number | null | undefined) =>
  value === null || value === undefined ? 'verborgen' : String(value).replace('.', ',')

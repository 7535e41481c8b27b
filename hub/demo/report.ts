import type { Hub } from '../context.ts'
import type { FileReport } from './load.ts'

/** The demo's report; its shape is part of the interface. */
export interface DemoReport {
  bronnen: FileReport[]
  personen: number
  matches: { open: number; zichtbaar: number; verzegeld: number }
  koppelvragen: number
  signalen: number
  toegangslog: { omvang: number; heel: boolean }
}

export async function makeReport(hub: Hub, bronnen: FileReport[]): Promise<DemoReport> {
  const counted = await hub.store.read(async (tx) => {
    const { open, visible } = await tx.matches.counts()
    return {
      personen: await tx.linking.countPersons(),
      matches: { open, zichtbaar: visible, verzegeld: open - visible },
      koppelvragen: await tx.linking.countReviews('open'),
      signalen: await tx.events.countMatchEvents(),
    }
  })
  return { bronnen, ...counted, toegangslog: await hub.accessLog.verify() }
}

/** The report for people. */
export function reportText(report: DemoReport, address: string): string {
  const width = Math.max(8, ...report.bronnen.map((source) => nameOf(source).length))
  const row = (name: string, ...counts: (string | number)[]) =>
    name.padEnd(width) + counts.map((count) => String(count).padStart(13)).join('')
  const { open, zichtbaar, verzegeld } = report.matches
  return [
    '',
    row('Bestand', 'gelezen', 'geaccepteerd', 'dubbel', 'afgekeurd'),
    ...report.bronnen.map((source) => row(nameOf(source), source.gelezen, source.geaccepteerd, source.dubbel, source.afgekeurd)),
    '',
    `Personen:      ${report.personen}`,
    `Open matches:  ${open}, waarvan ${zichtbaar} zichtbaar en ${verzegeld} verzegeld (toestemming of andere grond ontbreekt)`,
    `Koppelvragen:  ${report.koppelvragen}`,
    `Signalen:      ${report.signalen}`,
    `Toegangslog:   ${report.toegangslog.omvang} regels, ${report.toegangslog.heel ? 'heel' : 'BESCHADIGD'}`,
    '',
    `Dit is een demo met verzonnen gegevens. Inloggen als coördinatiepunt: ${address}/`,
    `De API staat op ${address}/v1, de beschrijving op ${address}/docs`,
    '',
  ].join('\n')
}

const nameOf = ({ client, adapter, bestand }: FileReport) => `${client}/${adapter}/${bestand}`

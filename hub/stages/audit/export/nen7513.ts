import type { EntryRow } from '../entry.ts'
import { PRUNED_ENTRY } from '../pruned.ts'

const ACTIONS: Record<string, string> = { aanmaken: 'C', lezen: 'R', wijzigen: 'U', verwijderen: 'D', exporteren: 'R' }
const OUTCOMES: Record<string, string> = { toegestaan: '0', geweigerd: '4', mislukt: '8' }

/** Code of NEN 7513 and DICOM: create, read, update, delete; execute for whatever is none of these (a search, an override, managing). */
export function actionCode(action: string): string {
  return ACTIONS[action] ?? 'E'
}

/** Code of NEN 7513 and DICOM: 0 done, 4 refused, 8 failed. */
export function outcomeCode(outcome: string): string {
  return OUTCOMES[outcome] ?? '8'
}

/** Whether a line is of breaking through a refusal: the override itself, or a look on its ground. */
export function isEmergency({ actie, regel }: EntryRow): boolean {
  return actie === 'doorbreken' || regel === 'doorbreking'
}

export function nen7513Of(row: EntryRow) {
  return {
    logrecordId: row.number,
    gebeurtenis: row.actie,
    gebeurtenisActie: actionCode(row.actie),
    datumTijd: row.tijdstip,
    gebeurtenisUitkomst: outcomeCode(row.uitkomst),
    gebruikerId: row.gebruiker,
    gebruikerRol: row.rol,
    gebruikerOrganisatie: row.organisatie,
    verantwoordelijkeGebruiker: row.namens,
    clientPseudoniem: row.persoon,
    objectId: row.object,
    autorisatieprotocol: row.reglement,
    toestemmingsprofiel: row.regel,
    noodprocedure: isEmergency(row),
    controles: row.controles,
    toegangspunt: row.herkomst,
    systeem: row.client,
    sessieId: row.trace_id,
  }
}

/** CSV of RFC 4180 with a header, for lines that may be none. What a spreadsheet would take for a formula starts with a quote. */
export function nen7513Csv(rows: readonly EntryRow[]): string {
  const header = Object.keys(nen7513Of({ number: 0, ...PRUNED_ENTRY }))
  const lines = rows.map((row) => Object.values(nen7513Of(row)).map(cell).join(','))
  return [header.join(','), ...lines].map((line) => `${line}\r\n`).join('')
}

function cell(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? 'ja' : 'nee'
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

import type { Fault } from '../../../schemas/fault.ts'
import type { Casushandeling } from '../../../schemas/types.ts'
import { faultOf } from '../ingest/fault-of.ts'

type Field = Exclude<keyof Casushandeling, 'soort'>
export type ActKind = Casushandeling['soort']

/** What each kind of act asks and allows; a field of another kind is a fault, so that nothing is written that nobody reads. */
const FIELDS: Record<ActKind, { verplicht: Field[]; mag: Field[] }> = {
  rondetafel: { verplicht: ['uitgenodigd'], mag: ['datum', 'aanwezig'] },
  variant: { verplicht: ['variant'], mag: ['voorwaarden'] },
  zorgcoordinator: { verplicht: ['wie'], mag: ['organisatie', 'functie', 'vanaf', 'tot'] },
  gezinscoach: { verplicht: ['organisatie'], mag: ['functie', 'vanaf', 'tot'] },
  plan: { verplicht: ['deelnemers'], mag: ['plan', 'evaluaties'] },
  afspraak: { verplicht: ['door', 'code', 'uiterlijk'], mag: ['plan'] },
  afspraakresultaat: { verplicht: ['afspraak', 'nagekomen'], mag: [] },
  evaluatie: { verplicht: [], mag: ['datum', 'plan'] },
  gesprek: { verplicht: [], mag: ['datum'] },
  knelpunt: { verplicht: ['code'], mag: ['organisatie'] },
  ladder: { verplicht: ['ladder'], mag: ['organisatie'] },
  ladderantwoord: { verplicht: ['ladder', 'antwoord'], mag: [] },
  opleggen: { verplicht: ['mandaat', 'code'], mag: ['organisatie'] },
  sluiten: { verplicht: ['reden'], mag: ['terugvalrisico', 'vingerAanDePols'] },
  bevestigen: { verplicht: [], mag: [] },
  heropenen: { verplicht: [], mag: [] },
}

/** Every fault of an act as it was sent, at once: fields that are missing, and fields of another kind. */
export function actFaults(body: Casushandeling): Fault[] {
  const { verplicht, mag } = FIELDS[body.soort]
  const given = Object.keys(body).filter((field): field is Field => field !== 'soort')
  const missing = verplicht.filter((field) => body[field] === undefined)
  const strange = given.filter((field) => !verplicht.includes(field) && !mag.includes(field))
  return [
    ...missing.map((field) => faultOf(`/${field}`, 'verplicht', 'Dit veld ontbreekt bij deze soort.', 'Vul het in.')),
    ...strange.map((field) =>
      faultOf(`/${field}`, 'niet-hier', 'Dit veld hoort niet bij deze soort.', 'Laat het weg, of kies een andere soort.'),
    ),
    ...withoutOrganisation(body),
  ]
}

/** An organisation as a party is named; the zorgcoördinator too when it is a professional. */
function withoutOrganisation({ wie, organisatie, door, vingerAanDePols, deelnemers }: Casushandeling): Fault[] {
  const parties: [string, { soort: string; organisatie?: string } | undefined][] = [
    ['/door', door],
    ['/vingerAanDePols', vingerAanDePols],
    ...(deelnemers ?? []).map((each, i): [string, typeof each] => [`/deelnemers/${i}`, each]),
  ]
  const places = parties.filter(([, party]) => party?.soort === 'organisatie' && !party.organisatie).map(([place]) => place)
  if (wie === 'professional' && !organisatie) places.push('')
  return places.map((place) => faultOf(`${place}/organisatie`, 'verplicht', 'De organisatie ontbreekt.', 'Noem haar code.'))
}

/** Every organisation that an act names, with where it stands. */
export function organisationsIn(body: Casushandeling): { pointer: string; organisation: string }[] {
  const { organisatie, uitgenodigd = [], aanwezig = [], door, deelnemers = [], vingerAanDePols } = body
  const named: [string, string | undefined][] = [
    ['/organisatie', organisatie],
    ['/door/organisatie', door?.organisatie],
    ['/vingerAanDePols/organisatie', vingerAanDePols?.organisatie],
    ...uitgenodigd.map((each, i): [string, string] => [`/uitgenodigd/${i}`, each]),
    ...aanwezig.map((each, i): [string, string] => [`/aanwezig/${i}`, each]),
    ...deelnemers.map((each, i): [string, string | undefined] => [`/deelnemers/${i}/organisatie`, each.organisatie]),
  ]
  return named.flatMap(([pointer, organisation]) => (organisation ? [{ pointer, organisation }] : []))
}

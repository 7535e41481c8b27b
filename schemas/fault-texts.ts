import type { ErrorObject } from 'ajv'
import type { Fault } from './fault.ts'
import type { Schema } from './files.ts'

export const faults_max = 200

export const TOO_MANY: Fault = {
  pointer: '',
  code: 'te-veel-fouten',
  melding: `Er zijn meer dan ${faults_max} fouten; de rest is niet vermeld.`,
  watNu: 'Herstel eerst de vermelde fouten en bied het bericht opnieuw aan.',
}

/** One error of ajv in Dutch. A schema's own `x-fout` says it for a rule between fields, which no general text can explain. */
export function describeFault(error: ErrorObject): Fault {
  const schema = (typeof error.parentSchema === 'object' ? error.parentSchema : {}) as Schema
  const own = RULES_BETWEEN_FIELDS.has(error.keyword) ? (schema['x-fout'] as Partial<Fault> | undefined) : undefined
  const text = own ?? TEXTS[error.keyword]?.(error, schema)
  const pointer = own?.pointer ? error.instancePath + own.pointer : error.instancePath
  return { pointer, ...GENERAL, ...text, ...(own && { pointer }) }
}

const RULES_BETWEEN_FIELDS = new Set(['anyOf', 'oneOf', 'not', 'const'])

const GENERAL = {
  code: 'ongeldig',
  melding: 'De waarde is hier niet toegestaan.',
  watNu: 'Vergelijk het bericht met het schema in de API-documentatie.',
}

type Text = (error: ErrorObject, schema: Schema) => Partial<Fault>

const TEXTS: Record<string, Text> = {
  required: (error) => ({
    pointer: `${error.instancePath}/${error.params.missingProperty}`,
    code: 'verplicht',
    melding: 'Dit veld is verplicht en ontbreekt.',
    watNu: 'Voeg het veld toe.',
  }),
  additionalProperties: (error, schema) => unknownField(error.instancePath, String(error.params.additionalProperty), schema),
  type: (error) => ({
    code: 'type',
    melding: 'De waarde heeft een ander type dan verwacht.',
    watNu: `Geef ${listed([error.params.type].flat().map((type) => TYPES[type] ?? type))}.`,
  }),
  enum: (error) => ({
    code: 'keuze',
    melding: 'De waarde is geen van de toegestane keuzes.',
    watNu: `Kies uit ${listed(error.params.allowedValues)}; hoofdletters tellen mee.`,
  }),
  const: (error) => ({
    code: 'keuze',
    melding: 'De waarde is hier niet toegestaan.',
    watNu: `Geef ${listed([error.params.allowedValue])}.`,
  }),
  maxLength: (error) => ({
    code: 'te-lang',
    melding: 'De tekst is te lang.',
    watNu: `Gebruik ten hoogste ${error.params.limit} tekens.`,
  }),
  minLength: (error) => ({
    code: 'te-kort',
    melding: 'De tekst is leeg of te kort.',
    watNu: `Gebruik ten minste ${error.params.limit} ${error.params.limit === 1 ? 'teken' : 'tekens'}.`,
  }),
  pattern: (_error, schema) => ({ code: 'vorm', melding: 'De tekst heeft niet de verwachte vorm.', watNu: expected(schema) }),
  format: (error, schema) => FORMAT_TEXTS[error.params.format as string] ?? { code: 'vorm', watNu: expected(schema) },
  minimum: (error) => ({ code: 'te-klein', melding: 'Het getal is te klein.', watNu: `Geef ${error.params.limit} of hoger.` }),
  maximum: (error) => ({ code: 'te-groot', melding: 'Het getal is te groot.', watNu: `Geef ${error.params.limit} of lager.` }),
  minItems: (error) => ({ code: 'te-weinig', melding: 'De lijst is te kort.', watNu: `Geef ten minste ${error.params.limit}.` }),
  maxItems: (error) => ({
    code: 'te-veel',
    melding: 'De lijst is te lang.',
    watNu: `Geef ten hoogste ${error.params.limit} of verdeel ze over meer verzoeken.`,
  }),
  uniqueItems: () => ({ code: 'dubbel', melding: 'De lijst bevat iets meer dan eens.', watNu: 'Noem elk onderdeel eenmaal.' }),
  minProperties: () => ({ code: 'leeg', melding: 'Er is geen enkel veld gegeven.', watNu: 'Geef ten minste één veld.' }),
}

const DATE = { code: 'datum', melding: 'Dit is geen bestaande datum in de verwachte vorm.' }
const INSTANT = 'een tijdstip volgens RFC 3339 met tijdzone, zoals 2026-10-01T08:30:00Z'

const FORMAT_TEXTS: Record<string, Partial<Fault>> = {
  bsn: {
    code: 'elfproef',
    melding: 'Dit is geen geldig burgerservicenummer.',
    watNu: 'Geef negen cijfers die aan de elfproef voldoen, of laat het BSN weg en geef naam en geboortedatum.',
  },
  datum: { ...DATE, watNu: 'Geef een bestaande kalenderdatum als jjjj-mm-dd.' },
  deeldatum: { ...DATE, watNu: 'Geef jjjj-mm-dd, of jjjj-mm of jjjj als de rest onbekend is.' },
  tijdstip: { code: 'tijdstip', melding: 'Dit is geen tijdstip in de verwachte vorm.', watNu: `Geef ${INSTANT}.` },
  'datum-of-tijdstip': { ...DATE, watNu: `Geef een bestaande kalenderdatum als jjjj-mm-dd, of ${INSTANT}.` },
  email: { code: 'e-mail', melding: 'Dit is geen e-mailadres.', watNu: 'Geef een adres als team@voorbeeld.example.' },
  url: { code: 'url', melding: 'Dit is geen volledig webadres.', watNu: 'Geef een adres dat begint met https://.' },
}

const TYPES: Record<string, string> = {
  string: 'tekst',
  integer: 'een geheel getal',
  number: 'een getal',
  boolean: 'true of false',
  object: 'een object { … }',
  array: 'een lijst [ … ]',
  null: 'null',
}

const name_max = 40

/** A field's name is input too: one that could hold a name or a number of a person is not repeated, only its place is. */
function unknownField(place: string, name: string, schema: Schema): Partial<Fault> {
  const known = Object.keys((schema.properties ?? {}) as Schema)
  const meant = known.find((field) => field.toLowerCase() === name.toLowerCase())
  const shown = meant !== undefined || (name.length <= name_max && /^_*[a-z][A-Za-z]*_*\d{0,3}$/.test(name))
  const choices = meant
    ? `Bedoeld is wellicht ${meant}.`
    : known.length > 0
      ? `Bekend zijn hier: ${known.join(', ')}.`
      : 'Hier hoort er geen.'
  return {
    pointer: shown ? `${place}/${name}` : place,
    code: 'onbekend-veld',
    melding: shown ? 'Dit veld bestaat niet.' : 'Hier staat een veld dat niet bestaat.',
    watNu: `Verwijder het veld. ${choices}`,
  }
}

function expected(schema: Schema): string {
  return schema.description ? `Verwacht wordt: ${schema.description}` : GENERAL.watNu
}

function listed(values: unknown[]): string {
  const texts = values.map(String)
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} of ${texts.at(-1)}`
}

import type { Fault } from '../../../schemas/fault.ts'
import type { Opvolging } from '../../../schemas/types.ts'
import { validator } from '../../../schemas/validate.ts'

/** A form as it was sent: a field that came more than once is a list. */
export type FormValues = Record<string, string | string[] | undefined>

/** What a form says, with every fault of it; pointers are those of the API's body. */
export interface ReadForm {
  body: Opvolging
  faults: Fault[]
}

/** The contact form. Stricter than the API: it asks with whom, and takes no day that is still to come. */
export function readContact(values: FormValues, today: string): ReadForm {
  const gesproken = { ja: true, nee: false }[one(values.gesproken)]
  const metOrganisaties = [values.metOrganisaties ?? []].flat()
  const op = one(values.op)
  const body = { soort: 'contact', ...(gesproken === undefined ? {} : { gesproken }), metOrganisaties, ...(op ? { op } : {}) }
  const faults = faultsOf(body)
  if (metOrganisaties.length === 0) faults.push(WITH_WHOM)
  if (!op) faults.push(WHEN)
  if (op > today) faults.push(NOT_YET)
  return { body: body as Opvolging, faults }
}

export function readVariant(values: FormValues): ReadForm {
  const variant = one(values.variant)
  const body = { soort: 'variant', ...(/^\d$/.test(variant) ? { variant: Number(variant) } : {}) }
  return { body: body as Opvolging, faults: faultsOf(body) }
}

/** The schema's faults, in words about the form where the form has its own. */
function faultsOf(body: object): Fault[] {
  return validator('opvolging')(body).map((fault) => ({ ...fault, ...FORM_WORDS[fault.pointer] }))
}

const FORM_WORDS: Record<string, Pick<Fault, 'melding' | 'watNu'>> = {
  '/gesproken': { melding: 'Er is niet gekozen of er gesproken is.', watNu: 'Kies ja of nee.' },
  '/op': { melding: 'Dit is geen datum.', watNu: 'Vul een dag in als jjjj-mm-dd.' },
  '/variant': { melding: 'Er is geen variant gekozen.', watNu: 'Kies een van de zes.' },
}

/** A field that is sent once; else as if it was left empty. */
function one(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value.trim() : ''
}

const WITH_WHOM: Fault = {
  pointer: '/metOrganisaties',
  code: 'verplicht',
  melding: 'Er is geen organisatie gekozen.',
  watNu: 'Kies met wie het contact was.',
}
const WHEN: Fault = {
  pointer: '/op',
  code: 'verplicht',
  melding: 'De datum ontbreekt.',
  watNu: 'Vul in op welke dag het contact was.',
}
const NOT_YET: Fault = {
  pointer: '/op',
  code: 'toekomst',
  melding: 'Deze dag moet nog komen.',
  watNu: 'Vul een dag tot en met vandaag in.',
}

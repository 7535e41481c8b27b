import type { InventedChild } from '../adapter.ts'
import { BSN_OID } from '../readers/hl7.ts'
import { escaped } from '../result/outcome.ts'
import { OBSERVATION } from './names.ts'

/** A message for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  const messages = children.map(message).join('')
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<berichten xmlns="urn:hl7-org:v3">\n${messages}</berichten>\n`)
}

function message({ number, bsn, voornamen, voorvoegsel, geslachtsnaam, geboortedatum, geslacht, start }: InventedChild): string {
  const [born, day] = [geboortedatum, start].map((date) => date.replaceAll('-', ''))
  const prefix = voorvoegsel ? `<prefix>${escaped(voorvoegsel)} </prefix>` : ''
  const name = `<name><given>${escaped(voornamen)}</given>${prefix}<family>${escaped(geslachtsnaam)}</family></name>`
  const facts = `<administrativeGenderCode code="${geslacht === 'm' ? 'M' : 'F'}"/><birthTime value="${born}"/>`
  const patient = `<patient><id root="${BSN_OID}" extension="${bsn}"/><patientPerson>${name}${facts}</patientPerson></patient>`
  const observed = `<id extension="V-${number}"/><code code="${OBSERVATION}"/><statusCode code="completed"/><effectiveTime value="${day}"/>`
  const act = `<ControlActProcess>${patient}<observation>${observed}</observation></ControlActProcess>`
  return `<REPC_IN000024NL><id extension="V-${number}-1"/><creationTime value="${day}0900"/>${act}</REPC_IN000024NL>\n`
}

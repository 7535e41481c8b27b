import type { EntryRow } from '../entry.ts'
import { actionCode, isEmergency, outcomeCode } from './nen7513.ts'

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'

/** A line as a FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html); `source` is the hub's own URN. Persons by pseudonym. */
export function auditEventOf(row: EntryRow, source: string) {
  const ground = groundOf(row)
  return {
    resourceType: 'AuditEvent',
    id: `logregel-${row.number}`,
    type: { system: `${TERMINOLOGY}/audit-event-type`, code: 'rest', display: 'RESTful Operation' },
    subtype: [{ system: 'urn:verwijsindex:actie', code: row.actie }],
    action: actionCode(row.actie),
    recorded: row.tijdstip,
    outcome: outcomeCode(row.uitkomst),
    outcomeDesc: row.controles,
    ...(ground.length > 0 ? { purposeOfEvent: ground } : {}),
    agent: agentsOf(row),
    source: { site: row.herkomst, observer: { identifier: { system: 'urn:ietf:rfc:3986', value: source } } },
    entity: entitiesOf(row),
  }
}

function groundOf(row: EntryRow) {
  const rule = row.reglement && row.regel ? [codeOf(`urn:verwijsindex:reglement:${row.reglement}`, row.regel)] : []
  return isEmergency(row) ? [...rule, codeOf(`${TERMINOLOGY}/v3-ActReason`, 'BTG')] : rule
}

/** Who asked (a person or a machine), the client it came through, and on whose behalf. */
function agentsOf(row: EntryRow) {
  const role = row.rol ? { role: [codeOf('urn:verwijsindex:rol', row.rol)] } : {}
  const organisation = row.organisatie ? { location: named('urn:verwijsindex:organisatie', row.organisatie) } : {}
  const client = { who: named('urn:verwijsindex:client', row.client) }
  const user = row.gebruiker && { who: named('urn:verwijsindex:gebruiker', row.gebruiker) }
  const behalf = row.namens ? [{ requestor: false, who: named('urn:verwijsindex:namens', row.namens) }] : []
  if (!user) return [{ ...role, ...client, requestor: true, ...organisation }, ...behalf]
  return [{ ...role, ...user, requestor: true, ...organisation }, { ...client, requestor: false }, ...behalf]
}

function entitiesOf(row: EntryRow) {
  const person = {
    type: { system: `${TERMINOLOGY}/audit-entity-type`, code: '1', display: 'Person' },
    role: { system: `${TERMINOLOGY}/object-role`, code: '1', display: 'Patient' },
  }
  const thing = { type: { system: `${TERMINOLOGY}/audit-entity-type`, code: '2', display: 'System Object' } }
  return [
    ...(row.persoon ? [{ what: named('urn:verwijsindex:pseudoniem', row.persoon), ...person }] : []),
    ...(row.object ? [{ what: named('urn:verwijsindex:object', row.object), ...thing }] : []),
    { what: named('urn:verwijsindex:trace', row.trace_id), ...thing },
  ]
}

function named(system: string, value: string) {
  return { identifier: { system, value } }
}

function codeOf(system: string, code: string) {
  return { coding: [{ system, code }] }
}

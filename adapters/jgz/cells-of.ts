import { BSN_OID, hl7Date } from '../readers/hl7.ts'
import type { Cells } from '../readers/rows.ts'
import type { XmlElement } from '../readers/xml.ts'
import { elementAt, elementsNamed } from '../readers/xml-tree.ts'
import { OBSERVATION, PATHS } from './names.ts'

/**
 * What the registration needs of a message, as cells; all else, every other observation included, is left where it stands. Where a
 * patient or an observation lies in a message differs by sender, so they are looked for by name.
 */
export function cellsOf(message: XmlElement): Cells {
  const observation = elementsNamed(message, 'observation').find(
    (each) => elementAt(each, 'code')?.attributes.code === OBSERVATION,
  )
  const patient = elementsNamed(message, 'patient').next().value ?? undefined
  const person = elementAt(patient, 'patientPerson') ?? elementAt(patient, 'person')
  const name = elementAt(person, 'name')
  const numbers = [...(patient?.children ?? []), ...(person?.children ?? [])].filter((each) => each.name === 'id')
  return Object.assign(Object.create(null), {
    id: elementAt(message, PATHS.message)?.attributes.extension ?? '',
    'creationTime/moment': elementAt(message, PATHS.made)?.attributes.value ?? '',
    creationTime: hl7Date(elementAt(message, PATHS.made)),
    'observation/id': elementAt(observation, 'id')?.attributes.extension ?? '',
    'observation/effectiveTime': hl7Date(elementAt(observation, 'effectiveTime') ?? elementAt(observation, 'effectiveTime/low')),
    'observation/statusCode': elementAt(observation, 'statusCode')?.attributes.code ?? '',
    'patient/id': numbers.find((id) => id.attributes.root === BSN_OID)?.attributes.extension ?? '',
    'patientPerson/name/given': textsOf(name, 'given'),
    'patientPerson/name/prefix': textsOf(name, 'prefix'),
    'patientPerson/name/family': textsOf(name, 'family'),
    'patientPerson/birthTime': hl7Date(elementAt(person, 'birthTime')),
    'patientPerson/administrativeGenderCode': elementAt(person, 'administrativeGenderCode')?.attributes.code ?? '',
    'assignedPerson/code': elementAt(message, PATHS.author)?.attributes.displayName ?? '',
  })
}

function textsOf(name: XmlElement | undefined, part: string): string {
  const parts = (name?.children ?? []).filter((each) => each.name === part)
  return parts
    .map(({ text }) => text)
    .join(' ')
    .trim()
}

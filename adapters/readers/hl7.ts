import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import type { XmlElement } from './xml.ts'
import { readXmlTree } from './xml-tree.ts'

const NAMESPACE = 'urn:hl7-org:v3'
/** An interaction of HL7v3 is named by its domain and number: `REPC_IN000024NL`. */
const INTERACTION = /^[A-Z]{4}_IN\d{6}[A-Z0-9]*$/

/** The messages of an HL7v3 file: one interaction, or an element that holds nothing but interactions. Throws `SourceFault`. */
export async function readHl7(content: Content): Promise<XmlElement[]> {
  const root = await readXmlTree(content, (uri) => uri === NAMESPACE)
  if (INTERACTION.test(root.name)) return [root]
  if (root.children.length > 0 && root.children.every(({ name }) => INTERACTION.test(name))) return root.children
  const melding = 'Dit is geen HL7v3-bericht, of een verzameling daarvan.'
  throw new SourceFault([{ pointer: '', code: 'bericht', melding, watNu: 'Stuur het bericht zoals het systeem het maakte.' }], 1)
}

/** The OID under which HL7v3 has citizen service numbers. */
export const BSN_OID = '2.16.840.1.113883.2.4.6.3'

/** `20130401`, also with a time behind it: the day; the null flavor of unknown gives an empty text. */
export function hl7Date(element: XmlElement | undefined): string {
  return (element?.attributes.value ?? '').slice(0, 8)
}

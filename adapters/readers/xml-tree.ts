import { SaxesParser } from 'saxes'
import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { tree_chars_max, tree_depth_max, tree_elements_max } from './limits.ts'
import { decodeText } from './text.ts'
import type { XmlElement } from './xml.ts'

/**
 * A whole XML message as a tree of elements under their local names: for messages of a standard (HL7v3, iStandaarden), which are small and
 * deep. Throws `SourceFault` for another namespace, for what is not well formed, for a document type or an entity of its own, and past
 * the limits.
 */
export async function readXmlTree(content: Content, isNamespace: (uri: string) => boolean): Promise<XmlElement> {
  const parser = new SaxesParser({ xmlns: true, position: true })
  parser.ENTITIES = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })
  const builder = treeBuilder(isNamespace)
  parser.on('doctype', () => refuse('doctype'))
  parser.on('opentag', ({ local, uri, attributes }) => {
    const plain = Object.values(attributes).filter((attribute) => attribute.uri === '')
    builder.open(local, uri, Object.fromEntries(plain.map((attribute) => [attribute.local, attribute.value])))
  })
  parser.on('text', (text) => builder.addText(text))
  parser.on('cdata', (text) => builder.addText(text))
  parser.on('closetag', () => builder.close())
  let chars = 0
  try {
    for await (const text of decodeText(content)) {
      chars += text.length
      if (chars > tree_chars_max) refuse('te-lang')
      parser.write(text)
    }
    parser.close()
  } catch (error) {
    throw error instanceof SourceFault ? error : faultOf('xml')
  }
  return builder.root() ?? refuse('xml')
}

function treeBuilder(isNamespace: (uri: string) => boolean) {
  const path: XmlElement[] = []
  let root: XmlElement | undefined
  let count = 0
  return {
    open(name: string, uri: string, attributes: Record<string, string>) {
      if (!root && !isNamespace(uri)) refuse('namespace')
      count += 1
      if (count > tree_elements_max || path.length >= tree_depth_max) refuse('te-diep')
      const element = { name, attributes: Object.assign(Object.create(null), attributes), children: [], text: '' }
      path.at(-1)?.children.push(element)
      root ??= element
      path.push(element)
    },
    close() {
      const element = path.pop() as XmlElement
      element.text = element.text.trim()
    },
    addText(text: string) {
      const element = path.at(-1)
      if (element) element.text += text
    },
    root: () => root,
  }
}

/** All elements under this one, itself included, that have this name, in the order of the text. */
export function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  if (element.name === name) yield element
  for (const child of element.children) yield* elementsNamed(child, name)
}

/** The element at the end of a path of names (`patient/id`), the first of each; undefined when there is none. */
export function elementAt(element: XmlElement | undefined, path: string): XmlElement | undefined {
  return path
    .split('/')
    .reduce<XmlElement | undefined>((found, name) => found?.children.find((child) => child.name === name), element)
}

function refuse(reason: keyof typeof REASONS): never {
  throw faultOf(reason)
}

function faultOf(reason: keyof typeof REASONS): SourceFault {
  return new SourceFault([{ pointer: '', code: reason, ...REASONS[reason] }], 1)
}

const REASONS = {
  doctype: { melding: 'Het bericht heeft een documenttype (DOCTYPE); dat is niet toegestaan.', watNu: 'Laat de DOCTYPE weg.' },
  namespace: { melding: 'Het bericht hoort niet bij deze standaard.', watNu: 'Controleer de namespace van het hoofdelement.' },
  'te-diep': { melding: 'Het bericht heeft te veel onderdelen.', watNu: 'Stuur elk bericht in een bestand apart.' },
  'te-lang': { melding: 'Het bericht is te groot.', watNu: 'Stuur elk bericht in een bestand apart.' },
  xml: { melding: 'Het bericht is geen goed gevormde XML.', watNu: 'Stuur het bericht zoals het systeem het maakte.' },
}

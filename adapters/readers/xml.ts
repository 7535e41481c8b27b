import { SaxesParser } from 'saxes'
import type { Content } from '../adapter.ts'
import { SourceFault } from '../source-fault.ts'
import { depth_max, elements_max, record_chars_max, records_max } from './limits.ts'
import { decodeText } from './text.ts'

/** An element with its attributes (without a prototype), its child elements and its own text, trimmed. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

export interface XmlRecord {
  /** Number of the record in the file, from 1. */
  regel: number
  element: XmlElement
  bron: string
}

/**
 * The records of an XML file: the children, all named `record`, of the root element `root`. One piece of the file is held at a
 * time. Throws `SourceFault` for what is not well formed, for another root or record, for a document type or an entity of its
 * own (so nothing is ever expanded or fetched), and past the limits of depth, size and number.
 */
export async function* readXml(content: Content, root: string, record: string): AsyncGenerator<XmlRecord> {
  const queue: XmlRecord[] = []
  const parse = parserInto(queue, root, record)
  for await (const text of decodeText(content)) {
    const fault = parse(text)
    yield* queue.splice(0)
    if (fault) throw fault
  }
  const fault = parse(null)
  yield* queue.splice(0)
  if (fault) throw fault
}

type Feed = (text: string | null) => SourceFault | undefined

function parserInto(queue: XmlRecord[], root: string, record: string): Feed {
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.ENTITIES = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })
  const builder = recordBuilder(root, record, queue)
  parser.on('doctype', () => builder.refuse('doctype'))
  parser.on('processinginstruction', () => builder.refuse('opdracht'))
  parser.on('xmldecl', ({ encoding }) => builder.declare(encoding))
  parser.on('opentag', (tag) => builder.open(tag.name, tag.attributes, parser.position))
  parser.on('text', (text) => builder.addText(text))
  parser.on('cdata', (text) => builder.addText(text))
  parser.on('closetag', () => builder.close(parser.position))
  return (text) => {
    try {
      if (text === null) parser.close()
      else {
        builder.hold(text)
        parser.write(text)
        builder.release()
      }
      return undefined
    } catch (error) {
      if (error instanceof SourceFault) return error
      return unreadable(parser.line, builder.count() + 1)
    }
  }
}

const KNOWN_ENCODINGS = /^(utf-?8|us-ascii|iso-8859-1|windows-1252)$/i

/** Builds the elements of one record after another, and keeps its text: `held` begins at character `base` of the file. */
function recordBuilder(root: string, record: string, queue: XmlRecord[]) {
  let held = ''
  let base = 0
  let count = 0
  let elements = 0
  let startsAt = 0
  const path: XmlElement[] = []

  function refuse(reason: keyof typeof REASONS): never {
    throw new SourceFault([{ pointer: path[1]?.name ?? root, code: reason, ...REASONS[reason] }], count + 1)
  }

  function beginRecord(name: string, position: number) {
    if (name !== record) refuse('onbekend-element')
    if (count >= records_max) refuse('te-veel')
    elements = 0
    startsAt = held.lastIndexOf('<', position - base - 1) + base
  }

  function open(name: string, given: Record<string, string>, position: number) {
    if (path.length >= depth_max) refuse('te-diep')
    if (path.length === 0 && name !== root) refuse('onbekend-element')
    if (path.length === 1) beginRecord(name, position)
    const attributes: Record<string, string> = Object.assign(Object.create(null), given)
    elements += 1 + Object.keys(attributes).length
    if (elements > elements_max) refuse('te-diep')
    const element = { name, attributes, children: [], text: '' }
    if (path.length >= 2) path.at(-1)!.children.push(element)
    path.push(element)
  }

  function close(position: number) {
    const element = path.pop()!
    element.text = element.text.trim()
    if (path.length !== 1) return
    count += 1
    queue.push({ regel: count, element, bron: held.slice(startsAt - base, position - base) })
    startsAt = position
  }

  function addText(text: string) {
    if (path.length >= 2) path.at(-1)!.text += text
    else if (text.trim() !== '') refuse('losse-tekst')
  }

  /** Forgets what lies before the record at hand; what is left can be a record, a comment or a document type. */
  function release() {
    held = held.slice(startsAt - base)
    base = startsAt
    if (held.length > record_chars_max) refuse('te-lang')
  }

  const hold = (text: string) => {
    held += text
  }
  const declare = (encoding = 'utf-8') => {
    if (!KNOWN_ENCODINGS.test(encoding)) refuse('tekenset')
  }
  return { open, close, addText, hold, release, declare, refuse, count: () => count }
}

const REASONS = {
  doctype: {
    melding: 'Het bestand heeft een documenttype (DOCTYPE); dat is niet toegestaan.',
    watNu: 'Laat de DOCTYPE met haar entiteiten weg.',
  },
  opdracht: { melding: 'Het bestand bevat een verwerkingsopdracht (<? ?>).', watNu: 'Laat de verwerkingsopdracht weg.' },
  tekenset: { melding: 'De opgegeven tekenset wordt niet gelezen.', watNu: 'Gebruik UTF-8, ISO-8859-1 of Windows-1252.' },
  'onbekend-element': {
    melding: 'Het hoofdelement of een record heeft een andere naam dan verwacht.',
    watNu: 'Vergelijk het bestand met de beschrijving van dit formaat.',
  },
  'losse-tekst': { melding: 'Tussen de records staat losse tekst.', watNu: 'Verwijder de tekst tussen de records.' },
  'te-diep': {
    melding: `Een record is dieper genest dan ${depth_max} niveaus of heeft meer dan ${elements_max} onderdelen.`,
    watNu: 'Vergelijk het bestand met de beschrijving van dit formaat.',
  },
  'te-veel': { melding: `Er zijn meer dan ${records_max} records.`, watNu: 'Verdeel het bestand.' },
  'te-lang': {
    melding: `Een record, opmerking of documenttype is langer dan ${record_chars_max} tekens.`,
    watNu: 'Controleer of alle elementen gesloten zijn.',
  },
}

function unreadable(line: number, regel: number): SourceFault {
  const melding = `Het bestand is geen goed gevormde XML: regel ${line} is niet te lezen. Eerdere records zijn wel gelezen.`
  const watNu = 'Controleer op die regel of elementen gesloten zijn en of & als &amp; geschreven is; eigen entiteiten mogen niet.'
  return new SourceFault([{ pointer: '', code: 'xml', melding, watNu }], regel)
}

import { SaxesParser } from 'saxes'
import { SourceFault } from '../source-fault.ts'
import { record_chars_max } from './limits.ts'
import { decodeText } from './text.ts'

export interface SaxHandlers {
  /** Names are without their prefix. */
  open(name: string, attributes: Record<string, string>): void
  /** `text` is what stood directly in the element since its start or its last child. */
  close(name: string, text: string): void
}

/**
 * Walks through one XML part of a larger file (a sheet of a workbook), giving back control after each piece. No document type, no
 * entity of its own, no text or tag beyond `record_chars_max`; what is not well formed is a `SourceFault`.
 */
export async function* walkXml(bytes: AsyncIterable<Uint8Array>, handlers: SaxHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let text = ''
  let last = 0
  parser.ENTITIES = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })
  parser.on('doctype', () => parser.fail('doctype'))
  parser.on('text', (part) => {
    text += part
  })
  parser.on('opentag', ({ name, attributes }) => {
    text = ''
    last = parser.position
    handlers.open(local(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    last = parser.position
    handlers.close(local(name), text)
    text = ''
  })
  const attempt = (act: () => unknown) => {
    try {
      act()
    } catch (error) {
      throw error instanceof SourceFault ? error : UNREADABLE
    }
  }
  for await (const piece of decodeText(bytes)) {
    attempt(() => parser.write(piece))
    if (parser.position - last > record_chars_max) throw UNREADABLE
    yield
  }
  attempt(() => parser.close())
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const UNREADABLE = new SourceFault(
  [
    {
      pointer: '',
      code: 'xml',
      melding: 'Een onderdeel van het bestand is geen goed gevormde XML, of bevat een DOCTYPE.',
      watNu: 'Open het bestand in een rekenprogramma en sla het opnieuw op.',
    },
  ],
  1,
)

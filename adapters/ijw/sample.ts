import type { InventedChild } from '../adapter.ts'
import { escaped } from '../result/outcome.ts'
import { CLIENT_PATHS, MESSAGE_ID, PRODUCT_PATHS } from './names.ts'

/** A JW305 with the start of help for each child. */
export function sample(children: InventedChild[]): Uint8Array {
  const clients = children.map(client).join('')
  const header = nested({ [MESSAGE_ID]: 'V-305' })
  const uri = 'http://www.istandaarden.nl/ijw/3_2/jw305/schema'
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Bericht xmlns="${uri}">${header}<Clienten>\n${clients}</Clienten></Bericht>\n`,
  )
}

function client({ number, bsn, geboortedatum, geslacht, geslachtsnaam, voorvoegsel, voornamen, start }: InventedChild): string {
  const person = nested({
    [CLIENT_PATHS.bsn]: bsn,
    [CLIENT_PATHS.geboortedatum]: geboortedatum,
    [CLIENT_PATHS.geslacht]: geslacht === 'm' ? '1' : '2',
    [CLIENT_PATHS.geslachtsnaam]: geslachtsnaam,
    [CLIENT_PATHS.voorvoegsel]: voorvoegsel,
    [CLIENT_PATHS.voornamen]: voornamen,
  })
  const product = nested({ [PRODUCT_PATHS.nummer]: String(number), [PRODUCT_PATHS.begin]: start, [PRODUCT_PATHS.status]: '1' })
  return `<Client>${person}<StartProducten><StartProduct>${product}</StartProduct></StartProducten></Client>\n`
}

/** Elements of these paths, those with the same begin within one another. */
function nested(values: Record<string, string>): string {
  const groups = Map.groupBy(Object.entries(values), ([path]) => path.split('/')[0] as string)
  return [...groups]
    .map(([name, members]) => {
      const deeper = members.flatMap(([path, value]) => (path === name ? [] : [[path.slice(name.length + 1), value] as const]))
      const inner = deeper.length > 0 ? nested(Object.fromEntries(deeper)) : escaped(members[0]?.[1] ?? '')
      return `<${name}>${inner}</${name}>`
    })
    .join('')
}

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Regio } from '../../schemas/types.ts'

const EXAMPLE = new URL('../../schemas/regions/voorbeeld.json', import.meta.url)

/** Writes the example region, changed for a test, to a file of its own; answers its path. */
export function regionFile(change: (region: Regio) => Regio): string {
  const path = join(mkdtempSync(join(tmpdir(), 'verwijsindex-regio-')), 'regio.json')
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(EXAMPLE, 'utf8')))))
  return path
}

/** With one more organisation, that has a client of its own with every right of an organisation. */
export function withOrganisation(region: Regio, id: string, soort: Regio['organisaties'][number]['soort']): Regio {
  const [organisation, client] = [region.organisaties[0], region.clients[0]]
  if (!organisation || !client) throw new Error('the example region has no organisation')
  const { eigenAdapter: _, ...rest } = organisation
  return {
    ...region,
    organisaties: [...region.organisaties, { ...rest, id, naam: id, soort }],
    clients: [...region.clients, { ...client, id, organisatie: id }],
  }
}

/** With one more coördinatiepunt, that has a client of its own. */
export function withPoint(region: Regio, point: Regio['coordinatiepunten'][number]): Regio {
  const client = region.clients.find((each) => each.rol === 'coordinatiepunt')
  if (!client) throw new Error('the example region has no coördinatiepunt')
  const gemeenten = [...point.gemeenten, ...(point.aangesloten ?? [])]
  return {
    ...region,
    coordinatiepunten: [...region.coordinatiepunten, point],
    clients: [...region.clients, { ...client, id: point.id, organisatie: point.id, gemeenten }],
  }
}

import { loadConfig } from '../../config.ts'
import { openRegionKeys } from '../../edges/keys/region-keys.ts'
import { filesBeside } from '../../edges/store/files-beside.ts'
import type { Recipient } from '../../flows/files.ts'
import { mayTell } from '../../flows/permits.ts'
import { loadRegion } from '../../region.ts'
import { type Policy, policyName } from '../../stages/consent/policy.ts'
import { EXIT } from '../command.ts'
import { writeLines } from '../json-lines.ts'
import { brief, differs } from './difference.ts'

/**
 * `policy diff A B --huidig`: which decisions about what is registered now would be others under the second policy, before it is
 * switched. A line per registration and recipient, then the totals; exit 1 when there are any. Reads beside a running hub.
 */
export async function diffCurrent(before: Policy, after: Policy): Promise<number> {
  const config = loadConfig({ demo: true })
  const { wrapping } = openRegionKeys(config.keysDir, { demo: true, storeExists: true })
  const region = loadRegion(config.region)
  const points = region.coordinatiepunten.map(({ id }) => ({ id, soort: 'coordinatiepunt' }))
  const at = config.clock ?? new Date()
  const totals = { registraties: 0, besluiten: 0, gewijzigd: 0, opent: 0, sluit: 0 }
  for await (const { rows, files } of filesBeside(config, wrapping)) {
    const lines: string[] = []
    for (const { seq, id, organisation } of rows) {
      totals.registraties += 1
      const others: Recipient[] = [...region.organisaties.filter((each) => each.id !== organisation), ...points]
      for (const recipient of others) {
        totals.besluiten += 1
        const [van, naar] = [before, after].map((policy) => mayTell({ policy }, files, seq, recipient, at))
        if (!van || !naar || !differs(van, naar)) continue
        totals.gewijzigd += 1
        if (van.besluit !== naar.besluit) totals[naar.besluit === 'toestaan' ? 'opent' : 'sluit'] += 1
        lines.push(JSON.stringify({ registratie: id, ontvanger: recipient.id, van: brief(van), naar: brief(naar) }))
      }
    }
    await writeLines(lines)
  }
  await writeLines([JSON.stringify({ samenvatting: { van: policyName(before), naar: policyName(after), ...totals } })])
  return totals.gewijzigd === 0 ? EXIT.good : EXIT.findings
}

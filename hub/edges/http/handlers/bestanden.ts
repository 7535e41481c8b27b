import type { AdapterRow } from '../../../../adapters/adapter.ts'
import { adapterNamed } from '../../../../adapters/registry.ts'
import { renderResult } from '../../../../adapters/result.ts'
import { SourceFault } from '../../../../adapters/source-fault.ts'
import { HubError } from '../../../errors.ts'
import { acceptRows, type RowOutcome, rowOfFile } from '../../../flows/import-rows.ts'
import { lineOf } from '../../../stages/audit/line-of.ts'
import { dayOf } from '../../../stages/calendar.ts'
import { faultOf } from '../../../stages/ingest/fault-of.ts'
import { type ApiRequest, type Handlers, idOf } from '../handler.ts'
import { showOutcome } from './registraties.ts'

const ROWS_MAX = 1000

/** Files of the sources' own systems, through their adapters, and the way back. */
export const fileHandlers: Handlers = {
  async bestandAanbieden(request) {
    const { hub, principal, values, body } = request
    const name = String(values.adapter)
    const outcomes = await readAndAccept(request, name, body.bytes)
    const id = hub.ids.next('l')
    const sealed = hub.keys.vault.seal(JSON.stringify(outcomes), id)
    const line = lineOf(principal, { actie: 'aanmaken', uitkomst: 'toegestaan', object: id, herkomst: 'bestand' })
    await hub.store.write(async (tx) => {
      const createdAt = hub.clock.domain().toISOString()
      await tx.imports.insertReport({ id, client: principal.client, adapter: name, createdAt, sealed })
      await tx.log.append([line], hub.clock.real())
    })
    return { body: { leveringId: id, resultaten: outcomes.map(showOutcome) } }
  },
  async leveringOpvragen(request) {
    const { hub, principal } = request
    const report = await hub.store.read((tx) => tx.imports.report(principal.client, idOf(request)))
    if (!report) throw new HubError('niet-gevonden')
    const outcomes = JSON.parse(hub.keys.vault.unseal(report.sealed, report.id)) as RowOutcome[]
    const { contentType, body } = renderResult(
      report.adapter,
      outcomes.map(({ regel, bronbericht, uitkomst, fouten }) => ({
        regel: regel ?? 0,
        bronbericht: bronbericht ?? '',
        uitkomst,
        fouten,
        ontbreekt: [],
      })),
    )
    return { body, contentType, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: report.id })] }
  },
}

async function readAndAccept(request: ApiRequest, name: string, bytes: Buffer): Promise<RowOutcome[]> {
  const { hub, principal } = request
  const organisation = hub.region.organisaties.find((each) => each.id === principal.organisation)
  const adapter = adapterNamed(name)
  if (!adapter || !organisation?.adapters.includes(name))
    throw invalid(
      '/adapter',
      'adapter',
      'Uw organisatie mag deze adapter niet gebruiken.',
      `Kies uit: ${organisation?.adapters.join(', ') || 'geen'}.`,
    )
  const today = dayOf(hub.clock.domain())
  const context = {
    client: principal.client,
    gemeente: principal.municipalities[0] ?? organisation.gemeenten[0] ?? '',
    ontvangenOp: today,
  }
  const rows: AdapterRow[] = []
  try {
    for await (const row of adapter.read(bytes, context)) {
      if (rows.push(row) > ROWS_MAX)
        throw new HubError('te-groot', { detail: `Een bestand is hier ten hoogste ${ROWS_MAX} rijen; verdeel het.` })
    }
  } catch (error) {
    if (error instanceof SourceFault && rows.length === 0) throw new HubError('ongeldige-invoer', { faults: error.fouten })
    if (!(error instanceof SourceFault)) throw error
    rows.push({ regel: error.regel, toestemmingen: [], fouten: error.fouten, bron: '', sourceOf: (pointer) => pointer })
  }
  const source = { label: name, origin: 'bestand' }
  return acceptRows(hub, principal, rows.map(rowOfFile), source)
}

function invalid(pointer: string, code: string, melding: string, watNu: string): HubError {
  return new HubError('ongeldige-invoer', { faults: [faultOf(pointer, code, melding, watNu)] })
}

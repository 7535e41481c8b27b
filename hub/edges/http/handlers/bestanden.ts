import type { Adapter, AdapterRow, ResultForm } from '../../../../adapters/adapter.ts'
import { readSource } from '../../../../adapters/read-source.ts'
import { adapterNamed } from '../../../../adapters/registry.ts'
import { result_head_bytes, resultFormOf, startResult } from '../../../../adapters/result.ts'
import { SourceFault } from '../../../../adapters/source-fault.ts'
import { HubError } from '../../../errors.ts'
import { acceptRows, type RowOutcome, rowOfFile } from '../../../flows/import-rows.ts'
import { resultRows } from '../../../flows/row-results.ts'
import { lineOf } from '../../../stages/audit/line-of.ts'
import { dayOf } from '../../../stages/calendar.ts'
import { faultOf } from '../../../stages/ingest/fault-of.ts'
import { adaptersFor } from '../../../stages/ingest/rights.ts'
import { type ApiRequest, type Handlers, idOf } from '../handler.ts'
import { showOutcome } from './registraties.ts'

const ROWS_MAX = 1000

/** Files of the sources' own systems, through their adapters, and the way back. */
export const fileHandlers: Handlers = {
  async bestandAanbieden(request) {
    const { hub, principal, values, body } = request
    const name = String(values.adapter)
    const adapter = adapterFor(request, name)
    const outcomes = await readAndAccept(request, adapter, body.bytes)
    const id = hub.ids.next('l')
    const sealed = hub.keys.vault.seal(
      JSON.stringify({ vorm: resultFormOf(adapter, body.bytes.subarray(0, result_head_bytes)), outcomes }),
      id,
    )
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
    const { vorm, outcomes } = openReport(hub.keys.vault.unseal(report.sealed, report.id), report.adapter)
    const result = startResult(vorm)
    result.add(await resultRows(hub, principal.organisation, outcomes))
    const { contentType, body } = result.finish()
    return { body, contentType, lines: [lineOf(principal, { actie: 'lezen', uitkomst: 'toegestaan', object: report.id })] }
  },
}

interface Report {
  vorm: ResultForm
  outcomes: RowOutcome[]
}

/** A report of before the form was kept is a bare list: it gets the usual form of its adapter. */
function openReport(text: string, adapterName: string): Report {
  const kept = JSON.parse(text) as Report | RowOutcome[]
  if (!Array.isArray(kept)) return kept
  const adapter = adapterNamed(adapterName)
  return { vorm: adapter ? resultFormOf(adapter, new Uint8Array(0)) : 'ndjson', outcomes: kept }
}

/** The adapter of this name, when the sender's organisation may use it. */
function adapterFor({ hub, principal }: ApiRequest, name: string): Adapter {
  const allowed = adaptersFor(hub.region, principal.client)
  const adapter = adapterNamed(name)
  if (adapter && allowed.includes(name)) return adapter
  const watNu = `Kies uit: ${allowed.join(', ') || 'geen'}.`
  throw invalid('/adapter', 'adapter', 'Uw organisatie mag deze adapter niet gebruiken.', watNu)
}

async function readAndAccept({ hub, principal }: ApiRequest, adapter: Adapter, bytes: Buffer): Promise<RowOutcome[]> {
  const today = dayOf(hub.clock.domain())
  const context = {
    client: principal.client,
    gemeente: principal.municipalities[0] ?? '',
    ontvangenOp: today,
  }
  const rows: AdapterRow[] = []
  try {
    for await (const row of readSource(adapter, bytes, context)) {
      if (rows.push(row) > ROWS_MAX)
        throw new HubError('te-groot', { detail: `Een bestand is hier ten hoogste ${ROWS_MAX} rijen; verdeel het.` })
    }
  } catch (error) {
    if (error instanceof SourceFault && rows.length === 0) throw new HubError('ongeldige-invoer', { faults: error.fouten })
    if (!(error instanceof SourceFault)) throw error
    rows.push({ regel: error.regel, toestemmingen: [], fouten: error.fouten, bron: '', sourceOf: (pointer) => pointer })
  }
  const source = { label: adapter.name, origin: 'bestand' }
  return acceptRows(hub, principal, rows.map(rowOfFile), source)
}

function invalid(pointer: string, code: string, melding: string, watNu: string): HubError {
  return new HubError('ongeldige-invoer', { faults: [faultOf(pointer, code, melding, watNu)] })
}

import type { EntryRow } from '../entry.ts'

/**
 * A line as Logius' Logboek Dataverwerkingen has it: a span of a trace, about one person at most, without the identity of users. The
 * subject is the pseudonym, encrypted by `conceal`; `source` is the hub's own URN, under which the region keeps its register.
 */
export function dataProcessingOf(row: EntryRow & { blad: Uint8Array }, source: string, conceal: (person: string) => string) {
  const subject = row.persoon === null ? {} : subjectOf(conceal(row.persoon))
  return {
    trace_id: row.trace_id,
    // A line has no span of its own: the first bytes of its leaf name it just as well.
    span_id: Buffer.from(row.blad).toString('hex').slice(0, 16),
    status: row.uitkomst === 'toegestaan' ? 'Ok' : 'Error',
    name: row.actie,
    start_time: row.tijdstip,
    end_time: row.tijdstip,
    resource: { name: source },
    attributes: { 'dpl.core.processing_activity_id': `${source}:verwerking:${row.actie}`, ...subject },
  }
}

function subjectOf(concealed: string) {
  return { 'dpl.core.data_subject_id': concealed, 'dpl.core.data_subject_id_type': 'verwijsindex-pseudoniem' }
}

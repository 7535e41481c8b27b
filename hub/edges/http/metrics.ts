import type { Request, RequestHandler } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import { countOverdueReviews } from '../../flows/reviews-overdue.ts'

/** What Prometheus may know: counts and times per operation, never anything of anyone, never how many matches are sealed. */
export interface Metrics {
  observe(facts: { operation: string; status: number; seconds: number }): void
  /** Counts a refusal by its error, and by each kind of fault in the input; an unknown error counts as one of the hub's own. */
  refused(error: unknown): void
  handler: RequestHandler
}

const BUCKETS_S = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function createMetrics(hub: Hub): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['bewerking', 'status'] as const
  const requests = new Counter({ name: 'verwijsindex_verzoeken_totaal', help: 'Verzoeken', labelNames, registers: [registry] })
  const refusals = new Counter({
    name: 'verwijsindex_geweigerd_totaal',
    help: 'Geweigerde verzoeken naar soort fout',
    labelNames: ['fout'] as const,
    registers: [registry],
  })
  const faults = new Counter({
    name: 'verwijsindex_invoerfouten_totaal',
    help: 'Fouten in de invoer naar code',
    labelNames: ['code'] as const,
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'verwijsindex_verzoek_seconden',
    help: 'Duur van verzoeken',
    labelNames: ['bewerking'] as const,
    buckets: BUCKETS_S,
    registers: [registry],
  })
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read())
      },
    })
  gauge('verwijsindex_registraties', 'Registraties', () => hub.store.read((tx) => tx.registrations.count()))
  gauge('verwijsindex_wachtend', 'Registraties die op koppelen wachten (ten hoogste 1000 geteld)', () =>
    hub.store.read(async (tx) => (await tx.registrations.waiting(1000)).length),
  )
  gauge('verwijsindex_leveringen_dood', 'Webhooks die nooit aankwamen', () =>
    hub.store.read(async (tx) => (await tx.webhooks.countByState()).dood ?? 0),
  )
  gauge('verwijsindex_koppelvragen_over_termijn', 'Koppelvragen die langer open staan dan hun termijn', () =>
    hub.store.read((tx) => countOverdueReviews(hub, tx)),
  )
  gauge('verwijsindex_toegangslog_regels', 'Regels in het toegangslog', () => hub.accessLog.size())
  return {
    observe({ operation, status, seconds: taken }) {
      requests.inc({ bewerking: operation, status: String(status) })
      seconds.observe({ bewerking: operation }, taken)
    },
    refused(error) {
      refusals.inc({ fout: error instanceof HubError ? error.code : 'interne-fout' })
      if (error instanceof HubError) for (const code of new Set(error.faults.map((fault) => fault.code))) faults.inc({ code })
    },
    handler: async (_request, response) => {
      response.type(registry.contentType).send(await registry.metrics())
    },
  }
}

const PROXY_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/** Whether a request comes from this machine itself: not by a proxy on it, which says for whom it asks. */
export function isLoopback({ socket, headers }: Request): boolean {
  const address = socket.remoteAddress ?? ''
  if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) return false
  return address === '::1' || address.replace(/^::ffff:/, '').startsWith('127.')
}

import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Hub } from './context.ts'
import { makeDemoCertificates } from './edges/auth/demo-certificates.ts'
import { clientAddress } from './edges/client-address.ts'
import { relayOnce } from './edges/delivery/relay.ts'
import { pullSources } from './edges/fhir/pull.ts'
import { createApp, createMetricsApp } from './edges/http/app.ts'
import { answerClientErrors } from './edges/http/client-error.ts'
import { closerOf } from './edges/http/close-server.ts'
import { gatherer } from './edges/http/gather.ts'
import { createMetrics } from './edges/http/metrics.ts'
import { personsLimit } from './edges/http/persons-limit.ts'
import { certificateOf, createListener } from './edges/http/tls.ts'
import { watchedFolder } from './edges/inbox/watch.ts'
import { kafkaBroker } from './edges/kafka/broker.ts'
import { startExchange } from './edges/kafka/exchange.ts'
import { rateLimit, refillsOf } from './edges/rate-limit.ts'
import { isStoreAway } from './edges/store/postgres/pool.ts'
import { startWorker, type Worker } from './edges/workers.ts'
import type { Receipt } from './flows/accept.ts'
import type { Delivery } from './flows/accept-standing.ts'
import { finishErasures } from './flows/erase.ts'
import { erasureFollower } from './flows/follow-erasures.ts'
import { rotateLinkKeys } from './flows/key-epochs.ts'
import { adoptPolicy, isOvertaken } from './flows/policy-change.ts'
import { tellSeen } from './flows/tell-seen.ts'
import { createIdentity } from './identity.ts'
import { accept, processWaiting } from './pipeline.ts'
import type { Wakeup } from './ports.ts'
import { followClients } from './region.ts'
import type { AuditLine } from './stages/audit/line.ts'
import { turnCalendar } from './sweep.ts'

export interface RunningServer {
  /** Where others reach it: `PUBLIC_URL`, else `http://HOST:PORT`. */
  baseUrl: string
  port: number
  /** Resolves when another hub of the region works under another policy: then this one has to stop. */
  overtaken: Promise<void>
  /** Finishes the requests that are under way, then stops working. */
  stop(): Promise<void>
}

/** While someone waits for single requests a batch stays small, so that no one waits long for others (architecture.md). */
const GATHER = { wait_ms: 1, batch_max: 50 }
const GATHER_LINES = { wait_ms: 1, batch_max: 500 }
const LINK_BATCH = 500
const CALENDAR_EVERY_MS = 1000
/** A kept connection outlives the pools of usual clients and proxies (up to a minute), so that none is closed under their next request. */
const TIME_LIMITS = {
  keepAliveTimeout: 75_000,
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 5000,
}
/** So large that a token of a megabyte is read, refused and logged as a token; whatever else is large has a limit of its own. */
const HEADERS_MAX = 2 * 1024 * 1024
/** What a refused token is told (RFC 6750, 3; RFC 9449, 7.1). */
const CHALLENGES = { none: 'Bearer', mtls: 'Bearer', dpop: 'DPoP algs="PS256 ES256 EdDSA"' }
const STOP_WITHIN_MS = 8000

/** Starts everything that moves the hub: requests, linking, deliveries and the calendar. */
export async function startServer(hub: Hub, config: Config, log: Logger): Promise<RunningServer> {
  await finishErasures(hub)
  await adoptPolicy(hub)
  const metrics = createMetrics(hub)
  let ready = false
  if (config.demo && config.tokenBinding === 'mtls') makeDemoCertificates(config.keysDir, hub.region.clients)
  // The port is known only once it listens, and the app needs the port: what comes in between waits for the app.
  const app = Promise.withResolvers<RequestListener>()
  const server = serverFor(config, app.promise)
  answerClientErrors(server, metrics.refused)
  const port = await listen(server, config.host, config.port)
  const own = config.metricsPort === null ? null : createServer(createMetricsApp(metrics))
  const closers = [server, ...(own ? [own] : [])].map((each) => closerOf(each, STOP_WITHIN_MS / 2))
  if (own) await listen(own, config.host, config.metricsPort as number)
  const baseUrl =
    config.publicUrl ?? `http${config.tls ? 's' : ''}://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  const writeLines = gatherer((batches: AuditLine[][]) => writeTogether(hub, batches), GATHER_LINES)
  const limit = rateLimit(refillsOf(config), hub.allowances)
  const gate = { limit, addressOf: clientAddress(config.trustedProxies), refused: metrics.refused }
  const persons = personsLimit(config.personsPerHour, hub.allowances)
  const parts = { baseUrl, writeLines, gate, persons, log }
  const stopping = new AbortController()
  const { verify, admits, mounts } = await createIdentity(hub, { ...config, port }, parts)
  const api = {
    ...gate,
    ...{ hub, baseUrl, verify, admits, isStopping: () => stopping.signal.aborted },
    certificateOf: (socket: Socket) => certificateOf(socket, config.tls),
    challenge: CHALLENGES[config.tokenBinding],
    accept: gatherer((deliveries: Delivery[]): Promise<Receipt[]> => accept(hub, deliveries), GATHER),
    log: writeLines,
    persons,
    report: (error: unknown, facts: object) => log.error({ ...facts, fout: describe(error) }, 'verzoek mislukt'),
    explain: (reden: string, facts: object) => log.debug({ ...facts, reden }, 'token geweigerd'),
    observe: metrics.observe,
  }
  app.resolve(createApp({ api, metrics: own ? null : metrics, isReady: () => ready, mounts }))
  const work = workOf(log)
  const workers = startWorkers(hub, config, log, stopping.signal)
  const { kafka } = config
  const exchange = kafka && startExchange(hub, kafkaBroker(kafka, log), kafka.prefix, log)
  if (exchange) workers.push(work('kafka', hub.delivery, exchange.publishOnce))
  const policies = Promise.withResolvers<void>()
  workers.push(work('reglement', CALENDAR, () => lookAtPolicy(hub, policies.resolve)))
  const stopFollowing = followClients(hub.region, config.region, (error) =>
    log.error({ fout: describe(error) }, 'de regio is gewijzigd en niet te gebruiken; de afnemers blijven zoals zij waren'),
  )
  ready = true
  return {
    baseUrl,
    port,
    overtaken: policies.promise,
    async stop() {
      stopping.abort()
      ready = false
      stopFollowing()
      await Promise.all(closers.map((close) => close()))
      await Promise.all([...workers.map((worker) => worker.stop()), exchange?.stop()])
    },
  }
}

function serverFor({ tls }: Config, app: Promise<RequestListener>): Server {
  const server = createListener(tls, { maxHeaderSize: HEADERS_MAX, ...TIME_LIMITS, requireHostHeader: false })
  // Who asks first whether to send its body (`Expect: 100-continue`) is told so by what reads it, and never when it is refused.
  for (const event of ['request', 'checkContinue', 'checkExpectation'] as const)
    server.on(event, (request, response) => void app.then((handle) => handle(request, response)))
  return server
}

const CALENDAR: Wakeup = { listen: (heard) => stopTimer(setInterval(heard, CALENDAR_EVERY_MS)), ring() {} }

function startWorkers(hub: Hub, { inboxDir, fhirSources }: Config, log: Logger, stopping: AbortSignal): Worker[] {
  const { indexUpkeep } = hub
  const work = workOf(log)
  return [
    work('koppelen', hub.linking, async () => (await processWaiting(hub, LINK_BATCH)) + (await rotateLinkKeys(hub))),
    work('leveren', hub.delivery, () => relayOnce(hub)),
    ...(inboxDir ? [work('map', CALENDAR, watchedFolder(hub, inboxDir, log, stopping))] : []),
    work('kalender', CALENDAR, async () => {
      const turned = await hub.shares.asOnly('kalender', (store) => turnCalendar({ ...hub, store }, log))
      return turned ?? 0
    }),
    work('wislijst', CALENDAR, erasureFollower(hub)),
    work('logsleutel', CALENDAR, () => hub.followLogKey()),
    work('inzage', CALENDAR, () => tellSeen(hub)),
    ...(indexUpkeep ? [work('sleutelindex', CALENDAR, () => indexUpkeep.step(stopping))] : []),
    ...(fhirSources.length > 0 ? [work('fhir', hub.linking, pullSources(hub, fhirSources, log, stopping))] : []),
  ]
}

/** Starts a worker of this hub by its name, what wakes it, and its step. */
function workOf(log: Logger) {
  return (name: string, wakeup: Wakeup, step: () => Promise<number>) => startWorker(name, wakeup, log, step, isStoreAway)
}

async function lookAtPolicy(hub: Hub, stop: () => void): Promise<number> {
  if (await isOvertaken(hub)) stop()
  return 0
}

function stopTimer(timer: NodeJS.Timeout): () => void {
  return () => clearInterval(timer)
}

/** The lines of many requests in one transaction; who cannot be logged gets no answer. */
async function writeTogether(hub: Hub, batches: AuditLine[][]): Promise<undefined[]> {
  await hub.store.writeBeside((tx) => tx.log.append(batches.flat(), hub.clock.real()))
  return batches.map(() => undefined)
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** An error for the log: its kind and place, and the reason inside it; no input. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { soort: typeof error }
  const cause = error.cause instanceof Error ? error.cause.message : undefined
  return { soort: error.name, melding: error.message, oorzaak: cause, stack: error.stack?.split('\n').slice(1, 6) }
}

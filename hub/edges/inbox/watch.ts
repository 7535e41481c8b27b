import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { resultFormOf, startResult } from '../../../adapters/result.ts'
import type { Hub } from '../../context.ts'
import { HubError } from '../../errors.ts'
import { importFile } from '../../flows/import-file.ts'
import { resultRows } from '../../flows/row-results.ts'
import { type Claimed, claim, claimedIn, finish, waitingIn } from './folder.ts'
import { type Sender, senderOf } from './sender.ts'
import { headOf, openSource } from './source.ts'

/** A file is whole when nothing about it changed for so long. */
const STILL_MS = 2000
/** Others who send meanwhile do not wait long. */
const BATCH_ROWS = 100

/**
 * The watched folder: `root/<client>/<adapter>/` holds the files of a sender. One that is whole is claimed, read, and moved to `klaar` or,
 * when a row was refused, `fout`, with its result beside it. Answers a step that takes at most one file and says whether there was one; what an
 * earlier run did not finish comes first, and what it took in is not taken in twice. Throws `configuratie` when the folder cannot be made.
 */
export function watchedFolder(
  hub: Hub,
  root: string,
  log: Logger,
  stopping: AbortSignal,
  now_ms: () => number = () => performance.now(),
): () => Promise<number> {
  makeFolders(hub, root)
  const seen = new Map<string, { mark: string; since_ms: number }>()
  const isStill = (path: string, mark: string) => {
    const before = seen.get(path)
    if (before?.mark === mark) return now_ms() - before.since_ms >= STILL_MS
    seen.set(path, { mark, since_ms: now_ms() })
    return false
  }
  return async () => {
    for (const { folder, sender } of sendersIn(hub, root)) {
      const [left] = claimedIn(folder)
      const still = waitingIn(folder).filter(({ name, mark }) => isStill(join(folder, name), mark))
      const next = left ?? still.map(({ name }) => claim(folder, name)).find((claimed) => claimed !== null)
      if (!next) continue
      seen.delete(join(folder, next.name))
      await takeIn(hub, sender, next, log, stopping)
      return 1
    }
    return 0
  }
}

/** A folder for each organisation's own system, so that it shows where files go; other adapters' folders are taken along when made. */
function makeFolders(hub: Hub, root: string): void {
  try {
    for (const { id, organisatie } of hub.region.clients) {
      const own = hub.region.organisaties.find((organisation) => organisation.id === organisatie)?.eigenAdapter
      if (own) mkdirSync(join(root, id, own), { recursive: true, mode: 0o700 })
    }
  } catch (cause) {
    throw new HubError('configuratie', { detail: `INBOX_DIR: de map ${root} is niet te maken of te lezen.`, cause })
  }
}

function sendersIn(hub: Hub, root: string): { folder: string; sender: Sender }[] {
  return foldersIn(root).flatMap((client) =>
    foldersIn(join(root, client)).flatMap((adapter) => {
      try {
        return [{ folder: join(root, client, adapter), sender: senderOf(hub.region, client, adapter, 'map') }]
      } catch (error) {
        if (error instanceof HubError) return []
        throw error
      }
    }),
  )
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
}

async function takeIn(hub: Hub, sender: Sender, claimed: Claimed, log: Logger, stopping: AbortSignal): Promise<void> {
  const { organisation, client } = sender.principal
  const result = startResult(resultFormOf(sender.adapter, await headOf(claimed.path)))
  const counts: Record<string, number> = {}
  try {
    await importFile(hub, openSource(sender, claimed.path, BATCH_ROWS), sender, {
      links: false,
      async tell(outcomes) {
        for (const { uitkomst } of outcomes) counts[uitkomst] = (counts[uitkomst] ?? 0) + 1
        result.add(await resultRows(hub, organisation, outcomes))
        // A large file is gone on with at the next start: whoever stops the hub does not wait for it.
        if (stopping.aborted) throw new HubError('tijdelijk-niet-beschikbaar')
      },
    })
  } catch (error) {
    if (error instanceof HubError && error.code === 'tijdelijk-niet-beschikbaar') throw error
    log.error({ client, adapter: sender.adapter.name, fout: error instanceof Error ? error.name : 'onbekend' }, 'bestand mislukt')
    counts.afgekeurd = (counts.afgekeurd ?? 0) + 1
    result.add([{ regel: 0, uitkomst: 'mislukt', fouten: [FAILED] }])
  }
  await finish(claimed, counts.afgekeurd ? 'fout' : 'klaar', result.finish())
  log.info({ client, adapter: sender.adapter.name, ...counts }, 'bestand ingelezen')
}

const FAILED = {
  pointer: '',
  code: 'mislukt',
  melding: 'De verwijsindex kon dit bestand niet verder verwerken.',
  watNu: 'Bied het opnieuw aan; meld het aan de beheerder als het weer misgaat.',
}

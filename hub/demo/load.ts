import { createHash } from 'node:crypto'
import { adapterNamed } from '../../adapters/registry.ts'
import type { ApiClient } from './client.ts'
import type { ClientFolder, SourceFile } from './region-folder.ts'
import { readSent, type Sent, writeSent } from './sent.ts'

/** What became of one file; on a second start nothing is sent again and everything that was good counts as double. */
export interface FileReport {
  client: string
  adapter: string
  bestand: string
  gelezen: number
  geaccepteerd: number
  dubbel: number
  afgekeurd: number
}

/** Sends every file and consent that was not sent before, each as its own client, and waits until the hub has taken it all in. */
export async function loadRegion(
  folders: ClientFolder[],
  clientFor: (id: string) => ApiClient,
  dataDir: string,
  progress: (text: string) => void,
): Promise<FileReport[]> {
  const sent = readSent(dataDir)
  const reports: FileReport[] = []
  for (const { client, files } of folders)
    for (const file of files) {
      const report = await loadFile(file, clientFor(client), sent)
      writeSent(dataDir, sent)
      reports.push(report)
      progress(describe(report))
    }
  for (const { client, consents } of folders) {
    if (consents.length === 0) continue
    const count = await loadConsents(client, consents, clientFor(client), sent, dataDir)
    progress(count > 0 ? `${client}: ${count} toestemmingen vastgelegd` : `${client}: toestemmingen waren al vastgelegd`)
  }
  for (const { client, files } of folders) if (files.length > 0) await clientFor(client).untilProcessed()
  return reports
}

async function loadFile(file: SourceFile, client: ApiClient, sent: Sent): Promise<FileReport> {
  const name = [file.client, file.adapter, file.name, file.sha256].join('/')
  const head = { client: file.client, adapter: file.adapter, bestand: file.name }
  const earlier = sent.files[name]
  if (earlier)
    return {
      ...head,
      gelezen: earlier.gelezen,
      geaccepteerd: 0,
      dubbel: earlier.gelezen - earlier.afgekeurd,
      afgekeurd: earlier.afgekeurd,
    }
  const contentType = adapterNamed(file.adapter)?.mediaTypes[0] ?? 'application/octet-stream'
  const { resultaten } = await client.sendFile(file.adapter, contentType, file.bytes)
  const afgekeurd = resultaten.filter((row) => row.status >= 400).length
  const nieuw = resultaten.filter((row) => row.status < 400).length
  sent.files[name] = { gelezen: resultaten.length, afgekeurd }
  return { ...head, gelezen: resultaten.length, geaccepteerd: nieuw, dubbel: resultaten.length - nieuw - afgekeurd, afgekeurd }
}

async function loadConsents(
  id: string,
  consents: ClientFolder['consents'],
  client: ApiClient,
  sent: Sent,
  dataDir: string,
): Promise<number> {
  const known = new Set(sent.consents[id])
  const open = consents.filter((consent) => !known.has(hashOf(consent)))
  if (open.length === 0) return 0
  const ids = await client.registrationIds()
  for (const consent of open) {
    const { kenmerk, ...body } = consent
    await client.giveConsent({ registratie: ids.get(kenmerk) ?? kenmerk, ...body })
    known.add(hashOf(consent))
    sent.consents[id] = [...known]
    writeSent(dataDir, sent)
  }
  return open.length
}

const hashOf = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

function describe({ client, adapter, bestand, gelezen, geaccepteerd, dubbel, afgekeurd }: FileReport): string {
  const what = geaccepteerd === 0 && dubbel > 0 ? 'was al verzonden' : `${geaccepteerd} geaccepteerd, ${dubbel} dubbel`
  return `${client}: ${adapter}/${bestand}: ${gelezen} gelezen, ${what}, ${afgekeurd} afgekeurd`
}

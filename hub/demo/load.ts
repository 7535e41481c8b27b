import { createHash } from 'node:crypto'
import { adapterNamed } from '../../adapters/registry.ts'
import type { Rijresultaat } from '../../schemas/types.ts'
import { HubError } from '../errors.ts'
import { type ApiClient, refusalOf } from './client.ts'
import { partsOf } from './parts.ts'
import type { ClientFolder, SourceFile } from './region-folder.ts'
import { readSent, type Sent, writeSent } from './sent.ts'

type Progress = (text: string) => void

/** Of `_bestand`; room is left for a head on each part. */
const LIMITS = { rows_max: 1000, bytes_max: 7 * 1024 * 1024 }

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

/** Sends every file and consent that was not sent before, each as its own client, and waits until the hub has taken it all in; what became of each file is added to `reports`. */
export async function loadRegion(
  folders: ClientFolder[],
  clientFor: (id: string) => ApiClient,
  { dataDir, progress, reports }: { dataDir: string; progress: Progress; reports: FileReport[] },
): Promise<void> {
  const sent = readSent(dataDir)
  for (const { client, files } of folders)
    for (const file of files) {
      const report = await loadFile(file, clientFor(client), sent, progress)
      writeSent(dataDir, sent)
      reports.push(report)
      progress(describe(report))
    }
  for (const { client, consents } of folders) {
    if (consents.length === 0) continue
    progress(`${client}: ${await loadConsents({ client, consents }, clientFor(client), sent, dataDir)}`)
  }
  const senders = new Set(reports.filter(({ gelezen, afgekeurd }) => gelezen > afgekeurd).map(({ client }) => client))
  for (const client of senders) await clientFor(client).untilProcessed()
}

async function loadFile(file: SourceFile, client: ApiClient, sent: Sent, progress: Progress): Promise<FileReport> {
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
  const answer = await sendWhole(file, contentType, client)
  if (answer instanceof HubError) {
    progress(`${file.client}: ${file.adapter}/${file.name} is geweigerd: ${answer.message}`)
    return { ...head, gelezen: 1, geaccepteerd: 0, dubbel: 0, afgekeurd: 1 }
  }
  const gelezen = answer.length
  const afgekeurd = answer.filter((row) => row.status >= 400).length
  const dubbel = answer.filter((row) => row.dubbel).length
  sent.files[name] = { gelezen, afgekeurd }
  return { ...head, gelezen, geaccepteerd: gelezen - dubbel - afgekeurd, dubbel, afgekeurd }
}

/** Sends a file, in parts when it is too large for one request; what became of its rows, or why the hub took none of it. */
async function sendWhole(file: SourceFile, contentType: string, client: ApiClient): Promise<Rijresultaat[] | HubError> {
  const send = (bytes: Buffer) => refusalOf(client.sendFile(file.adapter, contentType, bytes))
  const whole = file.bytes.length > LIMITS.bytes_max ? null : await send(file.bytes)
  if (whole && !(whole instanceof HubError)) return whole.resultaten
  if (whole && whole.code !== 'te-groot') return whole
  const rows: Rijresultaat[] = []
  for (const part of partsOf(file.bytes, LIMITS) ?? [file.bytes]) {
    const answer = await send(part)
    if (answer instanceof HubError) return answer
    rows.push(...answer.resultaten)
  }
  return rows
}

/** Sends what was not sent before; answers in words what became of it. One that is refused holds no other back. */
async function loadConsents(
  { client: id, consents }: Pick<ClientFolder, 'client' | 'consents'>,
  client: ApiClient,
  sent: Sent,
  dataDir: string,
): Promise<string> {
  const known = new Set(sent.consents[id])
  const open = consents.filter((consent) => !known.has(hashOf(consent)))
  if (open.length === 0) return 'toestemmingen waren al vastgelegd'
  const ids = await refusalOf(client.registrationIds())
  if (ids instanceof HubError) return `toestemmingen geweigerd: ${ids.message}`
  const refused: string[] = []
  for (const consent of open) {
    const { kenmerk, ...body } = consent
    const answer = await refusalOf(client.giveConsent({ registratie: ids.get(kenmerk) ?? kenmerk, ...body }))
    if (answer instanceof HubError) {
      refused.push(`${kenmerk} (${answer.message})`)
      continue
    }
    known.add(hashOf(consent))
    sent.consents[id] = [...known]
    writeSent(dataDir, sent)
  }
  const taken = `${open.length - refused.length} toestemmingen vastgelegd`
  return refused.length === 0 ? taken : `${taken}, ${refused.length} geweigerd: ${refused.join('; ')}`
}

const hashOf = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

function describe({ client, adapter, bestand, gelezen, geaccepteerd, dubbel, afgekeurd }: FileReport): string {
  const what = geaccepteerd === 0 && dubbel > 0 ? 'was al verzonden' : `${geaccepteerd} geaccepteerd, ${dubbel} dubbel`
  return `${client}: ${adapter}/${bestand}: ${gelezen} gelezen, ${what}, ${afgekeurd} afgekeurd`
}

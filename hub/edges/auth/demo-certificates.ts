import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubError } from '../../errors.ts'
import { makeCertificate } from './certificate.ts'
import { publishOnce } from './secret-file.ts'

/** Who has a certificate in the demo: who signs them, the hub itself, and each client. */
type Holder = 'ca' | 'hub' | `client-${string}`

/** Where it lies: one file with key and certificate in PEM, as `curl --cert` and `--cacert` take it. */
export function demoCertificatePath(keysDir: string, holder: Holder): string {
  return join(keysDir, `demo-tls-${holder}.pem`)
}

/**
 * Key and certificate in PEM, made on the first call and signed by the demo's own authority. Two processes may ask at once: both get the
 * same. Throws `configuratie` when a file is there and is none.
 */
export function demoCertificate(keysDir: string, holder: Holder): string {
  const path = demoCertificatePath(keysDir, holder)
  if (!existsSync(path)) {
    const by = holder === 'ca' ? undefined : { name: nameOf('ca'), key: keyIn(demoCertificate(keysDir, 'ca')) }
    const { keyPem, certPem } = makeCertificate(nameOf(holder), by)
    publishOnce(path, `${keyPem}${certPem}`)
  }
  const pem = readFileSync(path, 'utf8')
  if (isCertificate(pem)) return pem
  const detail = `${path} is geen certificaat met zijn sleutel. Verwijder het bestand om een nieuw te laten maken.`
  throw new HubError('configuratie', { detail })
}

/** Makes those of the hub and of every client that are not there yet. */
export function makeDemoCertificates(keysDir: string, clients: readonly { id: string }[]): void {
  demoCertificate(keysDir, 'hub')
  for (const { id } of clients) demoCertificate(keysDir, `client-${id}`)
}

/** The certificate in DER: what a token is bound to. */
export function certificateDer(pem: string): Buffer {
  return new X509Certificate(pem).raw
}

const nameOf = (holder: Holder) => `verwijsindex demo ${holder}`
const keyIn = (pem: string) => createPrivateKey(pem)

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).checkPrivateKey(keyIn(pem))
  } catch {
    return false
  }
}

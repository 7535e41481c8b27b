import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { HubError } from '../../errors.ts'

/** Paths of PEM files; null: none. */
export interface SourceTlsFiles {
  /** With which the hub makes itself known, and its key. */
  certificateFile: string | null
  keyFile: string | null
  /** Who signs the source's certificate; null: one of the authorities that Node trusts. */
  caFile: string | null
}

/** PEM texts, as `tls.connect` takes them. */
export interface SourceTls {
  cert?: string
  key?: string
  ca?: string
}

/**
 * Reads what a source is spoken to with. A key that another account can read is refused, by libpq's rule: its group may read it only where root owns it, as of a
 * secret that is mounted for a group. Throws `configuratie`, naming the file.
 */
export function readSourceTls({ certificateFile, keyFile, caFile }: SourceTlsFiles): SourceTls {
  const ca = caFile ? { ca: readText(caFile) } : {}
  if (ca.ca !== undefined && !isCertificate(ca.ca)) refuse(`${caFile} is geen certificaat, in PEM.`)
  if (!certificateFile || !keyFile) return ca
  const [cert, key] = [readText(certificateFile), readText(keyFile)]
  if (isOpenToOthers(keyFile)) refuse(`${keyFile} is voor anderen te lezen; maak het alleen leesbaar voor de hub (chmod 600).`)
  if (!isCertificate(cert)) refuse(`${certificateFile} is geen certificaat, in PEM.`)
  if (!belong(cert, key)) refuse(`${keyFile} is niet de sleutel bij ${certificateFile}, in PEM en zonder wachtwoord.`)
  return { ...ca, cert, key }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return refuse(`${path} is niet te lezen.`)
  }
}

function isOpenToOthers(path: string): boolean {
  const { mode, uid } = statSync(path)
  return (mode & (uid === 0 ? 0o037 : 0o077)) !== 0
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

function belong(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

function refuse(detail: string): never {
  throw new HubError('configuratie', { detail })
}

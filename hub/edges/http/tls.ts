import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { HubError } from '../../errors.ts'

/** Only with forward secrecy, authenticated, strongest first. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
].join(':')

/** Paths of PEM files. */
export interface TlsFiles {
  certificate: string
  key: string
  /** Of who may sign the clients' certificates; none: any certificate is taken, and only a token that is bound to it says what it is worth. */
  clientCas: string[]
}

/**
 * A server over TLS (1.2 and up), or over plain HTTP when `files` is null. It asks every client for a certificate and lets in who has none too: whether one is
 * needed is for the token to say (RFC 8705). Throws `configuratie` when a file cannot be used.
 */
export function createListener(files: TlsFiles | null, options: ServerOptions): Server {
  if (!files) return createServer(options)
  const material = { cert: read('TLS_CERT', files.certificate), key: read('TLS_KEY', files.key) }
  const ca = files.clientCas.length === 0 ? {} : { ca: files.clientCas.map((path) => read('TLS_CLIENT_CA', path)) }
  try {
    const tls = {
      ...material,
      ...ca,
      minVersion: 'TLSv1.2',
      ciphers: CIPHERS,
      honorCipherOrder: true,
      requestCert: true,
      rejectUnauthorized: false,
    } as const
    return createTlsServer({ ...options, ...tls })
  } catch (cause) {
    throw new HubError('configuratie', {
      detail: 'TLS_CERT en TLS_KEY: dit is geen certificaat met zijn sleutel, in PEM.',
      cause,
    })
  }
}

/** The certificate that the client showed, in DER; one that the region's own CA (if any) did not sign is as none. */
export function certificateOf(socket: Socket, files: TlsFiles | null): Buffer | undefined {
  if (!(socket instanceof TLSSocket) || !files) return undefined
  if (files.clientCas.length > 0 && !socket.authorized) return undefined
  return socket.getPeerCertificate().raw
}

function read(name: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new HubError('configuratie', { detail: `${name}: ${path} is niet te lezen.`, cause })
  }
}

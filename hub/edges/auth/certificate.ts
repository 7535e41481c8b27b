import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto'

/** A certificate of X.509 with its key (P-256), as the demo and the tests make them. */
export interface Certificate {
  name: string
  key: KeyObject
  keyPem: string
  certPem: string
  der: Buffer
}

const ECDSA_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const ALT_NAME = Buffer.from('0603551d11', 'hex')
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex')
const DAY_MS = 86_400_000
const DAYS_MAX = 3650

/** Makes one for this machine (127.0.0.1 and localhost) that is good for ten years; `by` signs it, or it signs itself and may sign others. */
export function makeCertificate(name: string, by?: Pick<Certificate, 'name' | 'key'>): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(0x30, ECDSA_SHA256)
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    nameOf(by?.name ?? name),
    der(0x30, timeOf(Date.now() - DAY_MS), timeOf(Date.now() + DAYS_MAX * DAY_MS)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      der(
        0x30,
        extension(ALT_NAME, der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost'))),
        authority(by === undefined),
      ),
    ),
  )
  const signature = sign('sha256', body, by?.key ?? privateKey)
  const whole = der(0x30, body, algorithm, der(0x03, Buffer.from([0]), signature))
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { name, key: privateKey, keyPem, certPem: new X509Certificate(whole).toString(), der: whole }
}

/** One value in DER: its tag, its length, its parts. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function nameOf(name: string): Buffer {
  return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(name)))))
}

function timeOf(at_ms: number): Buffer {
  const text = new Date(at_ms).toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x18, Buffer.from(text))
}

function extension(id: Buffer, ...content: Buffer[]): Buffer {
  return der(0x30, id, der(0x04, der(0x30, ...content)))
}

function authority(isAuthority: boolean): Buffer {
  return extension(BASIC_CONSTRAINTS, isAuthority ? der(0x01, Buffer.from([255])) : Buffer.alloc(0))
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { expect } from 'chai'
import { fhir } from '../../deploy/engines/fhir.ts'
import { engineOrSkip } from '../../deploy/engines/needed.ts'
import { type Front, type FrontOptions, frontOf } from '../../deploy/faults/fhir-front.ts'
import { makeCertificate } from '../edges/auth/certificate.ts'
import type { FhirSource } from '../edges/fhir/settings.ts'
import { type FhirPartner, fhirPartner, namedIn, upsert } from '../testing/fhir-partner.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'

describe('a FHIR server that asks for a certificate', function () {
  this.timeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'fhir-'))
  const authority = makeCertificate('CA van de partner')
  const server = makeCertificate('127.0.0.1', authority)
  const own = makeCertificate('mee', authority)
  const stranger = makeCertificate('mee')
  const opened: { close(): void }[] = []
  let partner: FhirPartner
  let test: TestHub
  before(async function () {
    partner = fhirPartner(await engineOrSkip(this, fhir))
    test = await startTestHub()
  })
  afterEach(() => {
    for (const each of opened.splice(0)) each.close()
  })
  after(async () => {
    await test?.stop()
    partner?.close()
    rmSync(folder, { recursive: true })
  })

  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const front = async (options: FrontOptions = {}): Promise<Front> => {
    const asks = { requestCert: true, rejectUnauthorized: true, ca: authority.certPem }
    const found = await frontOf(partner.source.url, { tls: { key: server.keyPem, cert: server.certPem, ...asks }, ...options })
    opened.push(found)
    return found
  }
  const sourceAt = (url: string, shown = own): FhirSource => ({
    ...partner.source,
    url,
    certificateFile: write(`${shown.name}.crt`, shown.certPem),
    keyFile: write(`${shown.name}.key`, shown.keyPem),
    caFile: write('ca.crt', authority.certPem),
  })
  const pull = (source: FhirSource) => partner.pull(test, { source })
  /** Takes everybody, and remembers who came with what. */
  const elsewhere = async () => {
    const came: { authorization: string | undefined; certificate: string | undefined }[] = []
    let connections = 0
    const tls = { key: server.keyPem, cert: server.certPem, requestCert: true, rejectUnauthorized: false }
    const other: Server = createServer(tls, (request: IncomingMessage, response) => {
      const certificate = (request.socket as TLSSocket).getPeerCertificate().subject?.CN
      came.push({ authorization: request.headers.authorization, certificate: certificate?.toString() })
      response.end('{"resourceType":"Bundle"}')
    }).on('connection', () => connections++)
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    opened.push(other)
    return { url: `https://127.0.0.1:${(other.address() as AddressInfo).port}/fhir`, came, connections: () => connections }
  }

  it('is read with the certificate, and refuses who shows none or another', async () => {
    const id = `tls-${partner.run}`
    await partner.transaction([upsert('Patient', id, partner.patient(701)), upsert('EpisodeOfCare', id, partner.episode(id))])
    const { url, refused } = await front()
    const without = await pull({ ...sourceAt(url), certificateFile: null, keyFile: null })
    const wrong = await pull(sourceAt(url, stranger))
    expect([without.length, wrong.length]).to.eql([1, 1])
    expect(refused).to.have.length(2)
    expect(refused[0]).to.equal('ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE')
    expect(await namedIn(test, id)).to.equal(undefined)
    expect(await pull(sourceAt(url))).to.eql([])
    expect((await namedIn(test, id))?.betrokkenheid.status).to.equal('actief')
    expect(refused).to.have.length(2)
  })

  it('is not read where an authority of its own is not named, or its key came to be readable by others', async () => {
    const { url } = await front()
    expect((await pull({ ...sourceAt(url), caFile: null })).map(({ fout }) => fout).join()).to.match(/UNABLE_TO|SELF_SIGNED/)
    const source = sourceAt(url)
    writeFileSync(join(folder, 'open.key'), own.keyPem, { mode: 0o644 })
    const open = await pull({ ...source, keyFile: join(folder, 'open.key') })
    expect(open.map(({ fout }) => fout).join()).to.include('open.key is voor anderen te lezen')
  })

  it('cannot send the hub elsewhere with its token or certificate: not by a next page, and not by a redirect', async () => {
    const other = await elsewhere()
    const next = JSON.stringify([{ relation: 'next', url: `${other.url}?_getpages=1` }])
    const byLink = await front({ change: (body) => body.replace(/"link":\s*\[[^\]]*\]/, `"link":${next}`) })
    const link = await pull(sourceAt(byLink.url))
    expect(link.map(({ fout }) => fout).join()).to.include('outside the server')
    const byRedirect = await front({
      take(_, response) {
        response.writeHead(302, { location: other.url }).end()
        return true
      },
    })
    expect(await pull(sourceAt(byRedirect.url))).to.have.length(1)
    expect(other.came).to.eql([])
    expect(other.connections()).to.equal(0)
    // What it would have seen of somebody who does follow: so that the lines above can fail.
    await fetch(other.url).catch(() => undefined)
    expect(other.connections()).to.equal(1)
  })
})

describe('what a FHIR server remarks on its answers', function () {
  this.timeout(180_000)
  let partner: FhirPartner
  let test: TestHub
  let front: Front
  let planted: { at: RegExp; issue: object } | undefined
  before(async function () {
    partner = fhirPartner(await engineOrSkip(this, fhir))
    test = await startTestHub()
    front = await frontOf(partner.source.url, {
      change(body, path) {
        if (!planted?.at.test(path)) return body
        const resource = { resourceType: 'OperationOutcome', issue: [planted.issue] }
        const bundle = JSON.parse(body)
        return JSON.stringify({ ...bundle, entry: [...(bundle.entry ?? []), { resource, search: { mode: 'outcome' } }] })
      },
    })
  })
  after(async () => {
    await test?.stop()
    front?.close()
    partner?.close()
  })

  const pull = async () => {
    const lines = await partner.pull(test, { source: { ...partner.source, url: front.url } })
    return lines.map(({ time: _, level: __, ...line }) => line)
  }
  const secret = { diagnostics: 'Noor 999900006', details: { text: 'Noor' } }

  it('is in the log, once for each reading and without its words, and what it gave is used', async () => {
    const id = `remark-${partner.run}`
    await partner.transaction([upsert('Patient', id, partner.patient(711)), upsert('EpisodeOfCare', id, partner.episode(id))])
    planted = { at: /./, issue: { severity: 'warning', code: 'not-supported', ...secret } }
    expect(await pull()).to.eql([
      { bron: 'mee', melding: 'warning not-supported', msg: 'fhir: opmerking van de bron bij een antwoord' },
    ])
    expect((await namedIn(test, id))?.betrokkenheid.status).to.equal('actief')
  })

  it('stops a type where it is an error, and says how far it came; the other types go on, and it is read the next time', async () => {
    const [before, meanwhile] = [`before-${partner.run}`, `meanwhile-${partner.run}`]
    await partner.put(`Patient/${before}`, partner.patient(712))
    planted = undefined
    expect(await pull()).to.eql([])
    await partner.put(`EpisodeOfCare/${before}`, partner.episode(before))
    await partner.put(`Patient/${meanwhile}`, partner.patient(713))
    const tot = await test.hub.store.read((tx) => tx.state.get('fhir/mee/Patient'))
    planted = { at: /^\/Patient\?.*_lastUpdated/, issue: { severity: 'error', code: 'processing', ...secret } }
    const msg = 'fhir: de bron meldt een fout; hier wordt later verder gelezen'
    expect(await pull()).to.eql([{ bron: 'mee', stap: 'Patient', tot, melding: ['error processing'], msg }])
    expect(await namedIn(test, before)).not.to.equal(undefined)
    expect(await test.hub.store.read((tx) => tx.state.get('fhir/mee/Patient'))).to.equal(tot)
    planted = undefined
    expect(await pull()).to.eql([])
    expect(await test.hub.store.read((tx) => tx.state.get('fhir/mee/Patient'))).not.to.equal(tot)
  })
})

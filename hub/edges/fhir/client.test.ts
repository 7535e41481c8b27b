import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeCertificate } from '../auth/certificate.ts'
import { fhirReader } from './client.ts'
import type { Remark } from './outcome.ts'
import { wayTo } from './own-server.ts'
import { readFhirSources } from './settings.ts'

const NO_TLS = { certificateFile: null, keyFile: null, caFile: null }

describe('reading a FHIR server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fhir-'))
  const tokenFile = join(folder, 'token')
  writeFileSync(tokenFile, 'zeer-geheim\n')
  const servers: Server[] = []
  after(() => {
    for (const server of servers) server.closeAllConnections()
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true })
  })

  async function serve(answer: RequestListener): Promise<{ url: string; asked: IncomingMessage[] }> {
    const asked: IncomingMessage[] = []
    const server = createServer((request, response) => {
      asked.push(request)
      answer(request, response)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`, asked }
  }
  const reader = (url: string, timeout_ms = 2000) =>
    fhirReader(
      { client: 'mee', url, tokenFile, ...NO_TLS, everySeconds: 60, requestsPerSecond: 100, pageSize: 50 },
      { signal: new AbortController().signal, remark: (each) => remarks.push(each), timeout_ms },
    )
  const readSources = (sources: unknown) => {
    const file = join(folder, 'sources.json')
    writeFileSync(file, JSON.stringify(sources))
    const faults: string[] = []
    return { sources: readFhirSources(file, faults), faults }
  }
  const remarks: Remark[] = []
  const bundle = (next?: string) =>
    JSON.stringify({ resourceType: 'Bundle', link: next ? [{ relation: 'next', url: next }] : [] })
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: unknown) => String(error),
    )

  it('shows its token to its own server, and to nobody else', async () => {
    const other = await serve((_, response) => response.end(bundle()))
    const links = [`${other.url}/x`, 'http://127.0.0.1.example/fhir', '//127.0.0.1:1/fhir', '/elsewhere', 'ftp://a.example/fhir']
    for (const link of links) {
      const own = await serve((_, response) => response.setHeader('content-type', 'application/fhir+json').end(bundle(link)))
      const page = await reader(own.url).search('Patient', {})
      expect(await failure(reader(own.url).next(page))).to.include('outside the server')
      expect(own.asked[0]?.headers.authorization).to.equal('Bearer zeer-geheim')
    }
    expect(other.asked).to.eql([])
  })

  it('has no way to another server, even where it is sent there', async () => {
    const other = await serve((_, response) => response.end('{}'))
    const own = await serve((_, response) => response.end('{"own":true}'))
    const way = wayTo(own.url, {})
    const ask = (url: string) => fetch(url, { dispatcher: way } as RequestInit)
    expect(await failure(ask(other.url))).not.to.equal('none')
    expect(await (await ask(own.url)).json()).to.eql({ own: true })
    expect(other.asked).to.eql([])
    await way.destroy()
  })

  it('follows no redirect', async () => {
    const other = await serve((_, response) => response.end(bundle()))
    const own = await serve((_, response) => response.writeHead(302, { location: other.url }).end())
    expect(await failure(reader(own.url).search('Patient', {}))).not.to.equal('none')
    expect(other.asked).to.eql([])
  })

  it('gives up on a server that is silent', async () => {
    const own = await serve(() => {})
    expect(await failure(reader(own.url, 200).search('Patient', {}))).not.to.equal('none')
  })

  for (const status of [429, 503])
    it(`waits as long as ${status} asks, and then asks again`, async () => {
      let busy = 2
      const own = await serve((_, response) => {
        response.setHeader('content-type', 'application/fhir+json')
        if (busy-- > 0) response.writeHead(status, { 'retry-after': '1' }).end('{"resourceType":"OperationOutcome"}')
        else response.end(bundle())
      })
      const from = performance.now()
      expect((await reader(own.url).search('Patient', {})).resourceType).to.equal('Bundle')
      expect(own.asked).to.have.length(3)
      expect(performance.now() - from).to.be.greaterThan(1900)
    })

  const outcome = (...issue: object[]) => ({ resource: { resourceType: 'OperationOutcome', issue }, search: { mode: 'outcome' } })
  const answering = (...bodies: object[]) =>
    serve((_, response) => {
      const body = bodies.length > 1 ? bodies.shift() : bodies[0]
      response.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(body))
    })
  const page = (...entry: object[]) => ({ resourceType: 'Bundle', entry })

  it('passes on what a server remarks on its answer, as codes and never in its words', async () => {
    const issue = { severity: 'warning', code: 'not-supported', diagnostics: 'Noor 999900006', details: { text: 'Noor' } }
    const own = await answering(page(outcome(issue, { ...issue, severity: 'information', code: '999900006' })))
    remarks.length = 0
    await reader(own.url).search('Patient', {})
    expect(remarks).to.eql([
      { severity: 'warning', code: 'not-supported' },
      { severity: 'information', code: 'unknown' },
    ])
  })

  it('takes no answer that the server calls faulty, or that is no bundle', async () => {
    const faulty: [object, string][] = [
      [page(outcome({ severity: 'error', code: 'processing', diagnostics: 'Noor' })), 'error processing'],
      [page(outcome({ severity: 'fatal', code: 'too-costly' })), 'fatal too-costly'],
      [page(outcome({ severity: 'dreadful', code: 'value' })), 'error value'],
      [page(outcome()), 'error unknown'],
      [outcome({ severity: 'information', code: 'informational' }).resource, 'information informational, error structure'],
      [{ resourceType: 'Patient', id: 'x' }, 'error structure'],
    ]
    for (const [body, words] of faulty) {
      const own = await answering(body)
      expect(await failure(reader(own.url).search('Patient', {}))).to.equal(`Error: the server reports: ${words}`)
      expect(own.asked).to.have.length(1)
    }
  })

  it('asks again for what may be over', async () => {
    const passing = page(outcome({ severity: 'error', code: 'timeout' }))
    const own = await answering(passing, passing, page({ resource: { resourceType: 'Patient', id: 'a' } }))
    expect((await reader(own.url).search('Patient', {})).entry).to.have.length(1)
    expect(own.asked).to.have.length(3)
  })

  it('takes its sources from a file, and refuses one whose token would travel readable', () => {
    const read = (sources: unknown) => {
      const { faults, ...found } = readSources(sources)
      return { ...found, faults: faults.length }
    }
    expect(read([{ client: 'mee', url: 'https://fhir.voorbeeld.example/r4/' }])).to.eql({
      sources: [
        {
          client: 'mee',
          url: 'https://fhir.voorbeeld.example/r4',
          tokenFile: null,
          ...NO_TLS,
          everySeconds: 60,
          requestsPerSecond: 5,
          pageSize: 50,
        },
      ],
      faults: 0,
    })
    expect(read([{ client: 'mee', url: 'http://fhir.voorbeeld.example/r4' }]).faults).to.equal(1)
    expect(read([{ client: 'mee', url: 'https://a:b@fhir.voorbeeld.example/r4' }]).faults).to.equal(1)
    expect(read([{ client: 'mee', url: 'https://a.example', pageSize: 0 }]).faults).to.equal(1)
    expect(read({}).faults).to.equal(1)
  })

  it('takes a certificate with its key, and refuses by name a key that others can read and every file that is none', () => {
    const [own, other] = [makeCertificate('mee'), makeCertificate('rubicon')]
    const write = (name: string, text: string, mode = 0o600) => {
      writeFileSync(join(folder, name), text)
      chmodSync(join(folder, name), mode)
      return join(folder, name)
    }
    const certificateFile = write('mee.crt', own.certPem)
    const caFile = write('ca.crt', other.certPem)
    const faultsOf = (files: object, url = 'https://a.example') => readSources([{ client: 'mee', url, ...files }]).faults
    const keyFile = write('mee.key', own.keyPem)
    expect(faultsOf({ certificateFile, keyFile, caFile })).to.eql([])
    const says = (files: object, words: string, url?: string) => expect(faultsOf(files, url).join()).to.include(words)
    for (const mode of [0o604, 0o644, 0o602, 0o620]) {
      const open = write(`open-${mode}.key`, own.keyPem, mode)
      says({ certificateFile, keyFile: open }, `${open} is voor anderen te lezen`)
    }
    says({ certificateFile, keyFile: write('other.key', other.keyPem) }, 'other.key is niet de sleutel bij')
    says({ certificateFile: keyFile, keyFile }, 'mee.key is geen certificaat')
    says({ certificateFile, keyFile: join(folder, 'absent.key') }, 'absent.key is niet te lezen')
    says({ caFile: write('none.crt', 'none') }, 'none.crt is geen certificaat')
    says({ certificateFile }, 'allebei')
    says({ keyFile }, 'allebei')
    says({ certificateFile, keyFile }, 'https', 'http://127.0.0.1:1/fhir')
  })
})

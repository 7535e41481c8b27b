import { readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { makeSite, type RunningHub, runCommand, type Site, startHub, tokensOf } from '../faults/child-hub.ts'
import { aRegistration } from '../testing/registration.ts'

const SENDERS = 4

describe('a hub that is asked to stop while senders go on', function () {
  this.timeout(120_000)
  let site: Site
  let hub: RunningHub | undefined
  before(async () => {
    site = await makeSite(await mkdtemp(join(tmpdir(), 'verwijsindex-stop-')))
  })
  after(async () => {
    await hub?.kill()
    rmSync(site.root, { recursive: true })
  })

  it('ends with every request answered and every stream at its end, and leaves a checkpoint over every line', async () => {
    hub = await startHub(site)
    const headers = { authorization: `Bearer ${await tokensOf(site)('mee')}`, 'content-type': 'application/json' }
    const acknowledged: string[] = []
    let going = true
    const send = async () => {
      const body = aRegistration()
      const response = await fetch(`${site.baseUrl}/v1/registraties`, { method: 'POST', headers, body: JSON.stringify(body) })
      expect(response.status).to.equal(201)
      acknowledged.push(body.bronbericht)
    }
    // Who is refused a new connection has nobody to send to any more. A connection may close just as something is sent on it: nothing of that
    // may have been taken in, which is looked at last. Anything else that goes wrong is a failure.
    const failures: unknown[] = []
    const sending = Array.from({ length: SENDERS }, async () => {
      while (going)
        await send().catch(({ cause }: { cause?: { code?: string } }) => {
          if (cause?.code === 'ECONNREFUSED') going = false
          else if (cause?.code !== 'ECONNRESET' && cause?.code !== 'UND_ERR_SOCKET') failures.push(cause)
        })
    })
    while (acknowledged.length < 100) await new Promise((resolve) => setTimeout(resolve, 20))
    const stream = await fetch(`${site.baseUrl}/v1/gebeurtenissen/_stroom`, { headers })
    const followed = stream.text()
    const { code } = await hub.stop()
    going = false
    await Promise.all(sending)
    expect(code).to.equal(0)
    // A stream that is cut gives an error here.
    expect(await followed).to.match(/^: verbonden\n\n/)
    expect(failures).to.deep.equal([])

    const verdict = JSON.parse((await runCommand(site, ['verify-log'])).stdout)
    expect(verdict.heel).to.equal(true)
    const [, size] = readFileSync(join(site.root, 'state', 'checkpoint'), 'utf8').split('\n')
    expect(Number(size)).to.equal(verdict.omvang)
    const kept = (await runCommand(site, ['export'])).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).bronbericht)
    expect(kept).to.include.members(acknowledged)
    expect(kept.length, 'registered, but never answered').to.equal(acknowledged.length)
  })
})

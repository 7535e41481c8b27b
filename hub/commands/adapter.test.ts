import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const COMMAND = fileURLToPath(new URL('../verwijsindex.mjs', import.meta.url))
const sampleOf = (path: string) => fileURLToPath(new URL(`../../adapters/${path}`, import.meta.url))

describe('verwijsindex adapter test', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [COMMAND, 'adapter', 'test', ...args], { encoding: 'utf8', env: { PATH: process.env.PATH } })
  const rowsOf = (stdout: string) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

  it('follows each cell to its field, and tells every fault with what to do', () => {
    const { status, stdout } = run('mee', sampleOf('mee/samples/faulty.csv'), '--json')
    expect(status).to.equal(1)
    const refused = rowsOf(stdout).filter(({ uitkomst }) => uitkomst === 'afgekeurd')
    expect(refused.length).to.be.greaterThan(5)
    for (const { fouten, stappen } of refused) {
      const all = [...fouten, ...stappen.flatMap((step: { fouten: object[] }) => step.fouten)]
      expect(all.length).to.be.greaterThan(0)
      for (const fault of all) expect(fault.watNu).to.be.a('string').and.not.equal('')
    }
  })

  it('tells of an event what it is, where no registration is made', () => {
    const { status, stdout } = run('brp', sampleOf('brp/samples/gebeurtenissen.csv'))
    expect(status).to.equal(0)
    expect(stdout).to.contain('gebeurtenis: verhuizing, 2026-11-20').and.to.contain('gebeurtenis: overlijden, 2026-11-21')
  })

  it('tries an adapter that nobody in the region may use yet', () => {
    const { status, stdout } = run('ijw', sampleOf('ijw/samples/jw305.xml'), '--json')
    expect(status).to.equal(1)
    expect(rowsOf(stdout).map(({ fouten }) => fouten.map(({ code }: { code: string }) => code))).to.eql(
      Array(3).fill(['concept']),
    )
  })

  it('writes what belongs beside a sample', () => {
    const file = sampleOf('bregje/samples/dossiers.csv')
    const { status, stdout } = run('bregje', file, '--golden')
    expect(status).to.equal(0)
    expect(JSON.parse(stdout)).to.eql(JSON.parse(readFileSync(`${file}.expected.json`, 'utf8')))
  })
})

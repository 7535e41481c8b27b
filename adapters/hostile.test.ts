import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { adapterNamed, adapterNames } from './registry.ts'
import { seen } from './seen.ts'

/** Runs per property and adapter. */
const runs = 150

describe('sources that nobody meant', () => {
  for (const name of adapterNames) {
    const adapter = adapterNamed(name)!
    const folder = new URL(`./${name}/samples/`, import.meta.url)
    const samples = readdirSync(folder).filter((file) => !file.endsWith('.expected.json'))
    const sources = samples.map((file) => readFileSync(new URL(file, folder)))

    it(`${name}: any bytes give rows or a fault of the source`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => void (await seen(adapter, bytes))),
        {
          numRuns: runs,
        },
      )
    })

    it(`${name}: a damaged sample gives rows or a fault of the source`, async () => {
      const damage = fc.record({ at: fc.nat(), cut: fc.nat({ max: 40 }), put: fc.uint8Array({ maxLength: 12 }) })
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...sources),
          fc.array(damage, { minLength: 1, maxLength: 4 }),
          async (source, damages) => {
            await seen(adapter, damages.reduce(damaged, source))
          },
        ),
        { numRuns: runs },
      )
    })

    it(`${name}: how a source is cut into chunks makes no difference`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...sources),
          fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
          async (source, sizes) => {
            expect(await seen(adapter, inChunks(source, sizes))).to.deep.equal(await seen(adapter, source))
          },
        ),
        { numRuns: runs },
      )
    })
  }
})

function damaged(source: Buffer, { at, cut, put }: { at: number; cut: number; put: Uint8Array }): Buffer {
  const from = at % (source.length + 1)
  return Buffer.concat([source.subarray(0, from), put, source.subarray(from + cut)])
}

async function* inChunks(source: Uint8Array, sizes: Iterator<number>): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.length; ) {
    const size = sizes.next().value as number
    yield source.subarray(at, at + size)
    at += size
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Adapter } from './adapter.ts'
import { seen } from './seen.ts'

/*
 * For the tests of adapters. A folder `samples/` holds sources, each with what it must give beside it: `x.csv` and `x.csv.expected.json`,
 * a list of rows as `seen` gives them (`adapter test <name> <file> --golden`).
 */

/** One test for each sample of an adapter's folder. */
export function itGivesItsSamples(adapter: Adapter, folder: URL): void {
  const files = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'))
  for (const file of files)
    it(`${file} gives what stands beside it`, async () => {
      const expected = JSON.parse(readFileSync(new URL(`${file}.expected.json`, folder), 'utf8'))
      expect(await seen(adapter, readFileSync(new URL(file, folder)))).to.deep.equal(expected)
    })
}

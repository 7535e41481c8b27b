import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Registratie } from '../../schemas/types.ts'
import { deliveryOf } from '../bench/deliveries.ts'
import { loadConfig } from '../config.ts'
import type { Hub } from '../context.ts'
import { createLog } from '../edges/log.ts'
import { openHub } from '../hub.ts'
import { accept, processWaiting } from '../pipeline.ts'
import { aRegistration } from '../testing/registration.ts'

const NAMESAKES = 40
const day = (number: number) => `2015-${String((number % 12) + 1).padStart(2, '0')}-${String((number % 27) + 2).padStart(2, '0')}`

/** A girl of a name that many have; the year is one, the day and the house are her own. */
const sanne = (number: number, kenmerk: string): Registratie =>
  aRegistration({
    ...{ kenmerk, bronbericht: kenmerk },
    persoon: {
      ...{ voornamen: 'Sanne', voorvoegsel: 'de', geslachtsnaam: 'Vries', geslacht: 'vrouw', geboortedatum: day(number) },
      adres: { postcode: `${1000 + number}AB`, huisnummer: number + 1 },
    },
  }) as Registratie

describe('what is loaded to link a registration', () => {
  const root = mkdtempSync(join(tmpdir(), 'verwijsindex-'))
  after(() => rmSync(root, { recursive: true, force: true }))

  async function inHub(work: (hub: Hub, opened: Set<number>) => Promise<void>): Promise<void> {
    const dirs = { DATA_DIR: join(root, 'd'), KEYS_DIR: join(root, 'k'), STATE_DIR: join(root, 's') }
    const { hub, close } = await openHub(loadConfig({ demo: true }, dirs), 'test', createLog('error'))
    const opened = new Set<number>()
    const openProfiles: Hub['contents']['openProfiles'] = (tx, rows, keys) => {
      for (const { seq } of rows) opened.add(seq)
      return hub.contents.openProfiles(tx, rows, keys)
    }
    try {
      await work({ ...hub, contents: { ...hub.contents, openProfiles } }, opened)
    } finally {
      await close()
    }
  }

  async function link(hub: Hub, client: string, registrations: Registratie[]): Promise<void> {
    await accept(
      hub,
      registrations.map((registration) => deliveryOf(client, registration)),
    )
    while ((await processWaiting(hub, 500)) > 0);
  }

  const personsOf = async (hub: Hub, seqs: number[]) =>
    (await hub.store.read((tx) => tx.registrations.bySeqs(seqs))).map((row) => row.person)

  const numbers = Array.from({ length: NAMESAKES }, (_, number) => number)
  const seqsOf = (number: number) => [number + 1, NAMESAKES + number + 1]
  const isNear = (number: number) => day(number).slice(5, 7) === day(50).slice(5, 7) || day(number).slice(8) === day(50).slice(8)

  it('is no namesake whose birth date is no slip of its own, but all of who may be the one', async () => {
    await inHub(async (hub, opened) => {
      for (const client of ['mee', 'rubicon'])
        await link(
          hub,
          client,
          numbers.map((number) => sanne(number, `${client}-${number}`)),
        )
      opened.clear()
      await link(hub, 'vorkmeer', [sanne(50, 'another')])
      const newcomer = 2 * NAMESAKES + 1
      expect([...opened].sort((a, b) => a - b)).to.deep.equal(
        [...numbers.filter(isNear).flatMap(seqsOf), newcomer].sort((a, b) => a - b),
      )
      opened.clear()
      await link(hub, 'vorkmeer', [sanne(7, 'known')])
      expect([...opened]).to.include.members(seqsOf(7))
      expect(new Set(await personsOf(hub, [...seqsOf(7), newcomer + 1])).size).to.equal(1)
    })
  })

  it('is, after a start, what shares a key, and each of these once', async () => {
    await inHub(async (hub, opened) => {
      await link(hub, 'vorkmeer', [sanne(51, 'after')])
      const first = opened.size
      expect(first).to.be.greaterThan(NAMESAKES)
      opened.clear()
      await link(hub, 'vorkmeer', [sanne(52, 'later')])
      expect(opened.size).to.be.lessThan(NAMESAKES / 2)
    })
  })
})

import { createSecretKey } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { type EntryRow, entryBytes, FIRST_SEAL, isPlainRow, rowOf, sealOf } from './entry.ts'
import type { AuditLine } from './line.ts'

const line: AuditLine = {
  actie: 'lezen',
  client: 'mee',
  gebruiker: 'u-17',
  rol: 'organisatie',
  organisatie: 'mee',
  namens: 'vorkmeer',
  persoon: 'p_1',
  object: 'm_1',
  grond: { reglement: 'peel-en-maas-1g1p@1', regel: '12-16-beiden' },
  uitkomst: 'toegestaan',
  controles: 'token,scope',
  herkomst: 'api',
  traceId: '0af7651916cd43dd8448eb211c80319c',
}
const at = new Date('2026-11-22T09:00:00.123Z')

describe('bytes of a log line', () => {
  it('are the JSON of RFC 8785 of every column', () => {
    expect(entryBytes(rowOf(7, at, line)).toString()).to.equal(
      '{"actie":"lezen","client":"mee","controles":"token,scope","gebruiker":"u-17","herkomst":"api","namens":"vorkmeer",' +
        '"nummer":7,"object":"m_1","organisatie":"mee","persoon":"p_1","regel":"12-16-beiden","reglement":"peel-en-maas-1g1p@1",' +
        '"rol":"organisatie","tijdstip":"2026-11-22T09:00:00.123Z","traceId":"0af7651916cd43dd8448eb211c80319c",' +
        '"uitkomst":"toegestaan"}',
    )
  })

  it('leave out what is null, and keep what is empty', () => {
    const row = rowOf(1, at, { ...line, grond: null, namens: null, persoon: '' })
    const parsed = JSON.parse(entryBytes(row).toString())
    expect(parsed).to.not.have.any.keys('reglement', 'regel', 'namens')
    expect(parsed.persoon).to.equal('')
  })

  it('property: another value in any column gives other bytes', () => {
    const row = rowOf(7, at, line)
    const columns = Object.keys(row).filter((name) => name !== 'number')
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.option(fc.string({ unit: 'grapheme' })), (column, value) => {
        const changed = { ...row, [column]: value } as EntryRow
        fc.pre(value !== row[column as keyof EntryRow] && (value !== null || nullable.has(column)))
        expect(entryBytes(changed).equals(entryBytes(row))).to.equal(false)
      }),
    )
    expect(entryBytes({ ...row, number: 8 }).equals(entryBytes(row))).to.equal(false)
  })

  it('replaces characters that a database might not give back as they were', () => {
    const row = rowOf(1, at, { ...line, gebruiker: 'a\0b\ud800c\ufffdd 😀', namens: '\udc00' })
    expect(row.gebruiker).to.equal('a?b?c?d 😀')
    expect(row.namens).to.equal('?')
    expect(isPlainRow(row)).to.equal(true)
  })

  it('sees values of another kind in a row', () => {
    const row = rowOf(1, at, line)
    expect(isPlainRow(row)).to.equal(true)
    for (const value of [1, 1.5, Buffer.from('mee'), 'me\ufffd', 'mee\0', undefined])
      expect(isPlainRow({ ...row, client: value as string }), String(value)).to.equal(false)
    expect(isPlainRow({ ...row, number: 1.5 })).to.equal(false)
  })

  it('seals depend on the key, the leaf and the seal before', () => {
    const [key, other] = [createSecretKey(Buffer.alloc(32, 1)), createSecretKey(Buffer.alloc(32, 2))]
    const leaf = Buffer.alloc(32, 3)
    const seal = sealOf(key, FIRST_SEAL, leaf)
    expect(sealOf(key, FIRST_SEAL, leaf)).to.deep.equal(seal)
    for (const changed of [
      sealOf(other, FIRST_SEAL, leaf),
      sealOf(key, leaf, leaf),
      sealOf(key, FIRST_SEAL, Buffer.alloc(32, 4)),
    ])
      expect(changed).to.not.deep.equal(seal)
  })
})

const nullable = new Set(['gebruiker', 'rol', 'organisatie', 'namens', 'persoon', 'object', 'reglement', 'regel'])

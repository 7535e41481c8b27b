import { generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { logKey, signCheckpoint, signNote } from './log-key.ts'
import { openCheckpoint, openNote, parseCheckpoint, parseVkey, signerIds } from './note.mjs'
import { sha256 } from './tree-hash.mjs'

const key = logKey('verwijsindex/voorbeeld', generateKeyPairSync('ed25519').privateKey)
const other = logKey('getuige.example', generateKeyPairSync('ed25519').privateKey)
const root = sha256(Buffer.from('wortel'))
const signatureLine = (note: string) => note.slice(note.lastIndexOf('\n\n') + 2)

describe('signed notes and checkpoints', () => {
  it('opens the example of golang.org/x/mod/sumdb/note', () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    const text = 'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
      '’',
      "'",
    )
    const signature = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
    expect(openNote(`${text}\n— PeterNeumann ${signature}\n`, vkey)).to.equal(text)
    expect(openNote(`${text} \n— PeterNeumann ${signature}\n`, vkey)).to.equal(undefined)
  })

  it('signs a checkpoint that its verifier key opens, and no other key', () => {
    const note = signCheckpoint(key, 12, root)
    expect(openCheckpoint(note, key.vkey)).to.deep.equal({ origin: 'verwijsindex/voorbeeld', size: 12, root })
    expect(openCheckpoint(note, other.vkey)).to.equal(undefined)
    expect(openCheckpoint(signCheckpoint({ ...other, name: key.name }, 12, root), key.vkey)).to.equal(undefined)
  })

  it('refuses a checkpoint of another log under the same key', () => {
    const note = signNote(key, `verwijsindex/elders\n12\n${root.toString('base64')}\n`)
    expect(openNote(note, key.vkey)).to.be.a('string')
    expect(openCheckpoint(note, key.vkey)).to.equal(undefined)
  })

  it('lets witnesses sign along, and extension lines stand below the root', () => {
    const text = `${key.name}\n3\n${root.toString('base64')}\nuitbreiding\n`
    const note = signNote(key, text)
    const both = note + signatureLine(signNote(other, text))
    const wrong = note + signatureLine(signNote(other, 'iets anders\n'))
    expect(openCheckpoint(both, key.vkey)?.size).to.equal(3)
    expect(openCheckpoint(both.split('\n').toSpliced(5, 1).join('\n'), key.vkey)).to.equal(undefined)
    expect(openCheckpoint(wrong, key.vkey)?.size).to.equal(3)
    expect(openCheckpoint(wrong, other.vkey)).to.equal(undefined)
    expect(openCheckpoint(note + signatureLine(signNote(key, 'iets anders\n')), key.vkey)).to.equal(undefined)
  })

  it('tells who signed, by name', () => {
    const note = signNote(key, 'x\n')
    const two = note + signatureLine(signNote({ ...other, name: key.name }, 'x\n')) + signatureLine(signNote(other, 'x\n'))
    const idOf = ({ vkey }: { vkey: string }) => vkey.split('+')[1]
    expect(signerIds(note, key.name)).to.eql([idOf(key)])
    expect(signerIds(two, key.name)).to.have.length(2)
    expect(signerIds(two, other.name)).to.eql([idOf(other)])
    expect(signerIds('', key.name)).to.eql([])
  })

  it('refuses notes of another form', () => {
    const note = signCheckpoint(key, 12, root)
    for (const bad of [
      '',
      '\n',
      note.trimEnd(),
      `${note}\n`,
      `${note}— x\n`,
      note.replace('— ', '- '),
      note.replace('\n\n', '\n'),
    ])
      expect(openNote(bad, key.vkey), JSON.stringify(bad)).to.equal(undefined)
    expect(openNote(signNote(key, 'een\ttab\n'), key.vkey)).to.equal(undefined)
    expect(openNote(note + signatureLine(signNote(other, 'veel\n')).repeat(100), key.vkey)).to.equal(undefined)
  })

  it('refuses sizes and roots that are none', () => {
    const text = (size: string, hash = root.toString('base64')) => `${key.name}\n${size}\n${hash}\n`
    expect(parseCheckpoint(text('0'))?.size).to.equal(0)
    for (const size of ['', '-1', '01', '1.0', '1e3', '0x1', ' 1', '9007199254740992', '99999999999999999999'])
      expect(parseCheckpoint(text(size)), size).to.equal(undefined)
    for (const hash of ['', 'AAAA', root.toString('base64url'), `${root.toString('base64')}=`])
      expect(parseCheckpoint(text('1', hash)), hash).to.equal(undefined)
  })

  it('refuses a verifier key whose id does not fit, or of another kind', () => {
    expect(parseVkey(`${key.vkey}\n`)?.name).to.equal(key.name)
    const [name, id, ...base64] = key.vkey.split('+')
    const ofAnotherKind = `${name}+${id}+B${base64.join('+').slice(1)}`
    for (const bad of ['', 'x', key.vkey.replace('voorbeeld', 'voorbeelD'), key.vkey.slice(0, -4), ofAnotherKind])
      expect(parseVkey(bad), bad).to.equal(undefined)
  })

  it('property: any one character changed is found', () => {
    const note = signCheckpoint(key, 4711, root)
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(note[at] !== character)
        expect(openCheckpoint(note.slice(0, at) + character + note.slice(at + 1), key.vkey)).to.equal(undefined)
      }),
    )
  })
})

// @ts-check
import { decode, openCheckpoint } from './note.mjs'
import { commitment, leafHash } from './tree-hash.mjs'
import { verifyInclusion } from './verify-inclusion.mjs'

/**
 * Judges the proof of one log line (`GET /v1/logregels/{nummer}/bewijs`): the line's bytes, its salt and the path lead to the
 * root of a checkpoint that the key of `vkey` signed. Answers the line as it was logged, or the Dutch reason why it is not proven.
 * @param {unknown} proof
 * @param {string} vkey
 * @returns {{ geldig: true, boomgrootte: number, logregel: Record<string, unknown> } | { geldig: false, reden: string }}
 */
export function verifyProof(proof, vkey) {
  const parts = read(proof)
  if (!parts) return refuse('het bewijs is onvolledig of heeft een andere vorm')
  const checkpoint = openCheckpoint(parts.checkpoint, vkey)
  if (!checkpoint) return refuse('het controlepunt draagt geen geldige handtekening van deze sleutel')
  if (checkpoint.size !== parts.size) return refuse('de boomgrootte is niet die van het controlepunt')
  const line = parseLine(parts.line)
  if (line?.nummer !== parts.number) return refuse('de logregel heeft een ander nummer dan het bewijs')
  const leaf = leafHash(commitment(parts.salt, parts.line))
  const { size, root } = checkpoint
  if (!verifyInclusion({ index: parts.number - 1, size, leaf, path: parts.path, root }))
    return refuse('de logregel staat niet zo in het log van het controlepunt')
  return { geldig: true, boomgrootte: size, logregel: line }
}

/**
 * @param {string} reden
 * @returns {{ geldig: false, reden: string }}
 */
function refuse(reden) {
  return { geldig: false, reden }
}

/** @param {unknown} proof */
function read(proof) {
  if (typeof proof !== 'object' || proof === null) return undefined
  const { nummer, boomgrootte, regel, zout, pad, controlepunt } = /** @type {Record<string, unknown>} */ (proof)
  if (!Number.isSafeInteger(nummer) || !Number.isSafeInteger(boomgrootte) || typeof controlepunt !== 'string') return undefined
  const [line, salt, path] = [bytesOf(regel), bytesOf(zout), Array.isArray(pad) ? pad.map(bytesOf) : undefined]
  if (!line || salt?.length !== 16 || !path) return undefined
  const steps = path.filter((step) => step !== undefined)
  if (steps.length !== path.length) return undefined
  return { number: Number(nummer), size: Number(boomgrootte), line, salt, path: steps, checkpoint: controlepunt }
}

/** @param {unknown} text */
function bytesOf(text) {
  return typeof text === 'string' ? decode(text) : undefined
}

/**
 * @param {Uint8Array} bytes
 * @returns {Record<string, unknown> | undefined}
 */
function parseLine(bytes) {
  try {
    const line = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof line === 'object' && line !== null ? line : undefined
  } catch {
    return undefined
  }
}

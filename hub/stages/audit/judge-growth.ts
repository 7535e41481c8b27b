import { openCheckpoint } from './note.mjs'
import { sameHash, sha256 } from './tree-hash.mjs'
import { verifyConsistency } from './verify-consistency.ts'

export interface Sighting {
  /** The log's keys: more than one while it goes over to another. */
  vkeys: readonly string[]
  /** The checkpoint seen last; null for the first time. */
  kept: string | null
  /** The checkpoint that the hub shows now. */
  shown: string
  /** Asks the hub for the consistency proof between two sizes. */
  proofBetween: (from: number, to: number) => Promise<readonly Uint8Array[]>
}

export type Judgement =
  | { goed: true; stand: 'eerste' | 'gelijk' | 'gegroeid'; omvang: number }
  | {
      goed: false
      fout: 'handtekening' | 'bewaard-onleesbaar' | 'stap-terug' | 'vork'
      omvang: number | null
      eerder: number | null
    }

/**
 * What a witness makes of the checkpoint that a hub shows: signed by the log's key, not smaller than the one seen before, and of a
 * log that begins with the log seen before. A fork or a step back means that somebody was shown another log.
 */
export async function judgeGrowth({ vkeys, kept, shown, proofBetween }: Sighting): Promise<Judgement> {
  const now = openWith(shown, vkeys)
  const before = kept === null ? undefined : openWith(kept, vkeys)
  const wrong = (fout: Exclude<Judgement, { goed: true }>['fout']): Judgement => {
    return { goed: false, fout, omvang: now?.size ?? null, eerder: before?.size ?? null }
  }
  if (!now) return wrong('handtekening')
  if (kept === null) return { goed: true, stand: 'eerste', omvang: now.size }
  if (!before) return wrong('bewaard-onleesbaar')
  if (now.size < before.size) return wrong('stap-terug')
  if (now.size === before.size)
    return sameHash(now.root, before.root) ? { goed: true, stand: 'gelijk', omvang: now.size } : wrong('vork')
  if (before.size === 0)
    return sameHash(before.root, sha256()) ? { goed: true, stand: 'gegroeid', omvang: now.size } : wrong('vork')
  const path = await proofBetween(before.size, now.size)
  const proof = { from: before.size, to: now.size, fromRoot: before.root, toRoot: now.root, path }
  return verifyConsistency(proof) ? { goed: true, stand: 'gegroeid', omvang: now.size } : wrong('vork')
}

/** A checkpoint that one of these keys signed. */
export function openWith(note: string, vkeys: readonly string[]): ReturnType<typeof openCheckpoint> {
  return vkeys.map((vkey) => openCheckpoint(note, vkey)).find((opened) => opened)
}

import type { LinkKeys, Token } from '../../crypto/derived-keys.ts'
import { blockingKeys, hashedKeys, type KeyMaker } from './blocking.ts'
import { type Profile, tokensOf } from './profile.ts'
import type { LinkSubject, Rid } from './subject.ts'

/** A line of the linker's input: its name, its tokens, and the keys under which it looks for others. */
export interface LinkLine {
  rid: Rid
  profile: Profile
  keys: readonly Token[]
}

/** Under what the lines of one file are made: all under the same. */
export interface LineKeys {
  tokens: LinkKeys<Token>
  blocks: KeyMaker<Token>
}

/** The line for a subject. Never fails: what cannot be read is as missing. */
export function lineOf(subject: LinkSubject, { tokens, blocks }: LineKeys): LinkLine {
  const profile = tokensOf(subject, tokens)
  return { rid: subject.rid, profile, keys: blockingKeys(profile, blocks) }
}

/** Lines that hide what they hold, under keys of an epoch. */
export function hashedLineKeys(tokens: LinkKeys): LineKeys {
  return { tokens, blocks: hashedKeys(tokens) }
}

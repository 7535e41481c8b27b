import { hash } from 'node:crypto'
import { HubError } from '../errors.ts'

/** Entity tags (RFC 9110, 8.8.3) of which one must stand for a change to be made; null: whatever stands. */
export type Expected = readonly string[] | null

const TAG_SIGNS = 22

/** The tag of what one reader sees: made of nothing else, so that it differs only where the body does, and tells no more. */
export function tagOf(shown: object): string {
  return `"${hash('sha256', JSON.stringify(shown), 'base64url').slice(0, TAG_SIGNS)}"`
}

/** Throws `versie-verouderd` when what the asker sees now bears none of the tags that it names. `shown` is asked only where it names some. */
export async function mustStand(expected: Expected, shown: () => Promise<object>): Promise<void> {
  if (expected && !expected.includes(tagOf(await shown()))) throw new HubError('versie-verouderd')
}

import { type LinkKeys, linkKeys } from '../../crypto/derived-keys.ts'
import type { LinkEpochs, LinkKeyring } from '../../ports/link-keys.ts'

/** What the keys of one epoch are derived from. */
export interface EpochSecret {
  epoch: string
  secret: Uint8Array
}

/**
 * A keyring over what `read` answers, oldest first. It starts with all of them; `settle` leaves the newest, and `refresh` adds what is newer
 * than that. An epoch that is still in use stays in memory, whatever happens to where it was read from. `cached_max`: tokens of values that
 * are kept in memory under each.
 */
export function linkKeyring(read: () => EpochSecret[], cached_max?: number): LinkKeyring {
  const keysOf = ({ epoch, secret }: EpochSecret): LinkKeys => linkKeys(secret, epoch, cached_max)
  let epochs = epochsOf(read().map(keysOf))
  const freshIn = (kept: EpochSecret[]) => {
    const newer = kept.slice(kept.findIndex(({ epoch }) => epoch === epochs.current.epoch) + 1)
    return newer.filter(({ epoch }) => !epochs.all.some((known) => known.epoch === epoch))
  }
  return {
    now: () => epochs,
    isBehind: () => freshIn(read()).length > 0,
    refresh() {
      const fresh = freshIn(read())
      if (fresh.length === 0) return false
      epochs = epochsOf([...epochs.all, ...fresh.map(keysOf)])
      return true
    },
    settle() {
      epochs = epochsOf([epochs.current])
    },
  }
}

function epochsOf(keys: LinkKeys[]): LinkEpochs {
  const all = keys as [LinkKeys, ...LinkKeys[]]
  return { all, current: keys.at(-1) as LinkKeys, name: keys.map(({ epoch }) => epoch).join(' ') }
}

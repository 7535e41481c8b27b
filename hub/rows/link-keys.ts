/** A registration's linking tokens under other keys; without a profile, nothing of it can be opened any more. */
export interface TokensRow {
  seq: number
  profile: Uint8Array | null
  blockingKeys: string[]
  keyEpochs: string
}

/** An anchor by which a registration's person belongs to a family. */
export interface FamilyAnchor {
  key: string
  /** Of the linking keys. */
  epoch: string
  /** Which of the registration's anchors it is: the same under every epoch. */
  place: number
}

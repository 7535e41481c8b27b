/** A link between two registrations: they are about the same person (`zelfde`) or they are not (`anders`). */
export interface Edge {
  a: number
  b: number
  kind: string
  /** How much it counts where links contradict each other; a person's answer before the linker's, then bits. */
  strength?: number
}

/**
 * The persons among a set of registrations: what links join, the strongest first, and never over a link that keeps two apart. Each group in
 * order of row number, the group of the oldest first. Links that leave the set are ignored; the order of the links does not matter.
 */
export function components(seqs: number[], edges: Edge[]): number[][] {
  const head = new Map(seqs.map((seq) => [seq, seq]))
  const find = (seq: number): number => {
    let at = seq
    while (head.get(at) !== at) at = head.get(at) as number
    return at
  }
  const within = edges.filter(({ a, b }) => head.has(a) && head.has(b))
  const apart = within.filter(({ kind }) => kind === 'anders')
  for (const { a, b } of within.filter(({ kind }) => kind === 'zelfde').sort(strongestFirst)) {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number]
    const isForbidden = apart.some((edge) => {
      const [one, other] = [find(edge.a), find(edge.b)]
      return (one === low && other === high) || (one === high && other === low)
    })
    if (!isForbidden) head.set(high, low)
  }
  const sorted = [...seqs].sort((a, b) => a - b)
  return [...Map.groupBy(sorted, find).values()]
}

function strongestFirst(one: Edge, other: Edge): number {
  const low = ({ a, b }: Edge): number => Math.min(a, b)
  const high = ({ a, b }: Edge): number => Math.max(a, b)
  return (other.strength ?? 0) - (one.strength ?? 0) || low(one) - low(other) || high(one) - high(other)
}

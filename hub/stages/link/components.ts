/** A link between two registrations: they are about the same person (`zelfde`) or they are not (`anders`). */
export interface Edge {
  a: number
  b: number
  kind: string
}

/**
 * The persons among a set of registrations: what links join, each group in order of row number, the group of the oldest first.
 * Links that leave the set are ignored.
 */
export function components(seqs: number[], edges: Edge[]): number[][] {
  const head = new Map(seqs.map((seq) => [seq, seq]))
  const find = (seq: number): number => {
    let at = seq
    while (head.get(at) !== at) at = head.get(at) as number
    return at
  }
  for (const { a, b, kind } of edges) {
    if (kind !== 'zelfde' || !head.has(a) || !head.has(b)) continue
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number]
    head.set(high, low)
  }
  const sorted = [...seqs].sort((a, b) => a - b)
  return [...Map.groupBy(sorted, find).values()]
}

/** One request and its answer, as an HTTP archive (HAR 1.2) has them. */
export interface Exchange {
  time: number
  request: { method: string; url: string; postData?: { text?: string } }
  response: { status: number; content: { text?: string } }
}

export interface Verdict {
  requests: number
  byStatus: Record<string, number>
  slowest_ms: number
  /** What must not be, each with the request that led to it. */
  bad: string[]
}

const HANG_MS = 10_000
const ECHO_MIN = 8

/**
 * Judges what a hub answered: never a status of 500 or above, never nothing, never something of `secrets`, and no refusal that says again what
 * was sent. `known` is text that the hub may say anyhow, such as its own document.
 */
export function judge(exchanges: Exchange[], secrets: string[], known: string): Verdict {
  const byStatus: Record<string, number> = {}
  const bad: string[] = []
  let slowest_ms = 0
  for (const { time, request, response } of exchanges) {
    const { status } = response
    const answer = response.content.text ?? ''
    const what = `${request.method} ${request.url.slice(0, 200)} ${status}`
    byStatus[status] = (byStatus[status] ?? 0) + 1
    slowest_ms = Math.max(slowest_ms, time)
    if (status === 0 || status >= 500) bad.push(`fault: ${what} ${answer.slice(0, 300)}`)
    if (time > HANG_MS) bad.push(`hang: ${what}`)
    for (const secret of secrets) if (answer.toLowerCase().includes(secret.toLowerCase())) bad.push(`leak: ${what}`)
    if (status >= 400 && wordsOf(request).some((word) => answer.includes(word) && !known.includes(word)))
      bad.push(`echo: ${what} ${answer}`)
  }
  return { requests: exchanges.length, byStatus, slowest_ms: Math.round(slowest_ms), bad }
}

/** Every longer value in a request's body and query. What is also the name of a field there is left out: a fault names its field. */
function wordsOf({ url, postData }: Exchange['request']): string[] {
  const query = URL.parse(url)?.searchParams
  const body = parsed(postData?.text ?? '')
  const names = new Set([...(query?.keys() ?? []), ...namesIn(body)])
  return [...(query?.values() ?? []), ...textsIn(body)].filter((text) => text.length >= ECHO_MIN && !names.has(text))
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

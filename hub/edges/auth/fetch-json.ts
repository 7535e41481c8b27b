const BYTES_MAX = 256 * 1024

/**
 * Fetches one JSON document of the issuer within `timeout_ms` and 256 KiB, without following a redirect. Throws an `Error` with a
 * reason for the log when the answer is anything else than JSON with status 200.
 */
export async function fetchJson(url: URL, timeout_ms: number): Promise<unknown> {
  const answer = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(timeout_ms),
  })
  const isJson = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(answer.headers.get('content-type') ?? '')
  if (answer.status !== 200 || !isJson || !answer.body) {
    await answer.body?.cancel()
    throw new Error(`status ${answer.status}, ${isJson ? 'JSON' : 'not JSON'}`)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.byteLength
    if (size > BYTES_MAX) throw new Error(`more than ${BYTES_MAX} bytes`)
    chunks.push(chunk)
  }
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
}

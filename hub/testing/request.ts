/** What a request carries beside its method and path. */
export interface Ask {
  /** An object goes as JSON, text and bytes as they are. */
  body?: object | string | Uint8Array
  /** Added to, or in place of, what goes by itself; null leaves one out. */
  headers?: Record<string, string | null>
  /** In place of the client's own. */
  token?: string
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies by their documented names
  body: any
}

/** Sends one request and reads the whole answer. */
export async function sendRequest(url: string, method: string, clientToken: string | null, ask: Ask): Promise<Answer> {
  const { body, headers = {}, token = clientToken } = ask
  const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body ?? {})
  const all: Record<string, string | null> = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  }
  const sent = Object.entries(all).filter((header): header is [string, string] => header[1] !== null)
  const payload = body === undefined ? {} : { body: new Uint8Array(Buffer.from(raw)) }
  const response = await fetch(url, { method, headers: sent, redirect: 'manual', ...payload })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: jsonOf(text) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import type { Server, ServerResponse } from 'node:http'

/**
 * How to close a server: it takes no new connections and no further requests on those it has, lets requests finish, and after
 * `within_ms` cuts what is still going on (a client that does not go on). Follows its answers from now on.
 */
export function closerOf(server: Server, within_ms: number): () => Promise<void> {
  const open = new Set<ServerResponse>()
  let closing = false
  server.on('request', (_request, response: ServerResponse) => {
    if (closing) lastOf(response)
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  return () =>
    new Promise((resolve) => {
      closing = true
      for (const response of open) lastOf(response)
      const force = setTimeout(() => server.closeAllConnections(), within_ms)
      server.close(() => {
        clearTimeout(force)
        resolve()
      })
      server.closeIdleConnections()
    })
}

/** Makes this answer the last of its connection; a client that would go on is told, where that is not too late. */
function lastOf(response: ServerResponse): void {
  if (response.headersSent) response.once('finish', () => response.req.socket.end())
  else response.setHeader('Connection', 'close')
}

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to the broker that can be broken. */
export interface Line {
  port: number
  /** What passes from now on: everything, nothing back (the broker hears, its answers are lost), or nothing at all for new ones. */
  mode: 'pass' | 'swallow' | 'refuse'
  /** Holds up every answer by so many milliseconds. */
  delay_ms: number
  /** Breaks every connection that there is. */
  cut(): void
  close(): Promise<void>
}

/** Listens on `port` and passes on to `target`, both on 127.0.0.1. */
export async function startLine(port: number, target: number): Promise<Line> {
  const sockets = new Set<Socket>()
  const proxy: Line = {
    port,
    mode: 'pass',
    delay_ms: 0,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    close() {
      proxy.cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  const server = createServer((client) => {
    if (proxy.mode === 'refuse') {
      client.destroy()
      return
    }
    const broker = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', (bytes) => broker.write(bytes))
    broker.on('data', (bytes) => {
      if (proxy.mode !== 'swallow') setTimeout(() => client.writable && client.write(bytes), proxy.delay_ms)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  proxy.port = (server.address() as AddressInfo).port
  return proxy
}

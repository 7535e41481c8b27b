import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server on this machine on which everything is counted. */
export interface CountedLine {
  port: number
  counts: Traffic
  close(): Promise<void>
}

export interface Traffic {
  /** Times that a client sent something and then heard something: what distance would cost. */
  roundTrips: number
  bytesOut: number
  bytesIn: number
}

export async function countedLine(target: number): Promise<CountedLine> {
  const counts: Traffic = { roundTrips: 0, bytesOut: 0, bytesIn: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const other = connect(target, '127.0.0.1')
    let isAsking = false
    for (const [socket, twin] of [
      [client, other],
      [other, client],
    ] as const) {
      sockets.add(socket.setNoDelay(true))
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        twin.destroy()
      })
    }
    client.on('data', (bytes) => {
      isAsking = true
      counts.bytesOut += bytes.length
      other.write(bytes)
    })
    other.on('data', (bytes) => {
      if (isAsking) counts.roundTrips++
      isAsking = false
      counts.bytesIn += bytes.length
      client.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

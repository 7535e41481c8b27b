import { Agent, type Dispatcher, Pool } from 'undici'
import type { SourceTls } from './tls-files.ts'

/**
 * The way to one server: with its own certificate where there is one, and to no other origin whatever it is asked, so that neither the certificate nor a token can
 * go astray. For the `dispatcher` of `fetch`.
 */
export function wayTo(url: string, tls: SourceTls): Dispatcher {
  const own = new URL(url).origin
  return new Agent({
    connect: { ...tls },
    factory(origin, options) {
      if (new URL(origin).origin !== own) throw new Error('another server than that of the source')
      return new Pool(origin, options)
    },
  })
}

/** An address of this server, within its base: the only ones that are asked. Throws for any other. */
export function refuseElsewhere(link: string, base: string): void {
  const target = URL.parse(link, `${base}/`)
  const isInside = target?.href === base || target?.href.startsWith(`${base}/`) || target?.href.startsWith(`${base}?`)
  if (!isInside) throw new Error('the next page lies outside the server')
}

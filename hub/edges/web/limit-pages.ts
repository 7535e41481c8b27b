import type { RequestHandler } from 'express'
import type { RequestKind } from '../rate-limit.ts'
import { readVisit, type Screens } from './visit.ts'

/**
 * Counts what is asked of the screens before anything is done for it: pages per session, steps of logging in per address, and what else nobody is logged
 * in for per address. Logging out is never refused for what the session asked before. Passes on `te-veel-verzoeken`.
 */
export function limitPages(screens: Screens): RequestHandler {
  return async (request, response, next) => {
    const { limit, addressOf } = screens.gate
    const { session } = readVisit(screens, request)
    const room = request.path.split('/')[1]
    let [asker, kind]: [string, RequestKind] = [addressOf(request), room === 'aanmelden' ? 'inloggen' : 'onbekend']
    if (session && room !== 'aanmelden' && room !== 'afmelden') [asker, kind] = [session.name, 'scherm']
    try {
      await limit.count(asker, kind)
    } finally {
      response.set(limit.headers(asker, kind))
    }
    next()
  }
}

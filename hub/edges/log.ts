import { type Logger, pino } from 'pino'

/** Structured log lines on stderr: codes and counts, never personal data. Standard output is for what was asked. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: { dienst: 'verwijsindex' }, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
}

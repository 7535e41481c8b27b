import { type Logger, pino } from 'pino'

/** A log whose lines (warnings and up) can be read back. */
export function recordedLog(): { log: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const log = pino({ base: null, level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}

import { type ParseArgsConfig, parseArgs } from 'node:util'
import { HubError } from '../errors.ts'

/** `parseArgs` of Node, strict, whose complaints become the error `gebruik` (exit 2). */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (cause) {
    throw new HubError('gebruik', { detail: `${complaint(cause)} Zie \`--help\`.`, cause })
  }
}

/** An option as `parseArgs` names it in its English message. */
function complaint(error: unknown): string {
  const { code, message } = error as { code?: string; message: string }
  const name = /'(--?[\w-]+)/.exec(message)?.[1] ?? /'([^']*)'/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Onbekende optie ${name}.`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `Onverwacht: ${name}.`
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return `De waarde van ${name} ontbreekt of hoort er niet.`
  throw error
}

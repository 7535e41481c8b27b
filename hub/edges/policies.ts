import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { HubError } from '../errors.ts'
import { parsePolicy } from '../stages/consent/parse-policy.ts'
import { type Policy, policyName } from '../stages/consent/policy.ts'

const SHIPPED = fileURLToPath(new URL('../../schemas/policies/', import.meta.url))

/**
 * Reads a policy by its id (`peel-en-maas-1g1p`), its name with version (`peel-en-maas-1g1p@1`) or the path of a region's own
 * file (anything with a slash or ending in `.json`). Throws `configuratie` when it is not there, not JSON, or faulty.
 */
export function readPolicy(nameOrPath: string): Policy {
  const policy = parsePolicy(parsed(textOf(policyPath(nameOrPath), nameOrPath), nameOrPath))
  if (nameOrPath.includes('@') && !isPath(nameOrPath) && policyName(policy) !== nameOrPath) {
    throw new HubError('configuratie', { detail: `Reglement ${nameOrPath} is er niet; wel ${policyName(policy)}.` })
  }
  return policy
}

/** Where a policy's file lies. */
export function policyPath(nameOrPath: string): string {
  return isPath(nameOrPath) ? nameOrPath : `${SHIPPED}${nameOrPath.split('@')[0]}.json`
}

function isPath(nameOrPath: string): boolean {
  return nameOrPath.includes('/') || nameOrPath.includes('\\') || nameOrPath.endsWith('.json')
}

function textOf(path: string, asked: string): string {
  if (!existsSync(path)) throw new HubError('configuratie', { detail: `Reglement “${asked}” is er niet.` })
  return readFileSync(path, 'utf8')
}

function parsed(text: string, asked: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new HubError('configuratie', { detail: `Reglement “${asked}” is geen JSON.`, cause })
  }
}

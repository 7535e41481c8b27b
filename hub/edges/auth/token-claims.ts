import type { Role } from '../../principal.ts'
import { refuse } from './refuse.ts'
import type { JsonObject } from './token-parts.ts'

const ROLES: readonly Role[] = ['organisatie', 'coordinatiepunt', 'privacy-functionaris', 'beheer']
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/
const NAME = /^[\x21-\x7e]{1,255}$/
const ORGANISATION = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/
const MUNICIPALITIES_MAX = 400
/** Confirmation methods of the IANA registry that the hub has no means to check. */
const UNCHECKED_METHODS = ['jwk', 'jwe', 'kid', 'jku', 'osc', 'ace_client_recipientid']

export interface ClaimRules {
  issuer: string
  audience: string
  /** Longest time from `iat` to `exp`, in seconds. */
  lifetimeMax_s: number
  skew_s: number
}

export interface AccessClaims {
  subject: string
  client: string
  organisation: string
  role: Role
  municipalities: string[]
  scopes: Set<string>
  tokenEndsAt_ms: number
  /** Confirmation of a sender-constrained token (RFC 7800); absent for a plain bearer token. */
  confirmation: { jkt?: string; x5t?: string } | null
}

/** Checks every claim that the hub relies on (RFC 9068, 4; NL GOV OAuth profile). `now_s` in seconds since 1970. */
export function readClaims(claims: JsonObject, rules: ClaimRules, now_s: number): AccessClaims {
  if (claims.iss !== rules.issuer) return refuse('iss')
  if (claims.aud !== rules.audience) return refuse('aud')
  checkTimes(claims, rules, now_s)
  text(claims, 'jti', NAME)
  const client = text(claims, 'client_id', NAME)
  if (claims.azp !== undefined && claims.azp !== client) return refuse('azp')
  return {
    subject: text(claims, 'sub', NAME),
    client,
    organisation: text(claims, 'organisatie', ORGANISATION),
    role: ROLES.find((role) => role === claims.rol) ?? refuse('rol'),
    municipalities: readMunicipalities(claims.gemeenten),
    scopes: readScopes(claims.scope),
    tokenEndsAt_ms: instant(claims, 'exp') * 1000,
    confirmation: readConfirmation(claims.cnf),
  }
}

function checkTimes(claims: JsonObject, { lifetimeMax_s, skew_s }: ClaimRules, now_s: number): void {
  const exp = instant(claims, 'exp')
  const iat = instant(claims, 'iat')
  if (exp <= now_s - skew_s) refuse('expired')
  if (iat > now_s + skew_s) refuse('iat-in-future')
  if (exp <= iat || exp - iat > lifetimeMax_s) refuse('lifetime')
  if (claims.nbf !== undefined && instant(claims, 'nbf') > now_s + skew_s) refuse('nbf-in-future')
}

/** Whole seconds since 1970, before the year 2286, so that no sum or difference loses precision. */
function instant(claims: JsonObject, name: string): number {
  const value = claims[name]
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e10 ? value : refuse(name)
}

function text(claims: JsonObject, name: string, form: RegExp): string {
  const value = claims[name]
  return typeof value === 'string' && form.test(value) ? value : refuse(name)
}

function readMunicipalities(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > MUNICIPALITIES_MAX) return refuse('gemeenten')
  return value.every((code) => typeof code === 'string' && /^\d{4}$/.test(code)) ? value : refuse('gemeenten')
}

/** No scope at all is a valid token that may do nothing. */
function readScopes(value: unknown): Set<string> {
  if (value === undefined || value === '') return new Set()
  return typeof value === 'string' && SCOPE.test(value) ? new Set(value.split(' ')) : refuse('scope')
}

/**
 * A method that is registered and that this hub cannot check is refused; whatever else an issuer adds is ignored (RFC 7800, 3.1), as
 * Keycloak's `kc-jkt-type`.
 */
function readConfirmation(value: unknown): AccessClaims['confirmation'] {
  if (value === undefined) return null
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('cnf')
  const { jkt, 'x5t#S256': x5t, ...rest } = value as JsonObject
  const isThumbprint = (print: unknown) => print === undefined || (typeof print === 'string' && /^[\w-]{43}$/.test(print))
  if (UNCHECKED_METHODS.some((name) => name in rest) || !isThumbprint(jkt) || !isThumbprint(x5t) || (jkt ?? x5t) === undefined)
    return refuse('cnf')
  return { ...(jkt === undefined ? {} : { jkt: jkt as string }), ...(x5t === undefined ? {} : { x5t: x5t as string }) }
}

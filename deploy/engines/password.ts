import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A new password of letters and digits; every engine has its own, and none stands in a file of the project. */
export function newPassword(): string {
  return randomBytes(16).toString('hex')
}

/** The password that lies in an engine's folder, made when there is none: who was connected gets in again after a restart. */
export function keptPassword(folder: string): string {
  const file = join(folder, 'password')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, newPassword(), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

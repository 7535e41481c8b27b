import { randomBytes } from 'node:crypto'

/** A new password of letters and digits; every engine has its own, and none stands in a file of the project. */
export function newPassword(): string {
  return randomBytes(16).toString('hex')
}

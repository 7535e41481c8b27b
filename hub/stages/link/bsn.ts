const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1]

/**
 * The nine digits of a BSN that passes the eleven test, or null. Blanks and dots between digits are dropped, and a number that lost
 * its leading zeros (spreadsheets do that) gets them back. One digit off or two digits swapped never passes: both are as missing.
 */
export function validBsn(value: string): string | null {
  const digits = value.replace(/[\s.-]/g, '')
  if (!/^\d{7,9}$/.test(digits)) return null
  const bsn = digits.padStart(9, '0')
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(bsn[index]), 0)
  return sum % 11 === 0 && Number(bsn) > 0 && !/^(\d)\1{8}$/.test(bsn) ? bsn : null
}

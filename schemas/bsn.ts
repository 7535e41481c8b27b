const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1]
const ZERO = 48

/**
 * Is this a burgerservicenummer: exactly nine digits that pass the eleven test (weights 9 8 7 6 5 4 3 2 -1, the sum above
 * zero and divisible by 11)? A number that lost its leading zero is padded by the reader of its format, not here.
 */
export function isBsn(text: string): boolean {
  if (text.length !== WEIGHTS.length) return false
  let sum = 0
  for (let i = 0; i < WEIGHTS.length; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9) return false
    sum += WEIGHTS[i]! * digit
  }
  return sum > 0 && sum % 11 === 0
}

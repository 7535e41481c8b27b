import type { InventedChild } from '../adapter.ts'

/** A sign-up for each child, a line each. */
export function sample(children: InventedChild[]): Uint8Array {
  return Buffer.from(children.map((child) => `${JSON.stringify(signUp(child))}\n`).join(''))
}

function signUp({
  number,
  voornamen,
  voorvoegsel,
  geslachtsnaam,
  geslacht,
  geboortedatum,
  start,
  ouder,
  ...home
}: InventedChild) {
  return {
    nummer: `W-${number}`,
    ingediendOp: start,
    aanmelder: 'ouder',
    kind: {
      voornamen,
      tussenvoegsel: voorvoegsel,
      achternaam: geslachtsnaam,
      geboortedatum,
      geslacht,
      postcode: home.postcode,
      huisnummer: home.huisnummer,
    },
    ouder: { voornamen: ouder.voornamen, achternaam: ouder.geslachtsnaam, gezag: ouder.gezag },
    akkoord: { ouder: true, jeugdige: false },
  }
}

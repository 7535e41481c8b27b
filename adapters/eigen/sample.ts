import type { InventedChild } from '../adapter.ts'

/** A registration for each child, as NDJSON. */
export function sample(children: InventedChild[]): Uint8Array {
  return Buffer.from(children.map((child) => `${JSON.stringify(registrationOf(child))}\n`).join(''))
}

function registrationOf(child: InventedChild): unknown {
  const { bsn, voornamen, voorvoegsel, geslachtsnaam, geboortedatum, postcode, huisnummer, ouder } = child
  const persoon = {
    bsn,
    voornamen,
    voorvoegsel: voorvoegsel || null,
    geslachtsnaam,
    geboortedatum,
    adres: { postcode, huisnummer },
  }
  return {
    bronbericht: `V-${child.number}-1`,
    kenmerk: `V-${child.number}`,
    versie: 1,
    persoon: { ...persoon, geslacht: child.geslacht === 'm' ? 'man' : 'vrouw', rolInGezin: 'jeugdige' },
    gezin: { kenmerk: `G-${child.family}` },
    gezagsdragers: [{ kenmerk: 'o1', relatie: 'ouder', ...ouder }],
    betrokkenheid: { status: 'actief', begindatum: child.start },
    contact: { functie: 'jeugdhulpverlener' },
  }
}

let sent = 0

/** A registration that the hub takes, with a `bronbericht` and `kenmerk` of its own; what is given goes in its place. */
export function aRegistration({ persoon, ...rest }: { persoon?: object; [field: string]: unknown } = {}) {
  sent += 1
  return {
    bronbericht: `bericht-${sent}`,
    kenmerk: `dossier-${sent}`,
    versie: 1,
    persoon: persoon ?? { voornamen: 'Fenna', geslachtsnaam: `Voorbeeld${sent}`, geboortedatum: '2014-05-06' },
    betrokkenheid: { status: 'actief', begindatum: '2026-01-05' },
    contact: { functie: 'jeugdhulpverlener' },
    ...rest,
  }
}

/** A BSN that passes the eleven test; the same one for the same number (0 to 4,999,999 gives differing ones). */
export function aBsn(number: number): string {
  for (let candidate = 900_000_000 + number * 20; ; candidate++) {
    const digits = String(candidate)
    const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place === 8 ? -1 : 9 - place), 0)
    if (sum % 11 === 0) return digits
  }
}

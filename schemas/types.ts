// Made from the JSON Schemas of this folder by `npm run types`. Change a schema, not this file.

/**
 * Soort gebeurtenis.
 */
export type Gebeurtenistype =
  | 'nl.verwijsindex.match.geopend.v1'
  | 'nl.verwijsindex.match.gewijzigd.v1'
  | 'nl.verwijsindex.match.gesloten.v1'
  | 'nl.verwijsindex.match.ingetrokken.v1'
  | 'nl.verwijsindex.registratie.verwerkt.v1'
  | 'nl.verwijsindex.registratie.afgekeurd.v1'
  | 'nl.verwijsindex.registratie.verloopt.v1'
  | 'nl.verwijsindex.registratie.ingezien.v1'
  | 'nl.verwijsindex.toestemming.vervalt.v1'
  | 'nl.verwijsindex.melding.ontvangen.v1'
  | 'nl.verwijsindex.opvolging.verlopen.v1'
  | 'nl.verwijsindex.koppeling.gecorrigeerd.v1'
  | 'nl.verwijsindex.informeren.verlopen.v1'
  | 'nl.verwijsindex.verzoek.ontvangen.v1'
  | 'nl.verwijsindex.reglement.gewijzigd.v1'
  | 'nl.verwijsindex.melding.beoordeeld.v1'
  | 'nl.verwijsindex.melding.verhuisd.v1'
  | 'nl.verwijsindex.casus.geopend.v1'
  | 'nl.verwijsindex.casus.gewijzigd.v1'
  | 'nl.verwijsindex.casus.gesloten.v1'
  | 'nl.verwijsindex.casus.verhuisd.v1'
  | 'nl.verwijsindex.casus.vraagt.v1'
  | 'nl.verwijsindex.casus.signaal.v1'
  | 'nl.verwijsindex.ladder.stap.v1'
  | 'nl.verwijsindex.termijn.verlopen.v1'
  | 'nl.verwijsindex.overdracht.aangeboden.v1'
  | 'nl.verwijsindex.overdracht.beantwoord.v1'
  | 'nl.verwijsindex.betrokkenheid.gedeeld.v1'
  | 'nl.verwijsindex.betrokkenheid.ingetrokken.v1'
  | 'nl.verwijsindex.persoon.verhuisd.v1'
  | 'nl.verwijsindex.persoon.overleden.v1'
  | 'nl.verwijsindex.persoon.geboren.v1'
/**
 * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
 */
export type Id = string
/**
 * Tijdstip volgens RFC 3339 met tijdzone.
 */
export type Tijdstip = string
/**
 * Bestaande kalenderdatum, jjjj-mm-dd.
 */
export type Datum = string
/**
 * Waarom de betrokkenheid eindigde.
 */
export type Afsluitreden = 'doelen-bereikt' | 'uitval' | 'overgedragen' | 'onterecht' | 'overleden' | 'overig'
/**
 * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
 */
export type Organisatiecode = string
/**
 * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
 */
export type Aantal = number | null
/**
 * Stand van de betrokkenheid.
 */
export type Betrokkenheidstatus =
  'aangemeld' | 'wachtlijst' | 'intake' | 'overbrugging' | 'actief' | 'waakvlam' | 'nazorg' | 'afgesloten'
/**
 * CBS-code van een gemeente: vier cijfers.
 */
export type Gemeentecode = string
/**
 * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
 */
export type Bronkenmerk = string
/**
 * Soort organisatie.
 */
export type Organisatiesoort =
  | 'jeugdzorg'
  | 'jeugdgezondheid'
  | 'gi'
  | 'welzijn'
  | 'onderwijs'
  | 'huisarts'
  | 'wmo'
  | 'werk-en-inkomen'
  | 'schuldhulp'
  | 'wonen'
  | 'ggz'
  | 'politie'
  | 'coordinatiepunt'
  | 'overig'
/**
 * Kalenderdatum (jjjj-mm-dd) of tijdstip volgens RFC 3339. Een datum geldt vanaf het begin van die dag in Nederland.
 */
export type DatumOfTijdstip = string
/**
 * Hoe dringend coördinatie volgens de melder is.
 */
export type Urgentie = 'laag' | 'normaal' | 'hoog' | 'spoed'
/**
 * Adres in Nederland; null betekent: onbekend.
 */
export type Adres = {
  /**
   * Nederlandse postcode: vier cijfers en twee letters.
   */
  postcode?: string | null
  /**
   * Huisnummer zonder toevoeging.
   */
  huisnummer?: number | null
  /**
   * Huisletter of toevoeging.
   */
  toevoeging?: string | null
} | null
/**
 * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
 */
export type Cursor = string
/**
 * Pseudoniem van een persoon in het toegangslog.
 */
export type Pseudoniem = string
/**
 * Rol van de afnemer.
 */
export type Rol = 'organisatie' | 'coordinatiepunt' | 'privacy-functionaris' | 'beheer'
/**
 * Stand van de verwerking.
 */
export type Verwerkingsstatus = 'ontvangen' | 'verwerkt' | 'afgekeurd'
/**
 * Recht van een token.
 */
export type Scope =
  | 'registratie:schrijven'
  | 'registratie:lezen'
  | 'toestemming:schrijven'
  | 'match:lezen'
  | 'melding:schrijven'
  | 'coordinatie:schrijven'
  | 'gebeurtenis:lezen'
  | 'abonnement:beheren'
  | 'logregel:lezen'
  | 'doorbreking:toetsen'
  | 'koppelvraag:behandelen'
  | 'cijfers:lezen'
  | 'beheer'
/**
 * Vastleggen dat iemand over een registratie is geïnformeerd, of waarom dat is uitgesteld.
 */
export type Informeren = Informeren1 & Informeren2
export type Informeren1 = {
  [k: string]: unknown
}

/**
 * Verzoek om gebeurtenissen als webhook (Standard Webhooks) te ontvangen.
 */
export interface Abonnement {
  /**
   * Adres waar de berichten heen gaan; https, in de demo ook http.
   */
  url: string
  /**
   * Soorten gebeurtenissen; zonder dit veld: alle.
   *
   * @minItems 1
   * @maxItems 30
   */
  typen?: Gebeurtenistype[]
}
/**
 * Eigen abonnementen; volgende ontbreekt op de laatste bladzijde.
 */
export interface AbonnementLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  abonnementen: LopendAbonnement[]
  /**
   * Cursor van de volgende bladzijde.
   */
  volgende?: string
}
/**
 * Een abonnement.
 */
export interface LopendAbonnement {
  id: Id
  /**
   * Adres waar de berichten heen gaan; https, in de demo ook http.
   */
  url: string
  /**
   * Soorten gebeurtenissen.
   *
   * @maxItems 30
   */
  typen: Gebeurtenistype[]
  aangemaaktOp: Tijdstip
  /**
   * Loopt het, of is het na te veel mislukte pogingen gestopt?
   */
  status?: 'actief' | 'gestopt'
}
/**
 * Advies van de registrerende organisatie over een verzoek.
 */
export interface Advies {
  /**
   * Advies van de registrerende organisatie.
   */
  advies: 'gegrond' | 'ongegrond'
  /**
   * Toelichting, versleuteld bewaard.
   */
  toelichting?: string
}
/**
 * De uitkomst per rij, in volgorde van aanbieden.
 */
export interface Batchresultaat {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  leveringId?: string
  /**
   * Een uitkomst voor elke rij.
   *
   * @maxItems 100000
   */
  resultaten: Rijresultaat[]
}
/**
 * De uitkomst van één rij.
 */
export interface Rijresultaat {
  /**
   * Regelnummer in het bestand, bij een aangeboden bestand.
   */
  regel?: number
  /**
   * Kenmerk van het bericht; null als de rij er geen bruikbaar heeft.
   */
  bronbericht: string | null
  /**
   * Wat het verzoek alleen als status had gehad: 201, 200, 400, 409, …
   */
  status: number
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  id?: string
  /**
   * Volgnummer van de versie.
   */
  versie?: number
  /**
   * false: een nieuwere versie was al bekend.
   */
  toegepast?: boolean
  /**
   * true: dit bericht was al eerder ontvangen; er is niets veranderd.
   */
  dubbel?: boolean
  /**
   * Wat er mis is met de rij.
   *
   * @maxItems 1000
   */
  fouten?: Fout[]
}
/**
 * Eén fout in de invoer; nooit met een waarde uit de invoer.
 */
export interface Fout {
  /**
   * Waar: een JSON Pointer (RFC 6901), leeg voor het geheel; bij een queryparameter / en de naam.
   */
  pointer: string
  /**
   * Vaste code van de regel.
   */
  code: string
  /**
   * Wat er mis is.
   */
  melding: string
  /**
   * Wat de afzender eraan kan doen.
   */
  watNu: string
}
/**
 * De betrokkenheid van een registratie eindigt.
 */
export interface Beeindiging {
  /**
   * Volgnummer van de versie; hoger dan de vorige.
   */
  versie: number
  einddatum: Datum
  afsluitreden: Afsluitreden
}
/**
 * Wat het coördinatiepunt met een melding doet. Het antwoord gaat naar wie haar deed.
 */
export interface Beoordeling {
  /**
   * getoetst: bekeken; afgewezen: met reden; opgepakt: er volgt coördinatie.
   */
  oordeel: 'getoetst' | 'afgewezen' | 'opgepakt'
  /**
   * Bij afgewezen: waarom. Zonder dit veld: overig.
   */
  reden?: 'geen-coordinatie-nodig' | 'al-gecoordineerd' | 'onvoldoende-bekend' | 'andere-gemeente' | 'overig'
}
/**
 * Besluit van de gemeente over een verzoek, vastgelegd door de privacyfunctionaris.
 */
export interface Besluit {
  /**
   * gegrond bij een bezwaar: de registratie wordt vernietigd; ongegrond: zij ontdooit.
   */
  besluit: 'gegrond' | 'ongegrond'
  /**
   * Toelichting, versleuteld bewaard.
   */
  toelichting?: string
}
/**
 * Bewijs dat een regel onveranderd in het toegangslog staat.
 */
export interface Bewijs {
  /**
   * Volgnummer van de regel.
   */
  nummer: number
  /**
   * Aantal regels waarvoor het bewijs geldt.
   */
  boomgrootte: number
  /**
   * De regel, base64.
   */
  regel: string
  /**
   * Het zout, base64.
   */
  zout: string
  /**
   * Het pad naar de wortel, base64.
   *
   * @maxItems 64
   *
   * Items: Een hash.
   */
  pad: string[]
  /**
   * Ondertekend controlepunt (C2SP signed note).
   */
  controlepunt: string
}
/**
 * Wat in een casus wordt vastgelegd: codes, datums, functies en organisaties; over het gezin zelf niets. Welke velden bij welke soort horen, staat in de beschrijving van het veld.
 */
export interface Casushandeling {
  /**
   * Wat er gedaan is.
   */
  soort:
    | 'rondetafel'
    | 'variant'
    | 'zorgcoordinator'
    | 'gezinscoach'
    | 'plan'
    | 'afspraak'
    | 'afspraakresultaat'
    | 'evaluatie'
    | 'gesprek'
    | 'knelpunt'
    | 'ladder'
    | 'ladderantwoord'
    | 'opleggen'
    | 'sluiten'
    | 'bevestigen'
    | 'heropenen'
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  datum?: string
  /**
   * rondetafel: de uitgenodigde organisaties.
   *
   * @maxItems 50
   */
  uitgenodigd?: Organisatiecode[]
  /**
   * rondetafel: wie van hen er waren.
   *
   * @maxItems 50
   */
  aanwezig?: Organisatiecode[]
  /**
   * variant: een van de zes manieren van coördineren; geen maat voor ernst.
   */
  variant?: number
  /**
   * variant 5: de voorwaarden die vervuld zijn.
   *
   * @maxItems 20
   *
   * Items: Code van een voorwaarde.
   */
  voorwaarden?: string[]
  /**
   * zorgcoordinator: van welke soort.
   */
  wie?: 'ouder' | 'netwerk' | 'professional' | 'meldpunt'
  /**
   * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
   */
  organisatie?: string
  /**
   * Functie, als code van kleine letters, cijfers en streepjes.
   */
  functie?: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  vanaf?: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  tot?: string
  /**
   * plan, afspraak, evaluatie: het hoeveelste plan. Twee huishoudens kunnen elk een plan hebben. Zonder dit veld: 1.
   */
  plan?: number
  /**
   * plan: wie meedoen.
   *
   * @maxItems 50
   *
   * Items: Een deelnemer.
   */
  deelnemers?: {
    /**
     * Wie het is: een organisatie, het coördinatiepunt, of iemand uit het gezin of het netwerk.
     */
    soort: 'organisatie' | 'coordinatiepunt' | 'ouder' | 'jeugdige' | 'netwerk'
    /**
     * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
     */
    organisatie?: string
    /**
     * Functie, als code van kleine letters, cijfers en streepjes.
     */
    functie?: string
  }[]
  /**
   * plan: wanneer geëvalueerd wordt.
   *
   * @maxItems 20
   */
  evaluaties?: Datum[]
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  afspraak?: string
  /**
   * afspraak: wie haar nakomt.
   */
  door?: {
    /**
     * Wie het is: een organisatie, het coördinatiepunt, of iemand uit het gezin of het netwerk.
     */
    soort: 'organisatie' | 'coordinatiepunt' | 'ouder' | 'jeugdige' | 'netwerk'
    /**
     * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
     */
    organisatie?: string
    /**
     * Functie, als code van kleine letters, cijfers en streepjes.
     */
    functie?: string
  }
  /**
   * afspraak, knelpunt, opleggen: wat, als code.
   */
  code?: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  uiterlijk?: string
  /**
   * afspraakresultaat: is zij nagekomen?
   */
  nagekomen?: boolean
  /**
   * ladder: welke begint; ladderantwoord: welke beantwoord is.
   */
  ladder?: 'stagnatie' | 'veiligheid'
  /**
   * ladderantwoord: wat als antwoord telt.
   */
  antwoord?: string
  /**
   * opleggen: op grond waarvan.
   */
  mandaat?: string
  /**
   * sluiten: waarom.
   */
  reden?:
    'doelen-bereikt' | 'geen-coordinatie-meer-nodig' | 'gezin-weigert' | 'uitval' | 'verhuisd' | 'geen-betrokkenheid' | 'overig'
  /**
   * sluiten: hoe groot de kans op terugval is.
   */
  terugvalrisico?: 'laag' | 'middel' | 'hoog'
  /**
   * sluiten: wie de vinger aan de pols houdt.
   */
  vingerAanDePols?: {
    /**
     * Wie het is: een organisatie, het coördinatiepunt, of iemand uit het gezin of het netwerk.
     */
    soort: 'organisatie' | 'coordinatiepunt' | 'ouder' | 'jeugdige' | 'netwerk'
    /**
     * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
     */
    organisatie?: string
    /**
     * Functie, als code van kleine letters, cijfers en streepjes.
     */
    functie?: string
  }
}
/**
 * Tellingen uit de registraties en wat daarna gedaan is. Wat onder de 5 ligt, of wat een ander aantal onder de 5 zou verraden, blijft verborgen: null. verzegeld alleen voor de privacyfunctionaris.
 */
export interface Cijfers {
  peilmoment: Tijdstip
  /**
   * Registraties.
   */
  registraties?: {
    totaal?: Aantal
    open?: Aantal
    afgesloten?: Aantal
    /**
     * Begonnen in de periode, naar de stand van nu.
     *
     * @maxItems 8
     *
     * Items: Een telling.
     */
    perStatus?: {
      /**
       * Stand van nu.
       */
      status: string
      aantal: Aantal
    }[]
    /**
     * Registraties per organisatie.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    perOrganisatie?: {
      organisatie: Organisatiecode
      aantal: Aantal
    }[]
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    nieuw?: number | null
    /**
     * Afgesloten in de periode, naar reden; uitval hoort daarbij.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    perReden?: {
      /**
       * Afsluitreden.
       */
      reden: string
      aantal: Aantal
    }[]
  }
  personen?: Aantal
  /**
   * Matches.
   */
  matches?: {
    open?: Aantal
    gesloten?: Aantal
    opgevolgd?: Aantal
    zichtbaar?: Aantal
    verzegeld?: Aantal
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    nieuw?: number | null
    /**
     * Van de nieuwe matches is dit deel opgevolgd; null: verborgen.
     */
    opvolgpercentage?: number | null
    /**
     * Gemiddeld aantal dagen van match tot eerste contact.
     */
    dagenTotContact?: number | null
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    drieOfMeerOrganisaties?: number | null
  }
  /**
   * Meldingen.
   */
  meldingen?: {
    totaal?: Aantal
    open?: Aantal
    /**
     * Naar stand.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    perStatus?: {
      /**
       * Stand.
       */
      status: string
      aantal: Aantal
    }[]
    /**
     * Naar reden; afspraak-niet-nagekomen hoort daarbij.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    perReden?: {
      /**
       * Reden.
       */
      reden: string
      aantal: Aantal
    }[]
  }
  /**
   * Koppelvragen.
   */
  koppelvragen?: {
    open?: Aantal
    beantwoord?: Aantal
    overTermijn?: Aantal
  }
  /**
   * Waarover geteld is; zonder van en tot: alles tot nu.
   */
  periode?: {
    van: Datum
    tot: Datum
  }
  /**
   * De gemeente waarover geteld is.
   */
  gemeente?: string
  /**
   * Coördinatiecasussen.
   */
  casussen?: {
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    nieuw?: number | null
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    open?: number | null
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    gesloten?: number | null
    /**
     * Geopend in de periode, naar variant.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    perVariant?: {
      /**
       * Variant 0 tot en met 5, of geen.
       */
      variant: string
      aantal: Aantal
    }[]
    /**
     * Gemiddelde duur van wat in de periode sloot.
     */
    duurInDagen?: number | null
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    opgelegd?: number | null
    /**
     * Knelpunten.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    knelpunten?: {
      /**
       * Welk knelpunt.
       */
      code: string
      aantal: Aantal
    }[]
  }
  /**
   * Afspraken in casussen.
   */
  afspraken?: {
    gemaakt?: Aantal
    /**
     * Een telling; null als zij onder de 5 ligt en daarom verborgen blijft.
     */
    nietNagekomen?: number | null
  }
  /**
   * Overdrachten.
   */
  overdrachten?: {
    totaal?: Aantal
    /**
     * Naar soort ontvanger: waarheen verwezen is.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    perSoort?: {
      /**
       * Soort organisatie.
       */
      soort: string
      aantal: Aantal
    }[]
  }
  /**
   * Tellingen zonder personen, uit gesprekken.
   */
  tellingen?: {
    /**
     * Problemen.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    problemen?: {
      /**
       * Welk probleem.
       */
      code: string
      aantal: Aantal
    }[]
    /**
     * Verwijzingen.
     *
     * @maxItems 1000
     *
     * Items: Een telling.
     */
    verwijzingen?: {
      /**
       * Waarheen.
       */
      code: string
      aantal: Aantal
    }[]
  }
}
/**
 * Bewijs dat het grotere log het kleinere ongewijzigd bevat (RFC 6962).
 */
export interface Consistentie {
  /**
   * Kleinste omvang.
   */
  van: number
  /**
   * Grootste omvang.
   */
  tot: number
  /**
   * De hashes, base64.
   *
   * @maxItems 128
   *
   * Items: Een hash.
   */
  pad: string[]
}
/**
 * Wat het coördinatiepunt met een match of melding doet.
 */
export interface Coordinatiecasus {
  id: Id
  /**
   * Stand van de casus.
   */
  status: 'open' | 'gesloten'
  /**
   * CBS-code van de gemeente: vier cijfers.
   */
  gemeente: string | null
  geopendOp: Tijdstip
  /**
   * Id van de match.
   */
  match: string | null
  /**
   * Id van de melding.
   */
  melding: string | null
  /**
   * De gekozen variant; null: geen.
   */
  variant: number | null
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  geslotenOp?: string
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  vraagtSinds?: string
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  termijn?: string
  /**
   * Alleen bij de casus zelf: wie bij de persoon of het gezin betrokken zijn, voor zover dat nu verteld mag worden.
   *
   * @maxItems 200
   *
   * Items: Een betrokken organisatie. Status, begindatum en contact ontbreken als het reglement ze niet laat vertellen.
   */
  betrokkenen?: {
    organisatie: Organisatieverwijzing
    status?: Betrokkenheidstatus
    begindatum?: Datum
    contact?: Contact
    /**
     * Waarom dit gedeeld mag worden.
     */
    grond: {
      /**
       * Soort grond.
       */
      soort: string
      /**
       * Reglement en versie.
       */
      reglement: string
      /**
       * De regel die besliste.
       */
      regel: string
    }
  }[]
  /**
   * Rondetafelgesprekken.
   *
   * @maxItems 100
   *
   * Items: Een gesprek.
   */
  rondetafels?: {
    id: Id
    datum: Datum
    /**
     * Uitgenodigd.
     *
     * @maxItems 50
     */
    uitgenodigd: Organisatieverwijzing[]
    /**
     * Aanwezig.
     *
     * @maxItems 50
     */
    aanwezig: Organisatieverwijzing[]
  }[]
  /**
   * Wie het is en was.
   *
   * @maxItems 100
   *
   * Items: Een zorgcoördinator.
   */
  zorgcoordinatoren?: {
    /**
     * Van welke soort.
     */
    wie: 'ouder' | 'netwerk' | 'professional' | 'meldpunt'
    organisatie?: Organisatieverwijzing
    /**
     * Functie, als code van kleine letters, cijfers en streepjes.
     */
    functie?: string
    vanaf: Datum
    /**
     * Einde; null: nog steeds.
     */
    tot: string | null
  }[]
  /**
   * Wie volgens het reglement de leiding heeft, als wie nu betrokken zijn in meer dan een gemeente wonen; alleen voor een coördinatiepunt, naar wat het zelf mag zien.
   */
  leidend?: {
    gemeente: Gemeentecode
    coordinatiepunt: Organisatieverwijzing
  }
  /**
   * Wie het volgens de regels van de regio wordt.
   */
  voorstelZorgcoordinator?: {
    /**
     * De regel die aanwees.
     */
    regel: string
    /**
     * Van welke soort.
     */
    wie: 'ouder' | 'netwerk' | 'professional' | 'meldpunt'
    /**
     * Functie, als code van kleine letters, cijfers en streepjes.
     */
    functie: string
  }
  /**
   * De gezinscoach.
   */
  gezinscoach?: {
    organisatie?: Organisatieverwijzing
    /**
     * Functie, als code van kleine letters, cijfers en streepjes.
     */
    functie?: string
    vanaf: Datum
  }
  /**
   * Kop van elk plan.
   *
   * @maxItems 2
   *
   * Items: Een plan.
   */
  plannen?: {
    /**
     * Het hoeveelste.
     */
    plan: number
    /**
     * Wie meedoen.
     *
     * @maxItems 50
     *
     * Items: Wie het is.
     */
    deelnemers: {
      /**
       * Wie het is: een organisatie, het coördinatiepunt, of iemand uit het gezin of het netwerk.
       */
      soort: 'organisatie' | 'coordinatiepunt' | 'ouder' | 'jeugdige' | 'netwerk'
      organisatie?: Organisatieverwijzing
      /**
       * Functie, als code van kleine letters, cijfers en streepjes.
       */
      functie?: string
    }[]
    /**
     * Wanneer geëvalueerd wordt.
     *
     * @maxItems 20
     */
    evaluaties: Datum[]
    /**
     * Wanneer geëvalueerd is.
     *
     * @maxItems 100
     */
    geevalueerd: Datum[]
  }[]
  /**
   * Afspraken.
   *
   * @maxItems 500
   *
   * Items: Een afspraak.
   */
  afspraken?: {
    id: Id
    /**
     * Bij welk plan.
     */
    plan: number
    /**
     * Wie het is.
     */
    door: {
      /**
       * Wie het is: een organisatie, het coördinatiepunt, of iemand uit het gezin of het netwerk.
       */
      soort: 'organisatie' | 'coordinatiepunt' | 'ouder' | 'jeugdige' | 'netwerk'
      organisatie?: Organisatieverwijzing
      /**
       * Functie, als code van kleine letters, cijfers en streepjes.
       */
      functie?: string
    }
    /**
     * Wat.
     */
    code: string
    uiterlijk: Datum
    /**
     * Stand.
     */
    stand: 'gemaakt' | 'verlopen' | 'nagekomen' | 'niet-nagekomen'
  }[]
  /**
   * Knelpunten.
   *
   * @maxItems 200
   *
   * Items: Een knelpunt.
   */
  knelpunten?: {
    id: Id
    /**
     * Welk.
     */
    code: string
    organisatie?: Organisatieverwijzing
    datum: Datum
  }[]
  /**
   * Hoeveel gesprekken er waren.
   */
  gesprekken?: number
  /**
   * Ladders.
   *
   * @maxItems 100
   *
   * Items: Een ladder.
   */
  ladders?: {
    /**
     * Welke.
     */
    ladder: 'stagnatie' | 'veiligheid'
    organisatie?: Organisatieverwijzing
    begonnenOp: Tijdstip
    /**
     * Stand.
     */
    stand: 'loopt' | 'beantwoord' | 'ten-einde'
    /**
     * Gezette stappen, elk met haar eigen datum.
     *
     * @maxItems 20
     *
     * Items: Een stap.
     */
    stappen: {
      /**
       * Welke.
       */
      stap: string
      op: Datum
    }[]
    /**
     * Wanneer de volgende stap komt; null: geen.
     */
    volgende: string | null
  }[]
  /**
   * Termijnen die lopen.
   *
   * @maxItems 100
   *
   * Items: Een termijn.
   */
  termijnen?: {
    /**
     * Welke.
     */
    termijn: string
    voorbijOp: Tijdstip
  }[]
  /**
   * Opgelegde coördinatie.
   *
   * @maxItems 100
   *
   * Items: Een oplegging.
   */
  opgelegd?: {
    id: Id
    /**
     * Op grond waarvan.
     */
    mandaat: string
    /**
     * Wat.
     */
    code: string
    organisatie?: Organisatieverwijzing
    datum: Datum
  }[]
  /**
   * Hoe de casus sloot.
   */
  sluiting?: {
    /**
     * Waarom.
     */
    reden: string
    /**
     * Kans op terugval.
     */
    terugvalrisico?: 'laag' | 'middel' | 'hoog'
    /**
     * Wie het is.
     */
    vingerAanDePols?: {
      /**
       * Wie het is: een organisatie, het coördinatiepunt, of iemand uit het gezin of het netwerk.
       */
      soort: 'organisatie' | 'coordinatiepunt' | 'ouder' | 'jeugdige' | 'netwerk'
      organisatie?: Organisatieverwijzing
      /**
       * Functie, als code van kleine letters, cijfers en streepjes.
       */
      functie?: string
    }
  }
}
/**
 * Een organisatie, met haar naam.
 */
export interface Organisatieverwijzing {
  id: Organisatiecode
  /**
   * Naam van de organisatie.
   */
  naam: string
}
/**
 * Bij wie andere organisaties terecht kunnen: een functie, omdat personen wisselen.
 */
export interface Contact {
  /**
   * Functie van de professional.
   */
  functie: string
  /**
   * Telefoonnummer: 6 tot 30 cijfers, spaties, plus, streepjes en haakjes.
   */
  telefoon?: string | null
  /**
   * E-mailadres, liefst van een team.
   */
  eMail?: string | null
}
/**
 * Coördinatiecasussen; volgende ontbreekt op de laatste bladzijde.
 */
export interface CoordinatiecasusLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  coordinatiecasussen: Coordinatiecasus[]
  /**
   * Cursor van de volgende bladzijde.
   */
  volgende?: string
}
/**
 * Besluiten om een registratie niet te delen met bepaalde ontvangers, ook waar dat mag.
 */
export interface Deelbesluit {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Met wie niet gedeeld wordt: 1 tot 20 codes; ook het coördinatiepunt.
   *
   * @minItems 1
   * @maxItems 20
   */
  ontvangers: Organisatiecode[]
  /**
   * Toelichting; alleen de eigen organisatie en de privacyfunctionaris lezen haar.
   */
  toelichting: string
}
/**
 * Delen zonder toestemming omdat de veiligheid van de jeugdige het eist. Eindigt vanzelf en wordt achteraf getoetst.
 */
export interface Doorbreking {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Aan wie het gedeeld wordt: 1 tot 20 codes van organisaties.
   *
   * @minItems 1
   * @maxItems 20
   */
  ontvangers: Organisatiecode[]
  /**
   * Grond van de doorbreking.
   */
  reden: 'veiligheid'
  /**
   * Toelichting; alleen de privacyfunctionaris leest haar.
   */
  toelichting: string
  /**
   * Zijn de ouders geïnformeerd? Zonder dit veld: false.
   */
  oudersGeinformeerd?: boolean
}
/**
 * Doorbrekingen; volgende ontbreekt op de laatste bladzijde.
 */
export interface DoorbrekingLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  doorbrekingen: VastgelegdeDoorbreking[]
  /**
   * Cursor van de volgende bladzijde; ontbreekt op de laatste.
   */
  volgende?: string
}
/**
 * Een doorbreking zoals de privacyfunctionaris haar toetst.
 */
export interface VastgelegdeDoorbreking {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  id: string
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
   */
  organisatie: string
  /**
   * Met wie gedeeld.
   *
   * @maxItems 20
   */
  ontvangers: Organisatiecode[]
  /**
   * Grond.
   */
  reden: string
  /**
   * Toelichting; alleen de privacyfunctionaris leest haar.
   */
  toelichting: string
  /**
   * Zijn de ouders geïnformeerd?
   */
  oudersGeinformeerd: boolean
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  vanaf: string
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  tot: string
  /**
   * Het oordeel achteraf; null: nog niet getoetst.
   */
  toetsing: {
    /**
     * Was zij terecht?
     */
    oordeel: 'terecht' | 'onterecht'
    /**
     * Tijdstip volgens RFC 3339 met tijdzone.
     */
    op: string
    /**
     * Toelichting bij het oordeel; alleen de privacyfunctionaris leest haar. Ontbreekt als zij niet is gegeven.
     */
    toelichting?: string
  } | null
}
/**
 * CloudEvent 1.0 volgens het NL GOV-profiel. Zegt dat er iets is, niet wat: de ontvanger haalt dataref op met het eigen token.
 */
export interface Gebeurtenis {
  /**
   * Versie van CloudEvents.
   */
  specversion: '1.0'
  id: Id
  /**
   * Deze verwijsindex: urn:nld:oin:, het OIN, :systeem:verwijsindex.
   */
  source: string
  type: Gebeurtenistype
  time: Tijdstip
  /**
   * Pad op deze server waar de inhoud ligt.
   */
  dataref: string
}
/**
 * Gebeurtenissen voor de lezer, in vaste volgorde zonder gaten.
 */
export interface GebeurtenisLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  gebeurtenissen: Gebeurtenis[]
  /**
   * Waar de volgende vraag verder gaat; ook op een lege bladzijde.
   */
  volgende: string
}
/**
 * De persoon over wie de registratie gaat. Nodig is een BSN, of een geslachtsnaam met een (deel van een) geboortedatum of een verwachte geboortedatum. Leeg laten of null betekent: onbekend.
 */
export interface Persoon {
  /**
   * Burgerservicenummer: negen cijfers die aan de elfproef voldoen. Alleen voor organisaties die het mogen gebruiken.
   */
  bsn?: string | null
  /**
   * Alle voornamen.
   */
  voornamen?: string | null
  /**
   * Roepnaam.
   */
  roepnaam?: string | null
  /**
   * Voorvoegsel van de geslachtsnaam.
   */
  voorvoegsel?: string | null
  /**
   * Geslachtsnaam zonder voorvoegsel.
   */
  geslachtsnaam?: string | null
  /**
   * Naam van de partner, als die gevoerd wordt.
   */
  partnernaam?: string | null
  /**
   * Geboortedatum, geheel of voor een deel: jjjj-mm-dd, jjjj-mm of jjjj.
   */
  geboortedatum?: string | null
  /**
   * Verwachte geboortedatum van een ongeboren kind, geheel of voor een deel: jjjj-mm-dd, jjjj-mm of jjjj.
   */
  verwachteGeboortedatum?: string | null
  /**
   * Geslacht.
   */
  geslacht?: 'man' | 'vrouw' | 'onbekend' | null
  adres?: Adres
  /**
   * CBS-code van de woongemeente: vier cijfers.
   */
  gemeente?: string | null
  /**
   * Rol in het gezin. Zonder dit veld: jeugdige.
   */
  rolInGezin?: 'jeugdige' | 'ouder' | 'anders'
}
/**
 * Ouder, voogd of ander die gezag over de jeugdige kan hebben. Een naam is niet nodig.
 */
export interface Gezagsdrager {
  /**
   * Eigen kenmerk van deze gezagsdrager binnen de registratie: 1 tot 200 tekens, niet het woord jeugdige.
   */
  kenmerk: string
  /**
   * Relatie tot de jeugdige.
   */
  relatie?: 'ouder' | 'voogd' | 'gi' | 'overig'
  /**
   * Heeft deze persoon gezag? Zonder dit veld: onbekend.
   */
  gezag?: 'ja' | 'nee' | 'onbekend'
  /**
   * Alle voornamen.
   */
  voornamen?: string | null
  /**
   * Roepnaam.
   */
  roepnaam?: string | null
  /**
   * Voorvoegsel van de geslachtsnaam.
   */
  voorvoegsel?: string | null
  /**
   * Geslachtsnaam zonder voorvoegsel.
   */
  geslachtsnaam?: string | null
  /**
   * Naam van de partner, als die gevoerd wordt.
   */
  partnernaam?: string | null
  /**
   * Geboortedatum, geheel of voor een deel: jjjj-mm-dd, jjjj-mm of jjjj.
   */
  geboortedatum?: string | null
  /**
   * Geslacht.
   */
  geslacht?: 'man' | 'vrouw' | 'onbekend' | null
}
/**
 * De betrokkenheid van de organisatie bij de persoon: rol, stand en periode.
 */
export interface Betrokkenheid {
  /**
   * Namens wie de professional werkt. Zonder dit veld: moederorganisatie.
   */
  pet?: 'moederorganisatie' | 'gezinscoach'
  /**
   * Rol van de professional.
   */
  rol?: 'hulpverlener' | 'zorgcoordinator' | 'gezinscoach' | 'verwijzer' | 'overig'
  status: Betrokkenheidstatus
  /**
   * Fase van de hulp.
   */
  fase?: 'aanmelding' | 'inventarisatie' | 'verandering' | 'afbouw' | null
  /**
   * Kader van de hulp. Blijft versleuteld en dient alleen om te beslissen.
   */
  kader?: 'vrijwillig' | 'drang' | 'gedwongen' | null
  begindatum: Datum
  /**
   * Einddatum, jjjj-mm-dd; leeg zolang de betrokkenheid loopt.
   */
  einddatum?: string | null
  /**
   * Waarom de betrokkenheid eindigde.
   */
  afsluitreden?: 'doelen-bereikt' | 'uitval' | 'overgedragen' | 'onterecht' | 'overleden' | 'overig' | null
}
/**
 * Wie over de registratie geïnformeerd is en wanneer, of waarom dat is uitgesteld.
 */
export interface Informering {
  /**
   * jeugdige, of het kenmerk van een gezagsdrager.
   */
  wie: string
  /**
   * Datum van informeren, jjjj-mm-dd.
   */
  op?: string | null
  /**
   * Functie van wie informeerde.
   */
  door?: string | null
  /**
   * Waarom informeren is uitgesteld en wanneer dat opnieuw wordt bekeken.
   */
  uitstel?: {
    /**
     * Grond van het uitstel.
     */
    grond: 'veiligheid' | 'onbereikbaar' | 'opsporing' | 'belang-jeugdige' | 'overig'
    herzienOp: Datum
  }
}
/**
 * Voor welke ontvangers het antwoord geldt: de genoemde organisaties en alle organisaties van de genoemde soorten samen. Leeg: voor elke ontvanger, ook het coördinatiepunt.
 */
export interface Bereik {
  /**
   * Codes van organisaties; ten hoogste 50.
   *
   * @maxItems 50
   */
  organisaties?: Organisatiecode[]
  /**
   * Soorten organisaties; ten hoogste 20.
   *
   * @maxItems 20
   */
  soorten?: Organisatiesoort[]
}
/**
 * De persoon zoals die aan de eigen organisatie wordt teruggegeven: zonder BSN.
 */
export interface PersoonZonderBsn {
  /**
   * Alle voornamen.
   */
  voornamen?: string | null
  /**
   * Roepnaam.
   */
  roepnaam?: string | null
  /**
   * Voorvoegsel van de geslachtsnaam.
   */
  voorvoegsel?: string | null
  /**
   * Geslachtsnaam zonder voorvoegsel.
   */
  geslachtsnaam?: string | null
  /**
   * Naam van de partner, als die gevoerd wordt.
   */
  partnernaam?: string | null
  /**
   * Geboortedatum, geheel of voor een deel: jjjj-mm-dd, jjjj-mm of jjjj.
   */
  geboortedatum?: string | null
  /**
   * Verwachte geboortedatum van een ongeboren kind, geheel of voor een deel: jjjj-mm-dd, jjjj-mm of jjjj.
   */
  verwachteGeboortedatum?: string | null
  /**
   * Geslacht.
   */
  geslacht?: 'man' | 'vrouw' | 'onbekend' | null
  adres?: Adres
  /**
   * CBS-code van de woongemeente: vier cijfers.
   */
  gemeente?: string | null
  /**
   * Rol in het gezin. Zonder dit veld: jeugdige.
   */
  rolInGezin?: 'jeugdige' | 'ouder' | 'anders'
}
/**
 * Of er toestemming genoeg is om te delen, en wiens antwoord nog ontbreekt. Hangt niet af van een match.
 */
export interface Toestemmingsstand {
  /**
   * Is er toestemming genoeg?
   */
  stand: 'voldoende' | 'onvoldoende'
  /**
   * Wiens antwoord ontbreekt: jeugdige, of het kenmerk van een gezagsdrager.
   *
   * @maxItems 11
   *
   * Items: jeugdige, of het kenmerk van een gezagsdrager.
   */
  ontbreekt: string[]
  /**
   * De geboortedatum laat meer dan een leeftijd toe; bij elk daarvan moet delen mogen.
   */
  aanname?: 'veiligste-leeftijd'
}
/**
 * Betrokkenheden die met de lezer gedeeld zijn; volgende ontbreekt op de laatste bladzijde.
 */
export interface GedeeldeBetrokkenheidLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  betrokkenheden: GedeeldeBetrokkenheid[]
  /**
   * Cursor van de volgende bladzijde.
   */
  volgende?: string
}
/**
 * Een betrokkenheid die met de lezer gedeeld is.
 */
export interface GedeeldeBetrokkenheid {
  id: Id
  /**
   * Waaraan u de persoon herkent, als de betrokken organisatie dat opgaf.
   */
  kenmerk?: string
  /**
   * Een betrokken organisatie. Status, begindatum en contact ontbreken als het reglement ze niet laat vertellen.
   */
  betrokkene: {
    organisatie: Organisatieverwijzing
    status?: Betrokkenheidstatus
    begindatum?: Datum
    contact?: Contact
    /**
     * Waarom dit gedeeld mag worden.
     */
    grond: {
      /**
       * Soort grond.
       */
      soort: string
      /**
       * Reglement en versie.
       */
      reglement: string
      /**
       * De regel die besliste.
       */
      regel: string
    }
  }
}
export interface Informeren2 {
  /**
   * jeugdige, of het kenmerk van een gezagsdrager van deze registratie.
   */
  wie: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  op?: string
  /**
   * Functie van wie informeerde.
   */
  door?: string
  /**
   * Hoe.
   */
  hoe?: 'mondeling' | 'schriftelijk'
  /**
   * Waarom het is uitgesteld en wanneer dat opnieuw wordt bekeken.
   */
  uitstel?: {
    /**
     * Grond van het uitstel.
     */
    grond: 'veiligheid' | 'onbereikbaar' | 'opsporing' | 'belang-jeugdige' | 'overig'
    /**
     * Bestaande kalenderdatum, jjjj-mm-dd.
     */
    herzienOp: string
  }
}
/**
 * Of iemand die van een registratie moet weten, geïnformeerd is.
 */
export interface InformeringStand {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
   */
  organisatie: string
  /**
   * jeugdige, of het kenmerk van een gezagsdrager van deze registratie.
   */
  wie: string
  /**
   * openstaand: nog binnen de termijn; verlopen: de termijn, of de datum om een uitstel te herzien, is voorbij.
   */
  stand: 'openstaand' | 'uitgesteld' | 'verlopen' | 'geinformeerd'
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  uiterlijk: string
  /**
   * Grond van het uitstel.
   */
  grond?: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  op?: string
}
/**
 * Wie geïnformeerd is en wie nog niet; volgende ontbreekt op de laatste bladzijde.
 */
export interface InformeringStanden {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  informeringen: InformeringStand[]
  /**
   * Cursor van de volgende bladzijde; ontbreekt op de laatste.
   */
  volgende?: string
}
/**
 * Een vastgelegde toestemming wordt ingetrokken.
 */
export interface Intrekking {
  /**
   * Sinds wanneer: datum of tijdstip. Zonder dit veld: nu.
   */
  op?: string
  /**
   * Hoe de intrekking gegeven is.
   */
  vorm?: 'mondeling' | 'schriftelijk'
}
/**
 * Van welke persoon de inzagen gevraagd worden.
 */
export interface InzagenVraag {
  persoon: Pseudoniem
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  van?: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  tot?: string
}
/**
 * Wie er keek, per dag en organisatie.
 */
export interface Inzagen {
  /**
   * De nieuwste dag eerst; ten hoogste 1.000.
   *
   * @maxItems 1000
   *
   * Items: Een dag van een organisatie.
   */
  inzagen: {
    /**
     * Bestaande kalenderdatum, jjjj-mm-dd.
     */
    dag: string
    /**
     * Wie keek; null als dat geen organisatie is.
     */
    organisatie: {
      /**
       * Id.
       */
      id: string
      /**
       * Naam.
       */
      naam: string
    } | null
    /**
     * Wat er gedaan is.
     */
    actie?: string
    /**
     * Reglement en regel; null als er geen was.
     */
    grond?: {
      /**
       * Reglement met versie.
       */
      reglement: string
      /**
       * Regel.
       */
      regel: string
    } | null
    /**
     * Hoe vaak.
     */
    aantal: number
  }[]
}
/**
 * Antwoord op een koppelvraag; een later antwoord maakt het vorige ongedaan.
 */
export interface KoppelvraagAntwoord {
  /**
   * Gaan de registraties over dezelfde persoon?
   */
  antwoord: 'dezelfde' | 'verschillend' | 'weet-niet'
}
/**
 * Een twijfelachtige koppeling waarover een mens beslist.
 */
export interface Koppelvraag {
  id: Id
  /**
   * Stand van de vraag.
   */
  status: 'open' | 'beantwoord'
  gesteldOp: Tijdstip
  /**
   * Het laatste antwoord; null: nog geen.
   */
  antwoord: 'dezelfde' | 'verschillend' | 'weet-niet' | null
  /**
   * Wanneer beantwoord.
   */
  beantwoordOp: string | null
  /**
   * Hoe waarschijnlijk de koppeling is, 0 tot 1; null: niet berekend.
   */
  score: number | null
  /**
   * Waarom gevraagd wordt.
   */
  reden: string | null
  /**
   * De te vergelijken gegevens, een voor elke registratie.
   *
   * @maxItems 100
   *
   * Items: Eén registratie.
   */
  gegevens: {
    organisatie: Organisatieverwijzing
    persoon: PersoonZonderBsn
  }[]
  uiterlijk?: Datum
  /**
   * De vraag staat langer open dan de termijn.
   */
  overTermijn?: boolean
  /**
   * Waarop de twijfel rust: velden, sommen en drempels in bits; null: niet bewaard.
   */
  bewijs?: {
    /**
     * De velden, in vaste volgorde.
     *
     * @maxItems 20
     *
     * Items: Eén veld: hoe het overeenkomt en hoeveel bits dat weegt; nooit een waarde.
     */
    velden: {
      /**
       * Naam van het veld.
       */
      veld: string
      /**
       * Hoe het overeenkomt.
       */
      niveau: string
      /**
       * Bits voor (positief) of tegen.
       */
      gewicht: number
    }[]
    /**
     * Som van wat over de persoon gaat.
     */
    persoon: number
    /**
     * Som van wat over het huishouden gaat, met een plafond.
     */
    huishouden: number
    /**
     * Beide samen.
     */
    totaal: number
    /**
     * Versie van het koppelmodel.
     */
    model: string
    /**
     * Wat nodig was.
     */
    drempels: {
      /**
       * Voor de persoon.
       */
      persoon: number
      /**
       * Voor het huishouden.
       */
      huishouden: number
      /**
       * Om te koppelen.
       */
      koppelen: number
      /**
       * Om te koppelen zonder gemeenschappelijk adres of ouders.
       */
      koppelenOpNaam: number
      /**
       * Om te vragen.
       */
      koppelvraag: number
    }
  } | null
}
/**
 * Koppelvragen; volgende ontbreekt op de laatste bladzijde.
 */
export interface KoppelvraagLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  koppelvragen: Koppelvraag[]
  /**
   * Cursor van de volgende bladzijde.
   */
  volgende?: string
}
/**
 * Eén regel van het toegangslog.
 */
export interface Logregel {
  /**
   * Volgnummer van de regel.
   */
  nummer: number
  tijdstip: Tijdstip
  /**
   * Wat er gedaan is.
   */
  actie: string
  /**
   * Afnemer.
   */
  client: string | null
  /**
   * Gebruiker.
   */
  gebruiker: string | null
  /**
   * Rol.
   */
  rol: string | null
  /**
   * Organisatie.
   */
  organisatie: string | null
  /**
   * Voor wie waargenomen werd.
   */
  namens: string | null
  /**
   * Pseudoniem van de persoon.
   */
  persoon: string | null
  /**
   * Waarop de beslissing rust.
   */
  grond: {
    /**
     * Reglement en versie.
     */
    reglement: string
    /**
     * De regel die besliste.
     */
    regel: string
  } | null
  /**
   * Hoe het afliep.
   */
  uitkomst: 'toegestaan' | 'geweigerd' | 'mislukt'
  /**
   * Welke controle weigerde, bij uitkomst geweigerd; te-veel-personen is een client die naar te veel personen vroeg.
   */
  weigering?: string
  /**
   * Spoor volgens W3C Trace Context.
   */
  traceId: string | null
  /**
   * Hash van de regel in de boom, hexadecimaal.
   */
  blad: string
}
/**
 * Zoekvraag in het toegangslog, en de vorm waarin de regels worden uitgevoerd.
 */
export interface LogregelsUitvoervraag {
  /**
   * nen7513-csv en nen7513-json: de velden van NEN 7513; fhir-auditevent: een FHIR R4 Bundle van AuditEvents; dataverwerkingen: regels van het Logboek Dataverwerkingen.
   */
  vorm: 'nen7513-csv' | 'nen7513-json' | 'fhir-auditevent' | 'dataverwerkingen'
  /**
   * Vanaf: datum of tijdstip, inbegrepen.
   */
  van?: string
  /**
   * Tot: datum of tijdstip, niet inbegrepen.
   */
  tot?: string
  persoon?: Pseudoniem
  /**
   * Gebruiker.
   */
  gebruiker?: string
  organisatie?: Organisatiecode
  /**
   * Wat er gedaan is.
   */
  actie?: string
  /**
   * Reglement of regel van de grond.
   */
  grond?: string
  /**
   * Hoe het afliep.
   */
  uitkomst?: 'toegestaan' | 'geweigerd' | 'mislukt'
  cursor?: Cursor
  /**
   * Hoeveel regels ten hoogste; zonder dit veld 1.000.
   */
  limiet?: number
}
/**
 * Zoekvraag in het toegangslog; elk veld mag ontbreken.
 */
export interface LogregelsZoekvraag {
  /**
   * Vanaf: datum of tijdstip, inbegrepen.
   */
  van?: string
  /**
   * Tot: datum of tijdstip, niet inbegrepen.
   */
  tot?: string
  persoon?: Pseudoniem
  /**
   * Gebruiker.
   */
  gebruiker?: string
  organisatie?: Organisatiecode
  /**
   * Wat er gedaan is.
   */
  actie?: string
  /**
   * Reglement of regel van de grond.
   */
  grond?: string
  /**
   * Hoe het afliep.
   */
  uitkomst?: 'toegestaan' | 'geweigerd' | 'mislukt'
  cursor?: Cursor
  /**
   * Hoeveel regels ten hoogste; zonder dit veld 100.
   */
  limiet?: number
}
/**
 * Gevonden regels; volgende ontbreekt op de laatste bladzijde.
 */
export interface LogregelLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  logregels: Logregel[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Twee of meer organisaties zijn bij één persoon of één gezin betrokken. Wat niet gedeeld mag worden, ontbreekt en telt niet mee.
 */
export interface Match {
  id: Id
  /**
   * Om een persoon, of om een gezin.
   */
  soort: 'persoon' | 'gezin'
  /**
   * Stand van de match.
   */
  status: 'open' | 'gesloten'
  geopendOp: Tijdstip
  /**
   * Wanneer de match sloot.
   */
  geslotenOp?: string | null
  /**
   * CBS-code van de gemeente die coördineert: vier cijfers.
   */
  gemeente: string | null
  /**
   * Kenmerken van de eigen registraties in deze match.
   *
   * @maxItems 1000
   */
  eigenKenmerken: Bronkenmerk[]
  /**
   * true: alle zichtbare betrokkenen staan op een wachtlijst of in de intake.
   */
  nogNiemandInBehandeling?: boolean
  /**
   * De andere betrokkenen die de lezer mag zien.
   *
   * @maxItems 1000
   *
   * Items: Een betrokken organisatie. Status, begindatum en contact ontbreken als het reglement ze niet laat vertellen.
   */
  betrokkenen: {
    organisatie: Organisatieverwijzing
    status?: Betrokkenheidstatus
    begindatum?: Datum
    contact?: Contact
    /**
     * Waarom dit gedeeld mag worden.
     */
    grond: {
      /**
       * Soort grond.
       */
      soort: string
      /**
       * Reglement en versie.
       */
      reglement: string
      /**
       * De regel die besliste.
       */
      regel: string
    }
  }[]
  /**
   * Wat ermee gedaan is.
   */
  opvolging: {
    /**
     * Wanneer het contact er uiterlijk moet zijn.
     */
    uiterlijk: string | null
    /**
     * Het laatst vastgelegde contact; null: geen.
     */
    contact: {
      /**
       * Is er werkelijk met elkaar gesproken?
       */
      gesproken: boolean
      op: DatumOfTijdstip
      /**
       * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
       */
      door?: string
      /**
       * Met wie.
       *
       * @maxItems 20
       */
      metOrganisaties?: Organisatiecode[]
    } | null
    /**
     * De laatst gekozen variant; null: geen.
     */
    variant: number | null
  }
}
/**
 * Matches die de lezer mag zien; volgende ontbreekt op de laatste bladzijde.
 */
export interface MatchLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  matches: Match[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Verzoek aan het coördinatiepunt om een zaak te coördineren, met of zonder match.
 */
export interface Melding {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Waarom coördinatie nodig is.
   */
  reden: 'coordinatie-nodig' | 'afspraak-niet-nagekomen'
  /**
   * Hoe dringend het is. Zonder dit veld: normaal.
   */
  urgentie?: 'laag' | 'normaal' | 'hoog' | 'spoed'
}
/**
 * Eigen meldingen, of die van de gemeenten van het coördinatiepunt; volgende ontbreekt op de laatste bladzijde.
 */
export interface MeldingLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  meldingen: OntvangenMelding[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Een melding en wat ermee gebeurt.
 */
export interface OntvangenMelding {
  id: Id
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie?: string
  /**
   * Waarom coördinatie nodig is.
   */
  reden: 'coordinatie-nodig' | 'afspraak-niet-nagekomen'
  urgentie: Urgentie
  /**
   * Stand van de melding.
   */
  status: 'ontvangen' | 'getoetst' | 'afgewezen' | 'opgepakt'
  /**
   * CBS-code van de gemeente: vier cijfers.
   */
  gemeente: string | null
  organisatie: Organisatieverwijzing
  contact?: Contact
  ontvangenOp: Tijdstip
  /**
   * Hoe vaak hetzelfde gemeld is; 1 is één keer.
   */
  keren?: number
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  beoordeeldOp?: string
  /**
   * Waarom zij is afgewezen.
   */
  antwoord?: 'geen-coordinatie-nodig' | 'al-gecoordineerd' | 'onvoldoende-bekend' | 'andere-gemeente' | 'overig'
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  casus?: string
  /**
   * Alleen voor het coördinatiepunt: andere meldingen over dezelfde persoon of hetzelfde gezin, voor zover dat verteld mag worden.
   *
   * @maxItems 100
   */
  zelfdeGezin?: Id[]
}
/**
 * Een zojuist gemaakt abonnement, met het geheim waarmee de berichten ondertekend worden. Het geheim wordt alleen nu gegeven.
 */
export interface NieuwAbonnement {
  id: Id
  /**
   * Adres waar de berichten heen gaan; https, in de demo ook http.
   */
  url: string
  /**
   * Soorten gebeurtenissen.
   *
   * @maxItems 30
   */
  typen: Gebeurtenistype[]
  aangemaaktOp: Tijdstip
  /**
   * Geheim van Standard Webhooks: whsec_ en base64.
   */
  geheim: string
}
/**
 * Begin van een coördinatiecasus: uit een match of uit een melding.
 */
export interface NieuweCasus {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  match?: string
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  melding?: string
}
/**
 * Ontvangstbewijs van een registratie. Hetzelfde bericht nog eens geeft hetzelfde bewijs.
 */
export interface Ontvangst {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  id: string
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  bronbericht: string
  /**
   * Volgnummer van de versie in het bericht.
   */
  versie: number
  status: Verwerkingsstatus
  ontvangenOp: Tijdstip
  /**
   * false: een nieuwere versie was al bekend, dit bericht verandert niets. Ontbreekt als het bericht is toegepast.
   */
  toegepast?: boolean
}
/**
 * Vastleggen of een jeugdige de eigen belangen redelijk kan wegen; nee is een uitzondering, vastgesteld door een deskundige.
 */
export interface Oordeel {
  /**
   * Kan de jeugdige de eigen belangen redelijk wegen?
   */
  oordeelsbekwaam: boolean
  /**
   * Functie van wie het vaststelde.
   */
  vastgesteldDoor: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  op: string
}
/**
 * Wat er met een match gedaan is: contact tussen de organisaties, of de gekozen variant van coördinatie.
 */
export interface Opvolging {
  /**
   * contact: vult gesproken, metOrganisaties en op; variant: vult variant.
   */
  soort: 'contact' | 'variant'
  /**
   * Bij contact: is er werkelijk met elkaar gesproken?
   */
  gesproken?: boolean
  /**
   * Bij contact: codes van de andere organisaties; ten hoogste 20.
   *
   * @maxItems 20
   */
  metOrganisaties?: Organisatiecode[]
  /**
   * Kalenderdatum (jjjj-mm-dd) of tijdstip volgens RFC 3339. Een datum geldt vanaf het begin van die dag in Nederland.
   */
  op?: string
  /**
   * Bij variant: een van de zes manieren van coördineren, 0 tot en met 5; geen maat voor ernst.
   */
  variant?: number
}
/**
 * Een organisatie biedt haar betrokkenheid aan een andere aan.
 */
export interface OverdrachtAanbod {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
   */
  naar: string
}
/**
 * aanvaard of teruggegeven door de ontvanger; ingetrokken door wie aanbood, en dan is de stand teruggegeven.
 */
export interface OverdrachtAntwoord {
  /**
   * Het antwoord.
   */
  antwoord: 'aanvaard' | 'teruggegeven' | 'ingetrokken'
}
/**
 * Een aangeboden betrokkenheid. De ontvanger ziet haar zodra dat aan hem verteld mag worden.
 */
export interface Overdracht {
  id: Id
  /**
   * Stand.
   */
  status: 'aangeboden' | 'aanvaard' | 'teruggegeven'
  van: Organisatieverwijzing
  naar: Organisatieverwijzing
  aangebodenOp: Tijdstip
  beantwoordOp?: Tijdstip
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  uiterlijk: string
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie?: string
  contact?: Contact
  betrokkenheidsstatus?: Betrokkenheidstatus
  toestemming?: Toestemmingsstand1
}
/**
 * Alleen voor wie aanbiedt: mag het aan de ontvanger verteld worden?
 */
export interface Toestemmingsstand1 {
  /**
   * Is er toestemming genoeg?
   */
  stand: 'voldoende' | 'onvoldoende'
  /**
   * Wiens antwoord ontbreekt: jeugdige, of het kenmerk van een gezagsdrager.
   *
   * @maxItems 11
   *
   * Items: jeugdige, of het kenmerk van een gezagsdrager.
   */
  ontbreekt: string[]
  /**
   * De geboortedatum laat meer dan een leeftijd toe; bij elk daarvan moet delen mogen.
   */
  aanname?: 'veiligste-leeftijd'
}
/**
 * Overdrachten van en naar de eigen organisatie; volgende ontbreekt op de laatste bladzijde.
 */
export interface OverdrachtLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  overdrachten: Overdracht[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Wat er over een persoon geregistreerd staat, door wie, wie het zag en op welke grond. Zonder gegevens van andere gezinsleden.
 */
export interface Overzicht {
  persoon: Pseudoniem
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  peilmoment: string
  /**
   * Wie er registreerde.
   *
   * @maxItems 1000
   *
   * Items: Een registratie.
   */
  registraties: {
    /**
     * Naam van de organisatie.
     */
    organisatie: string
    /**
     * Bestaande kalenderdatum, jjjj-mm-dd.
     */
    sinds: string
    status?: Betrokkenheidstatus
    contact?: Contact
    /**
     * Welke gegevens bewaard worden, zonder de waarden.
     *
     * @maxItems 50
     *
     * Items: Naam van het gegeven.
     */
    watBewaardWordt: string[]
    /**
     * Tijdstip volgens RFC 3339 met tijdzone.
     */
    ontvangenOp: string
    /**
     * Dag waarop de registratie naar het archief gaat of wordt vernietigd.
     */
    bewaardTot?: string | null
    /**
     * Waar zij staat.
     */
    stand: 'actief' | 'archief' | 'bevroren'
  }[]
  /**
   * Wie het zag, nieuwste eerst; ten hoogste 1.000.
   *
   * @maxItems 1000
   *
   * Items: Een keer dat het gezien is.
   */
  gezienDoor: {
    op: Tijdstip
    /**
     * Wie het zag.
     */
    organisatie: string
    /**
     * Wat er gebeurde.
     */
    wat: string
    /**
     * Waarom dat mocht, in gewone woorden.
     */
    grond: string
    /**
     * Reglement en versie.
     */
    reglement?: string | null
    /**
     * De regel die besliste.
     */
    regel?: string | null
  }[]
}
/**
 * De privacyfunctionaris zoekt het pseudoniem van een persoon, met een reden. Zelfde eis als bij een registratie: een BSN, of een geslachtsnaam met een (deel van een) geboortedatum.
 */
export interface PersonenZoekvraag {
  /**
   * Waarom gezocht wordt.
   */
  reden: string
  /**
   * Burgerservicenummer: negen cijfers die aan de elfproef voldoen. Alleen voor organisaties die het mogen gebruiken.
   */
  bsn?: string | null
  /**
   * Alle voornamen.
   */
  voornamen?: string | null
  /**
   * Voorvoegsel van de geslachtsnaam.
   */
  voorvoegsel?: string | null
  /**
   * Geslachtsnaam zonder voorvoegsel.
   */
  geslachtsnaam?: string | null
  /**
   * Geboortedatum, geheel of voor een deel: jjjj-mm-dd, jjjj-mm of jjjj.
   */
  geboortedatum?: string | null
}
/**
 * Het pseudoniem van de gezochte persoon.
 */
export interface PersoonPseudoniem {
  persoon: Pseudoniem
}
/**
 * Wat er misging (RFC 9457); nooit met een waarde uit de invoer.
 */
export interface Probleem {
  /**
   * Soort fout.
   */
  type: string
  /**
   * De fout in het kort.
   */
  title: string
  /**
   * HTTP-status.
   */
  status: number
  /**
   * Uitleg.
   */
  detail: string
  /**
   * Dit voorval, om naar te verwijzen.
   */
  instance: string
  /**
   * Alle fouten in de invoer tegelijk.
   *
   * @maxItems 1000
   */
  fouten?: Fout[]
}
/**
 * Afgekeurde berichten; volgende ontbreekt op de laatste bladzijde.
 */
export interface Quarantaine {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  quarantaine: Quarantaineregel[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Een afgekeurd bericht, zonder de inhoud.
 */
export interface Quarantaineregel {
  id: Id
  /**
   * Code van de afzender.
   */
  organisatie: string | null
  /**
   * Kenmerk van het bericht, als het bruikbaar is.
   */
  bronbericht: string | null
  /**
   * Adapter waarmee het binnenkwam.
   */
  adapter?: string | null
  ontvangenOp: Tijdstip
  /**
   * Wat er mis is.
   *
   * @maxItems 1000
   */
  fouten: Fout[]
}
/**
 * De inrichting van een regio: wie meedoen, wie mogen aansluiten en waar gecoördineerd wordt.
 */
export interface Regio {
  /**
   * Naam van de regio.
   */
  naam: string
  /**
   * OIN van wie de verwijsindex beheert: twintig cijfers.
   */
  oin: string
  /**
   * Het reglement dat in deze regio geldt, bijvoorbeeld peel-en-maas-1g1p.
   */
  reglement: string
  /**
   * Wie registreren; ten hoogste 1.000.
   *
   * @maxItems 1000
   *
   * Items: Een organisatie.
   */
  organisaties: {
    id: Organisatiecode
    /**
     * Naam.
     */
    naam: string
    soort: Organisatiesoort
    /**
     * Mag deze organisatie het BSN gebruiken? Zonder dit veld: false.
     */
    magBsn?: boolean
    /**
     * Welke personen zij mag registreren, naar hun rol in het gezin. Zonder dit veld: alle.
     *
     * @maxItems 3
     *
     * Items: Een rol.
     */
    magRegistreren?: ('jeugdige' | 'ouder' | 'anders')[]
    /**
     * Adapters waarmee zij bestanden mag aanbieden.
     *
     * @maxItems 50
     *
     * Items: Naam van een adapter.
     */
    adapters: string[]
    /**
     * De adapter van haar eigen bronsysteem.
     */
    eigenAdapter?: string
    /**
     * CBS-codes van gemeenten; ten hoogste 400.
     *
     * @maxItems 400
     */
    gemeenten: Gemeentecode[]
  }[]
  /**
   * Wie mogen aansluiten; ten hoogste 2.000.
   *
   * @maxItems 2000
   *
   * Items: Een afnemer.
   */
  clients: {
    /**
     * Naam van de afnemer.
     */
    id: string
    organisatie: Organisatiecode
    /**
     * Adapters waarmee deze afnemer bestanden mag aanbieden. Zonder dit veld: die van zijn organisatie.
     *
     * @maxItems 50
     *
     * Items: Naam van een adapter.
     */
    adapters?: string[]
    rol: Rol
    /**
     * Rechten; een token kan er minder hebben, nooit meer.
     *
     * @maxItems 13
     */
    scopes: Scope[]
    /**
     * CBS-codes van gemeenten; ten hoogste 400.
     *
     * @maxItems 400
     */
    gemeenten: Gemeentecode[]
  }[]
  /**
   * Waar gecoördineerd wordt, per gemeente; ten hoogste 400.
   *
   * @maxItems 400
   *
   * Items: Een coördinatiepunt.
   */
  coordinatiepunten: {
    id: Organisatiecode
    /**
     * Naam.
     */
    naam: string
    /**
     * CBS-codes van gemeenten; ten hoogste 400.
     *
     * @maxItems 400
     */
    gemeenten: Gemeentecode[]
    /**
     * Wat het coördinatiepunt doet.
     */
    vorm: 'alleen-meldpunt' | 'meld-en-coordinatie'
    /**
     * CBS-codes van kleinere gemeenten die zich bij dit punt hebben aangesloten; ten hoogste 400.
     *
     * @maxItems 400
     */
    aangesloten?: Gemeentecode[]
  }[]
}
/**
 * Een eigen registratie, met de persoon zonder BSN.
 */
export interface RegistratieDetail {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  id: string
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  bronbericht: string
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  kenmerk: string
  /**
   * Laatst toegepaste versie.
   */
  versie: number
  status: Verwerkingsstatus
  betrokkenheid: Betrokkenheid
  contact: Contact
  ontvangenOp: Tijdstip
  toestemming: Toestemmingsstand
  persoon: PersoonZonderBsn
  /**
   * Wie gezag kan hebben over de jeugdige.
   *
   * @maxItems 10
   */
  gezagsdragers: Gezagsdrager[]
  /**
   * Wie van de registratie moet weten, en of dat gebeurd is.
   *
   * @maxItems 12
   *
   * Items: Een persoon.
   */
  informeren?: {
    /**
     * jeugdige, of het kenmerk van een gezagsdrager.
     */
    wie: string
    /**
     * Stand van het informeren.
     */
    stand: 'openstaand' | 'uitgesteld' | 'verlopen' | 'geinformeerd'
    /**
     * Bestaande kalenderdatum, jjjj-mm-dd.
     */
    uiterlijk: string
    /**
     * Grond van het uitstel.
     */
    grond?: string
    /**
     * Bestaande kalenderdatum, jjjj-mm-dd.
     */
    op?: string
  }[]
  /**
   * Hoe lang de registratie bewaard wordt.
   */
  bewaren?: {
    /**
     * bevroren: er loopt een bezwaar.
     */
    stand: 'actief' | 'archief' | 'bevroren'
    /**
     * Eerste dag waarop zij niet meer meetelt of bestaat, tenzij zij opnieuw wordt geregistreerd.
     */
    tot: string | null
  }
}
/**
 * Een eigen registratie in een lijst.
 */
export interface RegistratieSamenvatting {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  id: string
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  bronbericht: string
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  kenmerk: string
  /**
   * Laatst toegepaste versie.
   */
  versie: number
  status: Verwerkingsstatus
  betrokkenheid: Betrokkenheid
  contact: Contact
  ontvangenOp: Tijdstip
  toestemming: Toestemmingsstand
  /**
   * Wie van de registratie moet weten, en of dat gebeurd is.
   *
   * @maxItems 12
   *
   * Items: Een persoon.
   */
  informeren?: {
    /**
     * jeugdige, of het kenmerk van een gezagsdrager.
     */
    wie: string
    /**
     * Stand van het informeren.
     */
    stand: 'openstaand' | 'uitgesteld' | 'verlopen' | 'geinformeerd'
    /**
     * Bestaande kalenderdatum, jjjj-mm-dd.
     */
    uiterlijk: string
    /**
     * Grond van het uitstel.
     */
    grond?: string
    /**
     * Bestaande kalenderdatum, jjjj-mm-dd.
     */
    op?: string
  }[]
  /**
   * Hoe lang de registratie bewaard wordt.
   */
  bewaren?: {
    /**
     * bevroren: er loopt een bezwaar.
     */
    stand: 'actief' | 'archief' | 'bevroren'
    /**
     * Eerste dag waarop zij niet meer meetelt of bestaat, tenzij zij opnieuw wordt geregistreerd.
     */
    tot: string | null
  }
}
/**
 * Een organisatie laat weten dat zij bij een persoon betrokken is. Nooit een reden, diagnose, score of vrije tekst over het gezin.
 */
export interface Registratie {
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  bronbericht: string
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  kenmerk: string
  /**
   * Volgnummer van de versie; alleen een hogere versie wordt toegepast.
   */
  versie: number
  /**
   * De eigen drempel van de bron is overschreden. Zonder dit veld: false.
   */
  signaleert?: boolean
  persoon: Persoon
  /**
   * Verwijzing naar het gezin in het bronsysteem.
   */
  gezin?: {
    kenmerk: Bronkenmerk
  } | null
  /**
   * Wie gezag kan hebben over de jeugdige; ten hoogste 10.
   *
   * @maxItems 10
   */
  gezagsdragers?: Gezagsdrager[]
  betrokkenheid: Betrokkenheid
  contact: Contact
  /**
   * De professional vindt coördinatie nodig.
   */
  coordinatieNodig?: {
    urgentie?: Urgentie
  } | null
  /**
   * Wie over de registratie geïnformeerd is; ten hoogste 20.
   *
   * @maxItems 20
   */
  geinformeerd?: Informering[]
}
/**
 * Tot 1.000 registraties in één verzoek. Elke rij wordt apart getoetst aan Registratie: een foute rij houdt de andere niet tegen.
 */
export interface RegistratiesBatch {
  /**
   * De registraties, elk als bij POST /registraties; 1 tot 1.000.
   *
   * @minItems 1
   * @maxItems 1000
   */
  registraties: unknown[]
}
/**
 * Eigen registraties; volgende ontbreekt op de laatste bladzijde.
 */
export interface RegistratieLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  registraties: RegistratieSamenvatting[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Het reglement dat nu beslist, met zijn regels en hun bronnen.
 */
export interface Reglement {
  /**
   * Reglement en versie.
   */
  reglement: string
  /**
   * Naam.
   */
  naam: string
  /**
   * Waarop het rust.
   */
  bron: string
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  sinds: string
  /**
   * Op volgorde: de eerste die past, beslist.
   *
   * @maxItems 200
   *
   * Items: Een regel.
   */
  regels: {
    /**
     * Id van de regel.
     */
    id: string
    /**
     * Wat de regel doet.
     */
    effect: 'toestaan' | 'weigeren' | 'toestemming'
    /**
     * Wie toestemming geeft.
     *
     * @maxItems 3
     *
     * Items: Wie.
     */
    wie?: ('jeugdige' | 'gezagsdragers' | 'gezinslid')[]
    /**
     * Grond.
     */
    grond: string
    /**
     * Bron.
     */
    bron: string
  }[]
}
/**
 * Een signaal voor de privacyfunctionaris, met wat er gevraagd is aan het log.
 */
export interface Signaal {
  /**
   * Soort signaal.
   */
  soort:
    | 'inkijk-zonder-taak'
    | 'veel-personen'
    | 'buiten-werktijd'
    | 'doorbreking-niet-getoetst'
    | 'informeren-te-laat'
    | 'koppelvraag-over-termijn'
    | 'veel-weigeringen'
  /**
   * Wat dit signaal zegt.
   */
  uitleg: string
  /**
   * Drempel uit het reglement.
   */
  drempel: number | null
  /**
   * Hoeveel gevallen.
   */
  aantal: number
  /**
   * De gevallen; ten hoogste 1.000.
   *
   * @maxItems 1000
   *
   * Items: Een geval.
   */
  gevallen: {
    /**
     * Gebruiker.
     */
    gebruiker?: string
    /**
     * Afnemer.
     */
    client?: string
    /**
     * Organisatie.
     */
    organisatie?: string
    /**
     * Id van wat het betreft.
     */
    object?: string
    /**
     * Dag of uur (UTC).
     */
    moment?: string
    /**
     * Verschillende personen.
     */
    personen?: number
    /**
     * Hoe vaak.
     */
    aantal?: number
  }[]
}
/**
 * De signalen over een periode.
 */
export interface Signalen {
  van: Datum
  tot: Datum
  /**
   * De signalen; elke soort is er, ook zonder gevallen.
   *
   * @maxItems 20
   */
  signalen: Signaal[]
}
/**
 * Hoe deze verwijsindex draait.
 */
export interface Status {
  /**
   * Versie van het programma.
   */
  versie: string
  /**
   * Draait de demo?
   */
  demo: boolean
  /**
   * Welke motor achter elke poort zit.
   *
   * @maxItems 50
   *
   * Items: Een poort.
   */
  poorten: {
    /**
     * Naam van de poort.
     */
    poort: string
    /**
     * Naam van de motor.
     */
    motor: string
  }[]
}
/**
 * Tellingen zonder personen: hoeveel gesprekken over welk probleem of met welke verwijzing.
 */
export interface Tellingen {
  /**
   * De tellingen.
   *
   * @maxItems 1000
   *
   * Items: Een telling.
   */
  tellingen: {
    /**
     * Waarvan.
     */
    lijst: 'probleem' | 'verwijzing'
    /**
     * Welke.
     */
    code: string
    datum: Datum
    gemeente?: Gemeentecode
    /**
     * Hoeveel.
     */
    aantal: number
  }[]
}
/**
 * Een ja of nee van een jeugdige of gezagsdrager op het delen van een registratie. Zij geldt voor alle registraties van de vastleggende organisatie over die persoon.
 */
export interface Toestemming {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Over wie: jeugdige, of het kenmerk van een gezagsdrager. Zonder dit veld: jeugdige.
   */
  over?: string
  /**
   * Wie antwoordde: jeugdige, of het kenmerk van een gezagsdrager.
   */
  gever: string
  /**
   * Het antwoord.
   */
  antwoord: 'ja' | 'nee'
  /**
   * Hoe het antwoord gegeven is.
   */
  vorm: 'mondeling' | 'schriftelijk'
  bereik?: Bereik
  /**
   * Begin van de geldigheid: datum of tijdstip. Zonder dit veld: vanaf nu.
   */
  geldigVanaf?: string | null
  /**
   * Einde van de geldigheid: datum of tijdstip. Zonder dit veld: tot intrekking.
   */
  geldigTot?: string | null
  /**
   * allen: het nee geldt voor de registraties van alle organisaties. Alleen bij antwoord nee.
   */
  voor?: 'allen'
}
/**
 * Vastgelegde antwoorden; volgende ontbreekt op de laatste bladzijde.
 */
export interface ToestemmingLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  toestemmingen: VastgelegdeToestemming[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Een vastgelegd antwoord.
 */
export interface VastgelegdeToestemming {
  id: Id
  /**
   * jeugdige, of het kenmerk van een gezagsdrager.
   */
  over: string
  /**
   * jeugdige, of het kenmerk van een gezagsdrager.
   */
  gever: string
  /**
   * Het antwoord.
   */
  antwoord: 'ja' | 'nee'
  /**
   * Hoe het antwoord gegeven is.
   */
  vorm: 'mondeling' | 'schriftelijk'
  bereik: Bereik
  /**
   * Begin van de geldigheid.
   */
  geldigVanaf: string | null
  /**
   * Einde van de geldigheid; null: tot intrekking.
   */
  geldigTot: string | null
  /**
   * allen: het nee geldt voor de registraties van alle organisaties.
   */
  voor?: 'allen'
  vastgelegdOp: Tijdstip
  /**
   * Sinds wanneer ingetrokken; null: niet ingetrokken.
   */
  intrekkingOp: string | null
}
/**
 * Oordeel over een doorbreking, door een ander in een andere rol.
 */
export interface Toetsing {
  /**
   * Was de doorbreking terecht?
   */
  oordeel: 'terecht' | 'onterecht'
  /**
   * Toelichting; alleen de privacyfunctionaris leest haar.
   */
  toelichting?: string
}
/**
 * Een verzoek van een betrokken persoon, met zijn stand.
 */
export interface VastgelegdVerzoek {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  id: string
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
   */
  organisatie: string
  /**
   * bezwaar bevriest de registratie tot het besluit; correctie en informatie gaan naar de organisatie; inzage wordt alleen vastgelegd.
   */
  soort: 'bezwaar' | 'correctie' | 'informatie' | 'inzage'
  /**
   * Wie het vroeg.
   *
   * @maxItems 11
   *
   * Items: jeugdige, of het kenmerk van een gezagsdrager van deze registratie.
   */
  door: string[]
  /**
   * Stand van het verzoek.
   */
  stand: 'ontvangen' | 'geadviseerd' | 'gegrond' | 'ongegrond'
  /**
   * Tijdstip volgens RFC 3339 met tijdzone.
   */
  ontvangenOp: string
  /**
   * Bestaande kalenderdatum, jjjj-mm-dd.
   */
  uiterlijk: string
  /**
   * Toelichting van wie het vroeg.
   */
  toelichting?: string
  /**
   * Wat de registrerende organisatie adviseert.
   */
  advies?: {
    /**
     * Advies van de registrerende organisatie.
     */
    advies: 'gegrond' | 'ongegrond'
    /**
     * Toelichting.
     */
    toelichting?: string
    /**
     * Tijdstip volgens RFC 3339 met tijdzone.
     */
    op: string
  }
  /**
   * Wat de gemeente besloot.
   */
  besluit?: {
    /**
     * Het besluit.
     */
    besluit: 'gegrond' | 'ongegrond'
    /**
     * Toelichting.
     */
    toelichting?: string
    /**
     * Tijdstip volgens RFC 3339 met tijdzone.
     */
    op: string
  }
}
/**
 * Het is vastgelegd.
 */
export interface Vastgelegd {
  id: Id
}
/**
 * Het is vastgelegd; waarschuwingen houden niets tegen.
 */
export interface VastgelegdeHandeling {
  id: Id
  /**
   * Codes van wat opvalt.
   *
   * @maxItems 10
   *
   * Items: Code van een waarschuwing.
   */
  waarschuwingen?: ('zorgcoordinator-is-gezinscoach' | 'wijkt-af-van-regel' | 'veel-gezinnen' | 'veel-gesprekken')[]
}
/**
 * Een verzoek van een betrokken persoon, vastgelegd door de privacyfunctionaris.
 */
export interface Verzoek {
  /**
   * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
   */
  registratie: string
  /**
   * bezwaar bevriest de registratie tot het besluit; correctie en informatie gaan naar de organisatie; inzage wordt alleen vastgelegd.
   */
  soort: 'bezwaar' | 'correctie' | 'informatie' | 'inzage'
  /**
   * Wie het vraagt: jeugdige, of kenmerken van gezagsdragers. Onder 16 en vanaf 12 vragen jeugdige en gezagsdrager samen.
   *
   * @minItems 1
   * @maxItems 11
   *
   * Items: jeugdige, of het kenmerk van een gezagsdrager van deze registratie.
   */
  door: string[]
  /**
   * Toelichting, versleuteld bewaard.
   */
  toelichting?: string
}
/**
 * Verzoeken van betrokken personen; volgende ontbreekt op de laatste bladzijde.
 */
export interface VerzoekLijst {
  /**
   * Deze bladzijde.
   *
   * @maxItems 1000
   */
  verzoeken: VastgelegdVerzoek[]
  /**
   * Waar een volgende bladzijde verder gaat; ondoorzichtig en blijvend geldig. Leeg: vanaf het begin.
   */
  volgende?: string
}
/**
 * Een organisatie die van een betrokkenheid hoort zonder zelf te registreren, zoals de huisarts; zodra en zolang het reglement dat toestaat.
 */
export interface Volger {
  organisatie: Organisatiecode
  /**
   * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
   */
  kenmerk?: string
}
/**
 * Het toegangslog in een week, voor de privacyfunctionaris.
 */
export interface Weekrapport {
  /**
   * Week volgens ISO 8601.
   */
  week: string
  van: Datum
  tot: Datum
  /**
   * Reglement met versie.
   */
  reglement: string
  /**
   * Het log nu.
   */
  log: {
    /**
     * Aantal regels.
     */
    omvang: number
    /**
     * Het laatste ondertekende controlepunt.
     */
    controlepunt: string
  }
  /**
   * Regels van deze week.
   */
  tellingen: {
    /**
     * Regels.
     */
    regels: number
    /**
     * Inzagen.
     */
    inzagen: number
    /**
     * Zoekvragen.
     */
    zoekvragen: number
    /**
     * Weigeringen.
     */
    weigeringen: number
    /**
     * Mislukt.
     */
    mislukt: number
    /**
     * Doorbrekingen.
     */
    doorbrekingen: number
  }
  /**
   * De signalen; elke soort is er, ook zonder gevallen.
   *
   * @maxItems 20
   */
  signalen: Signaal[]
}
/**
 * Logregels onder de namen van NEN 7513.
 */
export interface Zorglogregels {
  /**
   * De regels, de nieuwste eerst.
   *
   * @maxItems 1000
   *
   * Items: Een regel.
   */
  logregels: {
    /**
     * Nummer van de regel.
     */
    logrecordId: number
    /**
     * Wat er gedaan is.
     */
    gebeurtenis: string
    /**
     * C, R, U, D of E.
     */
    gebeurtenisActie: 'C' | 'R' | 'U' | 'D' | 'E'
    datumTijd: Tijdstip
    /**
     * 0 gelukt, 4 geweigerd, 8 mislukt.
     */
    gebeurtenisUitkomst: '0' | '4' | '8'
    /**
     * Gebruiker.
     */
    gebruikerId: string | null
    /**
     * Rol.
     */
    gebruikerRol: string | null
    /**
     * Organisatie.
     */
    gebruikerOrganisatie: string | null
    /**
     * Namens wie.
     */
    verantwoordelijkeGebruiker: string | null
    /**
     * Om wie het gaat, met pseudoniem.
     */
    clientPseudoniem: string | null
    /**
     * Waaraan.
     */
    objectId: string | null
    /**
     * Reglement.
     */
    autorisatieprotocol: string | null
    /**
     * Regel van het reglement.
     */
    toestemmingsprofiel: string | null
    /**
     * Op grond van een doorbreking.
     */
    noodprocedure: boolean
    /**
     * Controles.
     */
    controles: string
    /**
     * Waarlangs.
     */
    toegangspunt: string
    /**
     * Afnemer.
     */
    systeem: string
    /**
     * W3C trace-id.
     */
    sessieId: string
  }[]
}

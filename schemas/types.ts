// Made from the JSON Schemas of this folder by `npm run types`. Change a schema, not this file.

/**
 * Kenmerk uit het bronsysteem: 1 tot 200 tekens, zonder besturingstekens.
 */
export type Bronkenmerk = string
/**
 * Kenmerk dat de verwijsindex uitgaf: een voorvoegsel en een ULID.
 */
export type Id = string
/**
 * Code van een organisatie: 1 tot 60 kleine letters, cijfers en streepjes.
 */
export type Organisatiecode = string
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
 * CBS-code van een gemeente: vier cijfers.
 */
export type Gemeentecode = string
/**
 * Bestaande kalenderdatum, jjjj-mm-dd.
 */
export type Datum = string
/**
 * Tijdstip volgens RFC 3339 met tijdzone.
 */
export type Tijdstip = string
/**
 * Kalenderdatum (jjjj-mm-dd) of tijdstip volgens RFC 3339. Een datum geldt vanaf het begin van die dag in Nederland.
 */
export type DatumOfTijdstip = string
/**
 * Hoe dringend coördinatie volgens de melder is.
 */
export type Urgentie = 'laag' | 'normaal' | 'hoog' | 'spoed'
/**
 * Waarom de betrokkenheid eindigde.
 */
export type Afsluitreden = 'doelen-bereikt' | 'uitval' | 'overgedragen' | 'onterecht' | 'overleden' | 'overig'
/**
 * Stand van de betrokkenheid.
 */
export type Betrokkenheidstatus =
  'aangemeld' | 'wachtlijst' | 'intake' | 'overbrugging' | 'actief' | 'waakvlam' | 'nazorg' | 'afgesloten'
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
    grond: 'veiligheid' | 'onbereikbaar' | 'overig'
    herzienOp: Datum
  }
}
/**
 * Een organisatie laat weten dat zij bij een persoon betrokken is. Nooit een reden, diagnose, score of vrije tekst over het gezin.
 */
export interface Registratie {
  /**
   * Kenmerk van dit bericht in het bronsysteem: 1 tot 200 tekens, eenmalig per organisatie.
   */
  bronbericht: string
  /**
   * Kenmerk van de registratie in het bronsysteem; blijft gelijk over de versies.
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

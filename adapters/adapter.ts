import type { Fault } from '../schemas/fault.ts'

/** The bytes of a source file, as they come in or all at once. */
export type Content = AsyncIterable<Uint8Array> | Uint8Array

/** What an adapter may know of the one who sends: values, never a clock or a store. */
export interface AdapterContext {
  /** Id of the client on whose behalf the file is read. */
  client: string
  /** CBS code of the client's municipality, for sources that name none. */
  gemeente: string
  /** Calendar day (yyyy-mm-dd) on which the file came in, for sources that give an involvement no date at all. */
  ontvangenOp: string
}

/** A consent as the source holds it: the body of `POST /toestemmingen` without `registratie`. */
export interface ConsentFromSource {
  over: string
  gever: string
  antwoord: 'ja' | 'nee'
  vorm: 'mondeling' | 'schriftelijk'
  bereik: { organisaties?: string[]; soorten?: string[] }
  geldigVanaf?: string
  geldigTot?: string
}

/** So many conversations about one code: what a source without persons tells (telrecord). For figures, never for matching. */
export interface Count {
  lijst: 'probleem' | 'verwijzing'
  code: string
  datum: string
  gemeente: string
  aantal: number
}

/** A parent as a life event names one. */
export interface ParentOfEvent {
  bsn?: string
  voornamen: string
  voorvoegsel?: string
  geslachtsnaam: string
  /** `yyyy-mm-dd`. */
  geboortedatum: string
}

/** What the municipality's register of persons (BRP) tells of one person; acted upon only where that person is known. */
export interface LifeEvent {
  soort: 'verhuizing' | 'overlijden' | 'geboorte' | 'ouders'
  /** The day on which it happened. */
  datum: string
  bsn: string
  /** Whole or in part; of a birth the day itself. */
  geboortedatum: string
  /** Of a move: CBS code of where the person lives from that day on. */
  gemeente?: string
  /** Of a birth and of parents; of a birth the mother first. */
  ouders: ParentOfEvent[]
}

/** One record of a source. Good when `fouten` is empty and the schema finds none in `registratie`; else the whole row is refused. */
export interface AdapterRow {
  /** Place in the source, from 1: the line on which the record starts (CSV with its header as line 1, NDJSON), else its number. */
  regel: number
  /** Present when the row says it, in a refused row too. */
  bronbericht?: string
  /** A registration yet to be checked by `schemas/registratie.json`; absent when the row could not be taken apart. */
  registratie?: unknown
  /** The registration is a draft: a person confirms it by offering it as `eigen`, and it is never taken in as it is. */
  concept?: true
  /** Instead of a registration, from a source that holds no persons. */
  tellingen?: Count[]
  /** Instead of a registration, from a source that registers nobody. */
  gebeurtenis?: LifeEvent
  toestemmingen: ConsentFromSource[]
  /** What the source row itself breaks; `pointer` is the source's own column name, or a JSON pointer where the source is JSON. */
  fouten: Fault[]
  /** The row as it stood in the source, for the encrypted quarantine; without what the registration has no place for, where a source has that. */
  bron: string
  /** The cells of the row by their own names, for who looks at what became of each. */
  cellen?: Record<string, string>
  /** The source's own name of what became this part of the registration: `/persoon/bsn` -> `BSN`; unknown: the pointer as it is. */
  sourceOf(pointer: string): string
}

/** What became of one row of a source. */
export interface RowOutcome {
  regel: number
  bronbericht?: string | undefined
  uitkomst: string
  fouten: readonly Fault[]
  /** The draft registration that a person is to confirm. */
  concept?: unknown
  /** Whose consent is still missing: `jeugdige` or the name of a guardian. */
  ontbreekt?: readonly string[] | undefined
  /** Who is still to be told of the registration. */
  informeren?: readonly string[] | undefined
}

/** An invented child in an invented family, as far as the sources tell of one. */
export interface InventedChild {
  number: number
  family: number
  bsn: string
  voornamen: string
  voorvoegsel: string
  geslachtsnaam: string
  /** `yyyy-mm-dd`. */
  geboortedatum: string
  geslacht: 'm' | 'v'
  postcode: string
  huisnummer: number
  start: string
  ouder: { voornamen: string; geslachtsnaam: string; gezag: 'ja' | 'onbekend' }
}

export type ResultForm = 'csv-semicolon' | 'csv-comma' | 'xlsx' | 'xml' | 'message' | 'ndjson'

/**
 * A partner's format, mapped to the canonical registration. Knows nothing of the hub.
 *
 * `read` yields the rows in the order of the source, faulty ones included, and holds no more than one record where the format
 * allows. It throws `SourceFault` when the file as a whole cannot be read: at its head (unknown column, wrong kind of file),
 * before any row, or where it breaks off; the rows before that stand.
 */
export interface Adapter {
  name: string
  /** The content types under which such a file is sent, the usual one first. */
  mediaTypes: string[]
  /** The form in which the source's people get the result of a file; told from its first bytes where a source has several. */
  result: ResultForm | ((head: Uint8Array) => ResultForm)
  read(content: Content, context: AdapterContext): AsyncIterable<AdapterRow>
  /** A file as this source would make it, of invented children. */
  sample(children: InventedChild[]): Uint8Array
}

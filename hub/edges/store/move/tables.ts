/**
 * Every table that goes along when a store is copied from one engine to another, with its key: its rows are copied in that order, so that
 * a copy can go on where it was cut off. Not among them: what hubs share work by, which is of the moment, and the key index, which is made anew.
 */
export const MOVED: Record<string, readonly string[]> = {
  registration: ['seq'],
  envelope: ['registration'],
  profile: ['registration'],
  inbox: ['id'],
  family_key: ['registration', 'key'],
  person: ['id'],
  edge: ['id'],
  review: ['id'],
  consent: ['id'],
  override: ['id'],
  match: ['id'],
  match_side: ['match', 'registration'],
  disclosure: ['id', 'receiver'],
  follow_up: ['id'],
  follow_up_told: ['receiver', 'disclosure', 'followUp'],
  request: ['id'],
  event: ['seq'],
  subscription: ['id'],
  delivery: ['event', 'subscription'],
  quarantine: ['id'],
  import_report: ['id'],
  turn: ['at', 'registration'],
  calendar_mark: ['mark', 'registration'],
  dossier: ['id'],
  reply: ['name'],
  coordination_case: ['id'],
  case_key: ['key', 'caseId'],
  case_registration: ['caseId', 'registration'],
  case_party: ['caseId', 'organisation'],
  case_entry: ['id'],
  deadline: ['id'],
  climb: ['id'],
  climb_step: ['climb', 'step'],
  handover: ['id'],
  follower: ['id'],
  closing: ['registration'],
  count_record: ['id'],
  life_event: ['id'],
  erasure: ['seq'],
  access_log: ['number'],
  log_node: ['level', 'position'],
  log_checkpoint: ['size'],
  log_head: ['id'],
  hub_state: ['name'],
}

/** Not copied: see above. */
export const OF_THE_MOMENT = ['linking_claim', 'lease', 'blocking_key']

/** Keys that the engine counts on from by itself. */
export const COUNTED: Record<string, string> = { registration: 'seq', inbox: 'id', edge: 'id', event: 'seq', erasure: 'seq' }

import type { Generated } from 'kysely'
import type { ReplyRow } from '../../ports/replies.ts'
import type { CalendarMarkRow, ConsentRow, DossierRow, OverrideRow, TurnRow } from '../../rows/consents.ts'
import type * as coordination from '../../rows/coordination.ts'
import type { FamilyAnchor } from '../../rows/link-keys.ts'
import type {
  DeliveryRow,
  DisclosureRow,
  EdgeRow,
  EventRow,
  FollowUpRow,
  FollowUpToldRow,
  ImportReportRow,
  InboxRow,
  LifeEventRow,
  MatchRow,
  MatchSideRow,
  PersonRow,
  QuarantineRow,
  ReferencedRow,
  RequestRow,
  ReviewRow,
  SubscriptionRow,
} from '../../rows.ts'
import type { AccessLogTables } from './access-log/tables.ts'

type Numbered<Row, Key extends keyof Row> = Omit<Row, Key> & { [K in Key]: Generated<number> }

/** The tables, as Kysely sees them. */
export interface Database extends AccessLogTables {
  hub_state: { name: string; value: string }
  /** Blocking keys with a space between them. */
  registration: Numbered<ReferencedRow & { blockingKeys: string }, 'seq'>
  envelope: { registration: number; sealed: Uint8Array }
  profile: { registration: number; sealed: Uint8Array }
  inbox: Numbered<InboxRow & { id: number }, 'id'>
  life_event: LifeEventRow
  family_key: { registration: number } & FamilyAnchor
  person: PersonRow
  edge: Numbered<EdgeRow, 'id'>
  review: ReviewRow
  consent: ConsentRow
  override: OverrideRow
  match: MatchRow
  match_side: MatchSideRow
  disclosure: DisclosureRow
  follow_up: FollowUpRow
  follow_up_told: FollowUpToldRow
  request: RequestRow
  event: Numbered<EventRow, 'seq'>
  subscription: SubscriptionRow
  delivery: DeliveryRow
  quarantine: QuarantineRow
  import_report: ImportReportRow
  turn: TurnRow
  calendar_mark: CalendarMarkRow
  dossier: DossierRow
  reply: ReplyRow
  coordination_case: coordination.CaseRow
  case_key: coordination.CaseKeyRow
  case_registration: coordination.CaseRegistrationRow
  case_party: coordination.CasePartyRow
  case_entry: coordination.CaseEntryRow
  deadline: coordination.DeadlineRow
  climb: coordination.ClimbRow
  climb_step: coordination.ClimbStepRow
  handover: coordination.HandoverRow
  follower: coordination.FollowerRow
  closing: coordination.ClosingRow
  count_record: coordination.CountRow
  linking_claim: { registration: number; holder: string; until: number }
  lease: { name: string; holder: string; fence: number; until: number }
  blocking_key: { key: string; registration: number }
  erasure: { seq: Generated<number>; id: string; day: string }
}

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { skipElsewhere } from '../../deploy/engines/absent.ts'
import { readSchemas } from '../../schemas/files.ts'
import { type Operation, operations } from '../../schemas/openapi.ts'
import { storeContent } from '../edges/store/testing/store-content.ts'
import { startTestHub, type TestHub } from '../testing/hub.ts'
import { aBsn, aRegistration } from '../testing/registration.ts'
import type { Ask } from '../testing/request.ts'

const PERSON = { bsn: aBsn(900), voornamen: 'Kanarie', geslachtsnaam: 'Vogelaar', geboortedatum: '2012-02-03' }
const TWIN = { geslachtsnaam: 'Zandstra', geboortedatum: '2019-05-06', adres: { postcode: '5981AB', huisnummer: 12 } }
const PARENTS = [
  { kenmerk: 'o1', relatie: 'ouder', gezag: 'ja', voornamen: 'Petra', geslachtsnaam: 'Smit', geboortedatum: '1985-02-03' },
  { kenmerk: 'o2', relatie: 'ouder', gezag: 'ja', voornamen: 'Karel', geslachtsnaam: 'Zandstra', geboortedatum: '1984-07-09' },
]
const YES = { over: 'jeugdige', gever: 'jeugdige', antwoord: 'ja', vorm: 'schriftelijk' }
const OVERRIDE = { ontvangers: ['mee', 'coordinatiepunt'], reden: 'veiligheid', toelichting: 'Acuut.', oudersGeinformeerd: false }
const REQUEST = { soort: 'informatie', door: ['jeugdige'] }
/** What goes on behind the requests by itself. */
const OWN_WORK = [
  'access_log',
  'log_head',
  'log_node',
  'log_checkpoint',
  'hub_state',
  'sqlite_sequence',
  'lease',
  'linking_claim',
]

describe('without an access log there is no answer and no change', () => {
  let test: TestHub
  let ids: Record<string, string>
  const registration = aRegistration({ persoon: PERSON })
  before(async () => {
    test = await startTestHub()
    ids = await fill()
    await hinder('geen_log', { sqlite: "SELECT RAISE(FAIL, 'vol')", postgresql: "raise exception 'vol'" })
  })
  after(() => test.stop())

  /** From now on this is done in place of every new line of the log. */
  async function hinder(name: string, instead: Record<TestHub['engine'], string>): Promise<void> {
    const how = {
      sqlite: [`CREATE TRIGGER ${name} BEFORE INSERT ON access_log BEGIN ${instead.sqlite}; END`],
      postgresql: [
        `create function ${name}() returns trigger language plpgsql as $$ begin ${instead.postgresql}; end $$`,
        `create trigger ${name} before insert on access_log for each row execute function ${name}()`,
      ],
    }
    for (const statement of how[test.engine]) await test.onStore(statement)
  }

  const letPass = (name: string) => test.onStore(`DROP TRIGGER ${name}${test.engine === 'sqlite' ? '' : ' ON access_log'}`)

  /** One of everything that an id in a path can name. */
  async function fill(): Promise<Record<string, string>> {
    const make = async (client: string, path: string, body: object) => (await test.ask(client, 'POST', path, { body })).body
    const registratie = (await make('mee', '/registraties', registration)).id
    const other = (await make('rubicon', '/registraties', aRegistration({ persoon: PERSON }))).id
    await test.untilProcessed()
    const consent = (await make('mee', '/toestemmingen', { registratie, ...YES })).id
    const override = (await make('rubicon', '/doorbrekingen', { registratie: other, ...OVERRIDE })).id
    const file = JSON.stringify(aRegistration())
    const headers = { 'content-type': 'application/json' }
    const levering = (await test.ask('mee', 'POST', '/registraties/_bestand?adapter=eigen', { body: file, headers })).body
      .leveringId
    const melding = (await make('mee', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).id
    for (const [client, voornamen] of [
      ['mee', 'Jasmijn'],
      ['rubicon', 'J'],
    ] as const)
      await make(client, '/registraties', aRegistration({ persoon: { ...TWIN, voornamen }, gezagsdragers: PARENTS }))
    await test.untilProcessed()
    const koppelvraag = (await test.ask('beheer', 'GET', '/koppelvragen')).body.koppelvragen[0].id
    const match = (await test.ask('mee', 'GET', '/matches')).body.matches[0].id
    const deelbesluit = (await make('mee', '/deelbesluiten', { registratie, ontvangers: ['vorkmeer'], toelichting: 'x' })).id
    const verzoek = (await make('privacy-functionaris', '/verzoeken', { ...REQUEST, registratie })).id
    const { persoon } = await make('privacy-functionaris', '/personen/_zoek', { reden: 'klacht', bsn: PERSON.bsn })
    const abonnement = (await make('mee', '/abonnementen', { url: 'http://127.0.0.1:9/x' })).id
    return {
      ...(await coordinated(make)),
      ...{
        registraties: registratie,
        leveringen: levering,
        toestemmingen: consent,
        doorbrekingen: override,
        meldingen: melding,
        abonnementen: abonnement,
        matches: match,
        logregels: '1',
        koppelvragen: koppelvraag,
        deelbesluiten: deelbesluit,
        verzoeken: verzoek,
        personen: persoon as string,
      },
    }
  }

  /** A case, an offered involvement and one that is shared, about another child. */
  async function coordinated(make: (client: string, path: string, body: object) => Promise<{ id: string }>) {
    const persoon = { bsn: aBsn(77), geboortedatum: '2009-05-06' }
    const registratie = (await make('mee', '/registraties', aRegistration({ persoon }))).id
    await test.untilProcessed()
    await make('mee', '/toestemmingen', { registratie, ...YES })
    const melding = (await make('mee', '/meldingen', { registratie, reden: 'coordinatie-nodig' })).id
    return {
      coordinatiecasussen: (await make('coordinatiepunt', '/coordinatiecasussen', { melding })).id,
      overdrachten: (await make('mee', '/overdrachten', { registratie, naar: 'vorkmeer' })).id,
      betrokkenheden: (await make('mee', `/registraties/${registratie}/volgers`, { organisatie: 'rubicon' })).id,
      open: registratie,
    }
  }
  const CLIENTS: Record<string, string> = {
    'logregel:lezen': 'privacy-functionaris',
    'doorbreking:toetsen': 'privacy-functionaris',
    'cijfers:lezen': 'beheer',
    'koppelvraag:behandelen': 'beheer',
    beheer: 'beheer',
  }
  /** Where not every client with the scope may do it. */
  const DOERS: Record<string, string> = {
    meldingBeoordelen: 'coordinatiepunt',
    coordinatiecasusOpenen: 'coordinatiepunt',
    casushandelingVastleggen: 'coordinatiepunt',
    betrokkenheidOpvragen: 'rubicon',
  }
  const QUERIES: Record<string, string> = { bestandAanbieden: '?adapter=eigen', consistentieOpvragen: '?van=1&tot=2' }

  function bodyOf({ operationId, bodySchema }: Operation): Ask {
    if (operationId === 'bestandAanbieden')
      return { body: `${JSON.stringify(aRegistration())}\n{"x":1}`, headers: { 'content-type': 'application/x-ndjson' } }
    if (operationId === 'personenZoeken') return { body: { reden: 'klacht', ...PERSON } }
    if (operationId === 'registratiesAanbieden') return { body: { registraties: [aRegistration(), {}] } }
    if (operationId === 'registratieWijzigen') return { body: { ...registration, bronbericht: 'nieuw', versie: 2 } }
    if (operationId === 'informeringVastleggen') return { body: { wie: 'jeugdige', op: '2026-10-12' } }
    if (operationId === 'verzoekVastleggen') return { body: { ...REQUEST, registratie: ids.registraties } }
    if (operationId === 'coordinatiecasusOpenen') return { body: { melding: ids.meldingen } }
    if (operationId === 'overdrachtAanbieden') return { body: { registratie: ids.open, naar: 'rubicon' } }
    if (operationId === 'overdrachtBeantwoorden') return { body: { antwoord: 'ingetrokken' } }
    if (operationId === 'volgerToevoegen') return { body: { organisatie: 'vorkmeer' } }
    if (operationId === 'opvolgingVastleggen') return { body: { soort: 'contact', gesproken: true } }
    if (operationId === 'doorbrekingVastleggen') return { body: { ...OVERRIDE, registratie: ids.registraties } }
    if (operationId === 'registratieBeeindigen') return { body: { versie: 3, einddatum: '2026-11-01', afsluitreden: 'uitval' } }
    if (operationId === 'toestemmingVastleggen') return { body: { ...YES, registratie: ids.registraties } }
    if (bodySchema === 'registratie') return { body: aRegistration() }
    if (bodySchema === null) return {}
    const [example] = (readSchemas().get(bodySchema) as { examples: object[] }).examples
    return { body: { ...example, ...('registratie' in (example ?? {}) ? { registratie: ids.registraties } : {}) } }
  }

  function send({ operationId, method, path, scope, ...rest }: Operation, more: Ask = {}) {
    const asked = path.replace(/^\/(\w+)\/\{\w+\}/, (_, name) => `/${name}/${ids[name]}`) + (QUERIES[operationId] ?? '')
    const body = bodyOf({ operationId, method, path, scope, ...rest })
    return test.ask(DOERS[operationId] ?? CLIENTS[scope as string] ?? 'mee', method, asked, { ...body, ...more })
  }

  const content = async () => [...(await storeContent(test))].filter(([name]) => !OWN_WORK.includes(name)).join('\n')

  const logged = operations().filter(({ scope }) => scope !== null)

  async function refuses(operation: Operation): Promise<void> {
    const before = await content()
    for (const more of [{}, { token: 'on.gel.dig' }]) {
      const { status, text, headers } = await send(operation, more)
      expect(status, `${operation.operationId} ${text}`).to.equal(503)
      expect(Number(headers.get('retry-after'))).to.be.at.least(1)
      for (const value of [...Object.values(PERSON), ...Object.values(ids).filter((id) => id.length > 5)])
        expect(text).not.to.include(value)
    }
    expect(await content(), operation.operationId).to.equal(before)
  }

  for (const operation of logged)
    it(`${operation.operationId}: 503, no person in it, nothing changed`, async () => refuses(operation))

  it('takes no file without rows either', async () => {
    const header = readFileSync(new URL('../../adapters/mee/samples/dossiers.csv', import.meta.url), 'utf8').split(
      '\n',
    )[0] as string
    const before = await content()
    const ask = { body: header, headers: { 'content-type': 'text/csv' } }
    expect((await test.ask('mee', 'POST', '/registraties/_bestand?adapter=mee', ask)).status).to.equal(503)
    expect(await content()).to.equal(before)
  })

  it('does not answer when its lines are swallowed without an error either', async () => {
    await letPass('geen_log')
    await hinder('stil', { sqlite: 'SELECT RAISE(IGNORE)', postgresql: 'return null' })
    for (const operation of logged) await refuses(operation)
    await letPass('stil')
  }).timeout(30_000)

  it('says the same on a full disk: when this process can make no file longer', async function () {
    if (test.engine !== 'sqlite') skipElsewhere(this, 'the files are those of the server, not of this process')
    limitFiles('0')
    try {
      for (const operation of logged) await refuses(operation)
    } finally {
      limitFiles('unlimited')
    }
  }).timeout(30_000)

  it('would have done each of them', async () => {
    const refused = []
    for (const operation of operations().filter(
      ({ scope, operationId }) => scope !== null && operationId !== 'gebeurtenissenVolgen',
    )) {
      const { status, text } = await send(operation)
      if (status >= 400) refused.push([operation.operationId, status, text])
    }
    expect(refused).to.eql([])
  })
})

/** Lets every write to a file of this process fail as on a full disk (EFBIG instead of ENOSPC). */
function limitFiles(bytes: string): void {
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`])
}

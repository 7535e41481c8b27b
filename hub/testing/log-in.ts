const REDIRECTS_MAX = 10

/** Logs in on the demo's screens as a browser does, from redirect to redirect; answers the cookies of the session. */
export async function logIn(baseUrl: string, login: string, send: typeof fetch = fetch): Promise<string> {
  const cookies = new Map<string, string>()
  const shown = () => [...cookies].map((pair) => pair.join('=')).join('; ')
  let address = new URL(`/aanmelden?als=${login}`, baseUrl)
  for (let turn = 0; turn < REDIRECTS_MAX; turn++) {
    const answer = await send(address, { redirect: 'manual', headers: { cookie: shown() } })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
      cookies.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next) address = new URL(next, address)
    else if (answer.status === 200 && address.pathname === '/aanmelden/terug') return shown()
    else throw new Error(`logging in ended with ${answer.status} at ${address.pathname}`)
  }
  throw new Error('logging in goes round in circles')
}

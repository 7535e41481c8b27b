import { expect } from 'chai'
import { whereTheyLive } from './residence.ts'

const row = (
  person: string | null,
  municipality: string,
  residence: string | null = null,
  residenceSince: string | null = null,
) => ({
  ...{ person, municipality, residence, residenceSince },
})
const places = (rows: ReturnType<typeof row>[]) => whereTheyLive(rows).map(({ municipality }) => municipality)

describe('where somebody lives', () => {
  it('is what each registration says, as long as the register said nothing', () => {
    expect(places([row('p1', '1894'), row('p1', '0984')])).to.eql(['1894', '0984'])
  })

  it('is what the register told last of any of the person, and of that person only', () => {
    const rows = [
      row('p1', '1894'),
      row('p1', '1894', '1507', '2026-01-01'),
      row('p1', '1894', '0984', '2026-02-01'),
      row('p2', '1894'),
    ]
    expect(places(rows)).to.eql(['0984', '0984', '0984', '1894'])
    expect(places(rows.slice(0, 2))).to.eql(['1507', '1507'])
  })

  it('of who is linked to nobody yet, is its own', () => {
    expect(places([row(null, '1894', '0984', '2026-01-01'), row(null, '1894')])).to.eql(['0984', '1894'])
  })
})

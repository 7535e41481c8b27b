import { expect } from 'chai'
import fc from 'fast-check'
import { readPolicy } from '../../edges/policies.ts'
import { type Actor, type Machine, statesOf, step } from './machine.ts'
import { AFSPRAAK, CASUS, ladderMachine, MELDING, OVERDRACHT } from './machines.ts'

const ACTORS: Actor[] = ['organisatie', 'coordinatiepunt', 'aanbieder', 'ontvanger', 'kalender']
const { ladders } = readPolicy('peel-en-maas-1g1p').coordinatie
const climbs = Object.entries(ladders).map(([name, ladder]) => ladderMachine(name, ladder))

for (const machine of [MELDING, CASUS, OVERDRACHT, AFSPRAAK, ...climbs]) {
  describe(`state machine: ${machine.naam}`, () => {
    for (const { van, handeling, naar, wie } of machine.overgangen) {
      it(`${van} --${handeling}--> ${naar}, by ${wie.join(', ')} only`, () => {
        for (const actor of ACTORS) {
          const stepped = step(machine, van, handeling, actor)
          expect(stepped).to.include(wie.includes(actor) ? { gelukt: true, naar } : { gelukt: false, reden: 'niet-bevoegd' })
        }
      })
    }

    it('refuses every act that the table does not have in that state', () => {
      const acts = [...new Set(machine.overgangen.map(({ handeling }) => handeling))]
      for (const stand of statesOf(machine))
        for (const handeling of acts.filter((act) => !has(machine, stand, act)))
          for (const actor of ACTORS)
            expect(step(machine, stand, handeling, actor)).to.eql({ gelukt: false, reden: 'niet-in-deze-stand' })
      expect(step(machine, machine.begin, 'toveren', 'coordinatiepunt')).to.eql({ gelukt: false, reden: 'onbekende-handeling' })
    })

    it('says one thing for each act in each state, and reaches every state', () => {
      const pairs = machine.overgangen.map(({ van, handeling }) => `${van}/${handeling}`)
      expect(new Set(pairs).size).to.equal(pairs.length)
      const reached = new Set([machine.begin])
      for (const _ of machine.overgangen) for (const { van, naar } of machine.overgangen) if (reached.has(van)) reached.add(naar)
      expect([...reached]).to.have.members(statesOf(machine))
    })

    it('is never in a state that it does not know, whatever is done', () => {
      const acts = machine.overgangen.map(({ handeling }) => handeling)
      const doing = fc.array(fc.tuple(fc.constantFrom(...acts), fc.constantFrom(...ACTORS)), { maxLength: 30 })
      fc.assert(
        fc.property(doing, (done) => {
          let stand = machine.begin
          for (const [act, actor] of done) {
            const stepped = step(machine, stand, act, actor)
            if (stepped.gelukt) stand = stepped.naar
          }
          return statesOf(machine).includes(stand)
        }),
      )
    })
  })
}

function has({ overgangen }: Machine, stand: string, act: string): boolean {
  return overgangen.some(({ van, handeling }) => van === stand && handeling === act)
}

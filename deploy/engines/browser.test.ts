import { expect } from 'chai'
import { chromium } from 'playwright-core'
import { chromiumOrSkip, findExecutable } from './browser.ts'

describe('the browser for tests', () => {
  it('is found by name, in the order of the names, and only when it may be run', () => {
    expect(findExecutable(['no-such-program', 'sh'], ['/nowhere', '/bin'])).to.equal('/bin/sh')
    expect(findExecutable(['passwd'], ['/etc'])).to.equal(undefined)
  })

  it('starts and shows a page', async function () {
    const browser = await chromium.launch({ executablePath: chromiumOrSkip(this) })
    const page = await browser.newPage()
    await page.setContent('<h1>Verwijsindex</h1>')
    const heading = await page.getByRole('heading').textContent()
    await browser.close()
    expect(heading).to.equal('Verwijsindex')
  })
})

// The README's pictures, from the example account: docs/img/*.png.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { browser, casus, discard, open, ROOT, scratch, serve } from './harness.mjs'

const folder = await scratch(), db = join(folder, 'demo.db'), images = join(ROOT, 'docs/img')
await mkdir(images, { recursive: true })
await casus('read', '--db', db, join(ROOT, 'examples/afghan-neighbours.txt'))
const server = await serve(db), chrome = await browser()
try {
  const { items } = await (await fetch(`${server.url}/api/documents`)).json()
  const { items: statements } = await (await fetch(`${server.url}/api/statements?actor=ISKP&type=ASSAULT&limit=1`)).json()
  for (const [name, view, ready] of [
    ['read', `read?doc=${items[0].id}&at=${statements[0].id}`, '.citation .verbatim'],
    ['system', 'system?see=p%3AAFG.TALIBAN%3APAK%3A%3A%3A', '.panel .line-button'],
  ]) {
    const page = await open(chrome, `${server.url}/#/${view}`, { viewport: { width: 1200, height: 720 } })
    await page.locator(ready).first().waitFor()
    await page.waitForTimeout(800)
    await page.screenshot({ path: join(images, `${name}.png`) })
    if (page.wrong.length) throw new Error(page.wrong.join('\n'))
  }
} finally {
  await chrome.close()
  await server.stop()
  await discard(folder)
}

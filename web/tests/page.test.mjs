// The page as people use it: each view, a journey from pasting to the sentence, keys alone, dark, 390 pixels, hostile text, a server that goes away.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { browser, casus, discard, open, ROOT, scratch, serve } from './harness.mjs'
import { MAP, write } from './events.mjs'

let folder, server, big, chrome
const EXAMPLE = join(ROOT, 'examples/afghan-neighbours.txt')

before(async () => {
  folder = await scratch()
  await casus('read', '--db', join(folder, 'demo.db'), EXAMPLE)
  await write(join(folder, 'events.csv'), 4000, 40)
  await casus('import', '--db', join(folder, 'big.db'), '--scheme', 'cameo', '--map', MAP, join(folder, 'events.csv'))
  ;[server, big, chrome] = await Promise.all([serve(join(folder, 'demo.db')), serve(join(folder, 'big.db')), browser()])
})
after(async () => {
  await chrome?.close()
  await Promise.all([server?.stop(), big?.stop()])
  if (folder) await discard(folder)
})

/** Opens a view, runs the body, and wants nothing to have gone wrong on the way. */
async function on(url, body, options) {
  const page = await open(chrome, url, options)
  try {
    page.setDefaultTimeout(15_000)
    await body(page)
    assert.deepEqual(page.wrong, [])
  } finally { await page.context().close() }
}

/** Waits until nothing is being loaded any more. */
const settled = (page) => page.waitForFunction(() => !document.documentElement.hasAttribute('data-busy') && !document.querySelector('main .state-loading') && document.querySelector('main *'))

/** The citation on screen stands in the file at the bytes it names, and names the file's hash. */
async function citationIsTrue(page) {
  const card = page.locator('.citation[data-statement]').first()
  await card.waitFor()
  const words = await card.locator('.verbatim').innerText()
  assert.ok((await readFile(EXAMPLE, 'utf8')).includes(words), `not verbatim: ${words}`)
  assert.match(await card.locator('.source').innerText(), /sentence \d+ · bytes [\d,]+–[\d,]+/)
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update(await readFile(EXAMPLE)).digest('hex')
  assert.ok((await card.locator('.source-hash').getAttribute('title')).includes(hash))
}

test('the page is served under a policy without inline script, and obeys it', async () => {
  const answer = await fetch(`${server.url}/`)
  const policy = answer.headers.get('content-security-policy')
  assert.match(policy, /default-src 'none'|default-src 'self'/)
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/)
  for (const view of ['read', 'system', 'time', 'claims', 'dyad', 'next'])
    await on(`${server.url}/#/${view}`, async (page) => { await settled(page); assert.match(await page.title(), /casus/) })
})

test('Read: from pasting to the sentence', async () => {
  await on(`${server.url}/`, async (page) => {
    await page.getByLabel('Text to read').fill('On 3 May 2023, Pakistan bombed a camp of the Taliban near Kabul. Russia denied that it had armed the Taliban.')
    await page.getByRole('button', { name: 'Read it' }).click()
    await page.locator('.sentence').first().waitFor()
    assert.equal(await page.locator('.sentence').count(), 2)
    const line = page.locator('.para-lines .line-button').first()
    await line.click()
    const card = page.locator('.citation .verbatim')
    assert.equal(await card.innerText(), 'On 3 May 2023, Pakistan bombed a camp of the Taliban near Kabul.')
    assert.ok(await card.locator('mark[data-part=action]').count() > 0)
    await line.hover()
    assert.ok(await page.locator('.para-text .mk.is-lit').count() > 0, 'hovering a statement lights its words')
    await page.getByRole('button', { name: 'Keep in the ledger' }).waitFor()
  })
})

test('Read: switches take marks and kinds away, and the address keeps it', async () => {
  await on(`${server.url}/`, async (page) => {
    await page.locator('.shelf-list a').first().click()
    await page.locator('.para-text mark[data-part=place]').first().waitFor()
    await page.getByRole('group', { name: 'Mark in the text' }).getByRole('button', { name: 'place' }).click()
    await page.locator('.para-text mark[data-part=place]').first().waitFor({ state: 'detached' })
    assert.match(page.url(), /hide=place/)
    const all = await page.locator('.para-lines li').count()
    await page.getByRole('group', { name: 'Statements shown' }).getByRole('button', { name: /^event/ }).click()
    await page.waitForFunction((n) => document.querySelectorAll('.para-lines li').length < n, all)
    const other = await open(chrome, page.url())
    await other.locator('.para-lines li').first().waitFor()
    assert.equal(await other.locator('.para-text mark[data-part=place]').count(), 0, 'the link shows the same')
    await other.context().close()
    await page.locator('.para-lines .line-button').first().click()
    await citationIsTrue(page)
    assert.ok(await page.locator('.line.is-unsure').count() > 0, 'uncertain statements look so')
  })
})

test('System: network and list, node to card, tie to sentences', async () => {
  await on(`${server.url}/#/system`, async (page) => {
    await page.getByRole('img', { name: /Network of \d+ actors/ }).waitFor()
    const painted = await page.locator('.network canvas').evaluate((c) => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return seen.size })
    assert.ok(painted > 20, `a picture was painted: ${painted} colours`)
    await page.getByText('List', { exact: true }).click()
    await page.getByRole('button', { name: 'Taliban', exact: true }).first().click()
    const panel = page.getByRole('complementary', { name: 'Evidence' })
    await panel.getByRole('heading', { name: 'Taliban' }).waitFor()
    await panel.locator('.lines .line-button').first().click()
    await citationIsTrue(page)
    await page.goBack()
    await panel.getByRole('heading', { name: 'Taliban' }).waitFor()
    await page.getByRole('button', { name: 'Sentences' }).first().click()
    await panel.locator('.line-button').first().waitFor()
  })
})

test('System: what is drawn can be pointed at: an actor opens its card, a tie its events', async () => {
  await on(`${server.url}/#/system`, async (page) => {
    await page.getByRole('img', { name: /Network of/ }).waitFor()
    const box = await page.locator('.network canvas').boundingBox(), tip = page.locator('.tip b')
    const find = async (wanted) => {
      for (let y = 90; y < box.height - 60; y += 14) for (let x = 40; x < box.width - 40; x += 14) {
        await page.mouse.move(box.x + x, box.y + y)
        if (await page.locator('.network canvas.is-over').count() && wanted(await tip.innerText())) return [box.x + x, box.y + y]
      }
      return null
    }
    const node = await find((text) => !text.includes(' – '))
    assert.ok(node, 'an actor was found on the canvas')
    await page.mouse.click(...node)
    await page.locator('.panel .actor-name').waitFor()
    const tie = await find((text) => text.includes(' – '))
    assert.ok(tie, 'a tie was found on the canvas')
    await page.mouse.click(...tie)
    await page.locator('.panel .panel-h').first().waitFor()
    assert.match(page.url(), /see=p%3A/)
  })
})

test('System: the time slider narrows the network', async () => {
  await on(`${big.url}/#/system`, async (page) => {
    const handle = page.getByRole('slider', { name: 'Period from' })
    await handle.waitFor()
    const before = await page.getByRole('img', { name: /Network of/ }).getAttribute('aria-label')
    await handle.focus()
    await page.keyboard.press('PageUp')
    await page.waitForFunction(() => /from=20/.test(location.hash))
    await page.keyboard.press('End')
    await page.waitForFunction((was) => document.querySelector('.network canvas')?.getAttribute('aria-label') !== was, before)
    assert.match(page.url(), /from=\d{4}-\d\d-\d\d/)
    await page.getByRole('button', { name: 'All time' }).click()
    await page.waitForFunction((was) => document.querySelector('.network canvas')?.getAttribute('aria-label') === was, before)
  })
})

test('Timeline and map: a period filters the map, an area filters the bars', async () => {
  await on(`${server.url}/#/time`, async (page) => {
    await page.locator('.bar').first().waitFor()
    await page.locator('.spot').first().waitFor()
    const strip = await page.locator('.strip-time').boundingBox()
    await page.mouse.move(strip.x + strip.width * 0.3, strip.y + 20)
    await page.mouse.down()
    await page.mouse.move(strip.x + strip.width * 0.6, strip.y + 20, { steps: 5 })
    await page.mouse.up()
    await page.waitForFunction(() => /from=\d{4}-\d\d-\d\d&to=/.test(location.hash))
    await page.getByRole('button', { name: 'All time' }).click()
    await settled(page)
    const bars = await page.locator('.bar').count(), spots = await page.locator('.spot').count()
    const map = await page.locator('.map > svg').boundingBox()
    const spot = await page.locator('.spot').first().boundingBox()
    await page.mouse.move(spot.x - 22, spot.y - 22)
    await page.mouse.down()
    await page.mouse.move(Math.min(map.x + map.width - 2, spot.x + spot.width + 22), spot.y + spot.height + 22, { steps: 4 })
    await page.mouse.up()
    await page.waitForFunction((n) => document.querySelectorAll('.bar').length < n, bars)
    await page.getByRole('button', { name: 'Clear the area' }).click()
    await page.waitForFunction((n) => document.querySelectorAll('.bar').length === n, bars)
    await page.goto(`${server.url}/#/time?from=2024-01&to=2024-01`)
    await page.waitForFunction((n) => document.querySelectorAll('.spot').length < n, spots)
    await page.locator('.bar').first().focus()
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains('bar')), 'a bar takes the focus')
    await page.keyboard.press('Enter')
    await citationIsTrue(page)
    assert.ok(await page.locator('.tolls .toll').count() > 0, 'counts are drawn')
  })
})

test('Claims: what is held, the matrix of an event, its inputs', async () => {
  await on(`${server.url}/#/claims`, async (page) => {
    await page.locator('.claims-table tbody tr').first().waitFor()
    await page.locator('.claim-text').first().click()
    await citationIsTrue(page)
    await page.getByText('All', { exact: true }).click()
    await page.locator('.claims-events .line-button').first().click()
    await page.locator('.matrix').waitFor()
    assert.ok(await page.locator('.matrix .cell-in').count() > 0)
    assert.match(await page.locator('.matrix .cell-in').first().innerText(), /asserts|denies|relays/)
  })
})

test('Dyad: choose a pair, both ways over time, events behind a bar', async () => {
  await on(`${big.url}/#/dyad`, async (page) => {
    await page.getByRole('button', { name: /Party \d+ → Party \d+|P\d+ → P\d+/ }).first().click()
    await page.locator('.mirror .dbar').first().waitFor()
    assert.match(page.url(), /actor=.*other=/)
    await page.getByRole('heading', { name: 'Response' }).waitFor()
    await page.locator('.mirror .dbar').first().focus()
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains('dbar')), 'a bar takes the focus')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: 'Evidence' })
    await panel.locator('.line-button').first().click()
    await panel.getByText('imported row').waitFor()
    assert.match(await panel.innerText(), /line \d+/)
  })
})

test('What next: forecasts, the rule in words, what if', async () => {
  await on(`${big.url}/#/next`, async (page) => {
    page.setDefaultTimeout(60_000)
    const first = page.locator('.forecast-line').first()
    await first.waitFor()
    assert.match(await first.innerText(), /\d+ %/)
    await first.click()
    await page.locator('.why li').first().waitFor()
    const [source, action, target] = new URLSearchParams(page.url().split('?')[1]).get('pick').split('|')
    await page.goto(`${big.url}/#/next?${new URLSearchParams({ ifs: target, ift: source, ifa: action })}`)
    await page.locator('.dumbbells li').first().waitFor()
    assert.match(await page.locator('.dumbbells li').first().innerText(), /%\s*→\s*[<>\d ]+%/)
    await page.getByRole('heading', { name: 'How far to trust it' }).waitFor()
  })
})

test('keys alone: from the address to the sentence, and back out', async () => {
  await on(`${server.url}/#/claims`, async (page) => {
    await page.locator('.claims-table tbody tr').first().waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the view')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main')
    for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement.classList.contains('claim-text'))); i++) await page.keyboard.press('Tab')
    assert.ok(await page.evaluate(() => document.activeElement.matches(':focus-visible')), 'focus can be seen')
    await page.keyboard.press('Enter')
    await citationIsTrue(page)
    await page.keyboard.press('Escape')
    await page.locator('.panel').waitFor({ state: 'detached' })
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains('claim-text')), 'focus goes back to where it was')
  })
})

test('every control has a name', async () => {
  for (const view of ['read', 'system', 'time', 'claims', 'dyad', 'next'])
    await on(`${server.url}/#/${view}`, async (page) => {
      await settled(page)
      const nameless = await page.evaluate(() => [...document.querySelectorAll('button, input, select, textarea, a, [role=slider], [role=button], canvas')].filter((e) => {
        const label = e.getAttribute('aria-label') || e.closest('label')?.textContent || (e.id && document.querySelector(`label[for="${e.id}"]`)?.textContent) || e.textContent
        return !label?.trim()
      }).map((e) => e.outerHTML.slice(0, 120)))
      assert.deepEqual(nameless, [])
    })
})

test('dark: the page follows the system and the switch, and text stays readable', async () => {
  await on(`${server.url}/#/system`, async (page) => {
    const luminance = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((s, v) => s + Number(v), 0) / 3)
    assert.ok(await luminance() < 60)
    await page.getByRole('button', { name: /^Theme/ }).click()
    await page.getByRole('button', { name: /^Theme: dark/ }).click()
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light')
    assert.ok(await luminance() > 200, 'the switch overrules the system')
  }, { colorScheme: 'dark' })
  const { items } = await (await fetch(`${server.url}/api/documents`)).json()
  for (const colorScheme of ['light', 'dark']) for (const view of [`read?doc=${items[0].id}`, 'read', 'system?as=list', 'time', 'claims', 'dyad?actor=AFG.TALIBAN&other=PAK', 'next'])
    await on(`${server.url}/#/${view}`, async (page) => {
      await settled(page)
      const poor = await page.evaluate(() => {
        const rgb = (c) => c.match(/[\d.]+/g).map(Number)
        const lum = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0)
        const back = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (c.startsWith('rgb') && (rgb(c)[3] ?? 1) > 0.5) return rgb(c) } return [255, 255, 255] }
        return [...document.querySelectorAll('main *')].filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && e.checkVisibility()).map((e) => {
          const c = getComputedStyle(e).color
          if (!c.startsWith('rgb')) return null
          const [a, b] = [lum(rgb(c)), lum(back(e))].sort((x, y) => y - x)
          return (a + 0.05) / (b + 0.05) < 4.4 ? `${e.className} “${e.textContent.slice(0, 30)}” ${((a + 0.05) / (b + 0.05)).toFixed(2)}` : null
        }).filter(Boolean)
      })
      assert.deepEqual(poor, [], `contrast of ${view} in ${colorScheme}`)
    }, { colorScheme })
})

test('390 pixels: every view fits and works', async () => {
  const phone = { viewport: { width: 390, height: 780 }, hasTouch: true }
  for (const view of ['read', 'system', 'time', 'claims', 'dyad', 'next'])
    await on(`${server.url}/#/${view}`, async (page) => {
      await settled(page)
      await page.waitForTimeout(150)
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${view} is wider than the screen`)
      assert.ok(await page.getByRole('navigation', { name: 'Views' }).isVisible())
    }, phone)
  await on(`${server.url}/#/claims`, async (page) => {
    await page.locator('.claim-text').first().tap()
    await citationIsTrue(page)
    await page.getByRole('button', { name: 'Close the evidence' }).tap()
    await page.locator('.panel').waitFor({ state: 'detached' })
  }, phone)
})

test('hostile text is only ever text', async () => {
  const db = join(folder, 'hostile.db'), file = join(folder, 'hostile.txt')
  await writeFile(file, `</title><script>window.pwned=1</script> & <img src=x onerror=window.pwned=1>
2024-05-01

On May 3, 2024, Russia<svg onload="window.pwned=1"> attacked Ukraine near <b>Kyiv</b>, and Iran said that {{constructor.constructor('window.pwned=1')()}} Israel had bombed Damascus. The "<script>window.pwned=1</script>" Front attacked Pakistan on May 4, 2024. =HYPERLINK("http://x","y") China accused Japan of lying, the javascript:window.pwned=1 ministry said.
`)
  await casus('read', '--db', db, file)
  const evil = await serve(db)
  try {
    const { items } = await (await fetch(`${evil.url}/api/documents`)).json()
    for (const view of [`read?doc=${items[0].id}`, 'read', 'system', 'time', 'claims', 'dyad', 'next', `claims?actor=${encodeURIComponent('"><img src=x onerror=window.pwned=1>')}`, 'system?see=a%3A%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E'])
      await (async () => {
        const page = await open(chrome, `${evil.url}/#/${view}`)
        await page.waitForTimeout(500)
        assert.equal(await page.evaluate(() => window.pwned), undefined, view)
        assert.equal(await page.locator('main img, .panel img, main script, main b:has-text("Kyiv")').count(), 0, view)
        assert.deepEqual(page.wrong.filter((w) => !/404|400|503/.test(w)), [])
        await page.context().close()
      })()
    const page = await open(chrome, `${evil.url}/#/read?doc=${items[0].id}`)
    await page.locator('.para-text').first().waitFor()
    assert.ok((await page.locator('.paras').innerText()).includes('<svg onload="window.pwned=1">'), 'shown as it stands')
    await page.context().close()
  } finally { await evil.stop() }
})

test('a server that goes away is told, what was there stays, and all goes on when it is back', async () => {
  let own = await serve(join(folder, 'demo.db'))
  const { url, port } = own
  const page = await open(chrome, `${url}/#/claims`)
  try {
    await page.locator('.claim-text').first().waitFor()
    await own.stop()
    await page.locator('.claims-events .line-button, .claims-events .inline').first().click()
    await page.getByRole('alert').filter({ hasText: 'does not answer' }).first().waitFor()
    assert.ok(await page.getByRole('navigation', { name: 'Views' }).isVisible())
    own = await serve(join(folder, 'demo.db'), { port })
    await page.locator('.banner').waitFor({ state: 'detached', timeout: 15_000 })
    await page.goto(`${url}/#/claims`)
    await page.locator('.claim-text').first().waitFor()
  } finally { await page.context().close(); await own.stop() }
})

test('an empty ledger says what to do, in every view', async () => {
  const db = join(folder, 'empty.db'), file = join(folder, 'nothing.txt')
  await writeFile(file, 'The weather was fine.\n')
  await casus('read', '--db', db, file)
  const { id } = JSON.parse(await casus('show', '--db', db, '--json'))
  await casus('delete', '--db', db, id)
  const empty = await serve(db)
  try {
    for (const view of ['read', 'system', 'time', 'claims', 'dyad', 'next'])
      await on(`${empty.url}/#/${view}`, async (page) => { await page.locator('.state-title').first().waitFor(); assert.ok((await page.locator('.state-title').first().innerText()).length > 8) })
  } finally { await empty.stop() }
})

test('what is shown can be taken along: CSV, JSONL, PNG, SVG', async () => {
  await on(`${server.url}/#/system`, async (page) => {
    await page.getByRole('img', { name: /Network of/ }).waitFor()
    const take = async (what) => {
      await page.getByRole('button', { name: 'Export' }).click()
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: what }).click()])
      return readFile(await file.path())
    }
    assert.match((await take('Ties as CSV')).toString(), /^source,source_name,target/)
    for (const line of (await take('Ties as JSONL')).toString().trim().split('\n')) assert.ok(JSON.parse(line).source)
    assert.equal((await take('Picture as PNG')).subarray(1, 4).toString(), 'PNG')
    assert.match((await take('Picture as SVG')).toString(), /^<svg xmlns=.*Taliban/s)
  })
  await on(`${server.url}/#/time`, async (page) => {
    await page.locator('.bar').first().waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Timeline as PNG' }).click()])
    assert.ok((await readFile(await file.path())).length > 5000)
  })
})

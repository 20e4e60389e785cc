// Measures the page on a ledger of a million events; prints one "name<tab>value" a line. bench/measure_page.sh makes rows of them.
//   node tests/bench.mjs [ROWS] [ACTORS]
import { stat } from 'node:fs/promises'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { browser, casus, discard, scratch, serve } from './harness.mjs'
import { MAP, write } from './events.mjs'

const rows = Number(process.argv[2] ?? 1_000_000), actors = Number(process.argv[3] ?? 10_000)
const keep = process.env.CASUS_BENCH_DB
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1]
const folder = await scratch()
const db = keep ?? join(folder, 'million.db')
let server, chrome

/** Resolves when nothing is under way and what came is on screen. */
const settled = (page) => page.evaluate(() => new Promise((done) => {
  let still = 0
  const look = () => { still = document.documentElement.hasAttribute('data-busy') || document.querySelector('main .state-loading') ? 0 : still + 1; if (still >= 2) done(); else requestAnimationFrame(look) }
  requestAnimationFrame(look)
}))

async function firstView(view) {
  const times = []
  for (let i = 0; i < 5; i++) {
    const context = await chrome.newContext({ viewport: { width: 1280, height: 800 } }), page = await context.newPage()
    const begin = performance.now()
    await page.goto(`${server.url}/#/${view}`, { waitUntil: 'commit' })
    await page.locator(view === 'system' ? '.network canvas' : '.bar, .many, .claims-main, .shelf').first().waitFor()
    await settled(page)
    times.push(performance.now() - begin)
    if (process.env.VERBOSE) console.error(`  ${view} ${i}: ${times.at(-1).toFixed(0)} ms`)
    await context.close()
  }
  return median(times)
}

async function filters(page) {
  const steps = ['system?actor=P00003', 'system?actor=P00003&type=ASSAULT', 'system?from=2015&to=2016', 'system?type=CONSULT&from=2018-03&to=2018-09', 'system?place=AFG', 'system?top=150',
    'time?actor=P00010', 'time?actor=P00010&type=THREATEN', 'time?from=2020-01-01&to=2020-01-31', 'time?place=Town%207', 'dyad?actor=P00001&other=P00002', 'dyad?actor=P00001&other=P00002&by=year', 'dyad?actor=P00001&other=P00002&from=2019']
  const times = {}
  let worst = 0, view = 'system'
  for (const step of steps) {
    if (!step.startsWith(view)) {  // changing the view is no filter
      view = step.split('?')[0]
      await page.goto(`${server.url}/#/${view}`)
      await settled(page)
    }
    const took = await page.evaluate(async (hash) => {
      const begin = performance.now()
      location.hash = hash
      await new Promise((done) => {
        let still = 0
        const look = () => { still = document.documentElement.hasAttribute('data-busy') || document.querySelector('main .state-loading') ? 0 : still + 1; if (still >= 2) done(); else requestAnimationFrame(look) }
        requestAnimationFrame(() => requestAnimationFrame(look))
      })
      return performance.now() - begin
    }, `#/${step}`)
    times[step] = took
    worst = Math.max(worst, took)
  }
  return { times, worst }
}

/** Time between frames while the network of the top 500 settles, and while it is dragged. */
async function frames(page, drag) {
  await page.goto(`${server.url}/#/system?top=500`)
  await page.reload()
  await page.locator('.network canvas').waitFor()
  if (drag) { await settled(page); await page.waitForTimeout(4000) }
  const box = await page.locator('.network canvas').boundingBox()
  const measured = page.evaluate(() => new Promise((done) => {
    const gaps = []
    let last = performance.now()
    const step = (now) => { gaps.push(now - last); last = now; if (gaps.length < 90) requestAnimationFrame(step); else done(gaps.slice(5)) }
    requestAnimationFrame(step)
  }))
  if (drag) {
    await page.mouse.move(box.x + 300, box.y + 200)
    await page.mouse.down()
    for (let i = 0; i < 60; i++) await page.mouse.move(box.x + 300 + 4 * i, box.y + 200 + 2 * Math.sin(i) * 20)
    await page.mouse.up()
  }
  const gaps = (await measured).sort((a, b) => a - b)
  return { median: gaps[gaps.length >> 1], p95: gaps[Math.floor(gaps.length * 0.95)] }
}

const say = (name, value) => console.log(`${name}\t${value.toFixed(1)}`)
try {
  if (!keep || !(await stat(db).catch(() => null))) {
    await write(join(folder, 'events.csv'), rows, actors)
    await casus('import', '--db', db, '--scheme', 'cameo', '--map', MAP, join(folder, 'events.csv'))
  }
  server = await serve(db)
  const begin = performance.now()
  while (!(await (await fetch(`${server.url}/api/status`)).json()).ready) await new Promise((r) => setTimeout(r, 50))
  say('server ready after, ms', performance.now() - begin)
  chrome = await browser()
  for (const view of ['read', 'system', 'time', 'claims']) say(`first view: ${view}, ms`, await firstView(view))
  const page = await (await chrome.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await page.goto(`${server.url}/#/system`)
  await settled(page)
  const { times, worst } = await filters(page)
  for (const [step, ms] of Object.entries(times)) console.error(`  ${step}: ${ms.toFixed(0)} ms`)
  say('filter, median ms', median(Object.values(times)))
  say('filter, worst ms', worst)
  const moving = await frames(page, false), dragged = await frames(page, true)
  say('top 500 settling, median ms a frame', moving.median)
  say('top 500 settling, 95th percentile ms a frame', moving.p95)
  say('top 500 dragged, median ms a frame', dragged.median)
  say('top 500 dragged, 95th percentile ms a frame', dragged.p95)
  const kb = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${server.child.pid}/status`, 'utf8'))[1])
  say('server memory, MB', kb / 1024)
} finally {
  await chrome?.close()
  await server?.stop()
  await discard(folder)
}

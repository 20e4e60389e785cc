// A ledger, `casus serve` over it, and a browser on its page; everything made here goes when it is closed.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'

export const ROOT = new URL('../..', import.meta.url).pathname
export const CASUS = process.env.CASUS ?? join(ROOT, 'build/release/casus')
const run = promisify(execFile)

export const scratch = () => mkdtemp(join(tmpdir(), 'casus-web-'))
export const discard = (folder) => rm(folder, { recursive: true, force: true })

/** Runs the command; exit 3 (some input rejected) is an answer too. */
export async function casus(...args) {
  try { return (await run(CASUS, args, { maxBuffer: 1 << 28 })).stdout } catch (e) { if (e.code === 3) return e.stdout; throw e }
}

/** Starts the server and waits for the address it prints. */
export function serve(db, { port = 0, args = [] } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(CASUS, ['serve', '--db', db, '--port', String(port), '--threads', '2', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const late = setTimeout(() => reject(new Error(`casus serve says nothing: ${said}`)), 30_000)
    const hear = (bytes) => {
      said += bytes
      const url = /http:\/\/[\d.]+:\d+/.exec(said)?.[0]
      if (url) { clearTimeout(late); resolve({ url, port: Number(url.split(':').pop()), child, stop: () => new Promise((done) => { child.once('exit', done); child.kill('SIGTERM') }) }) }
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => { clearTimeout(late); reject(new Error(`casus serve ended with ${code}: ${said}`)) })
  })
}

export const browser = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
})

/** A page that remembers what went wrong on it: script errors, console errors (those of the Content-Security-Policy among them), foreign requests. */
export async function open(chrome, url, options = {}) {
  const context = await chrome.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const wrong = []
  page.on('pageerror', (e) => wrong.push(`script: ${e.message}`))
  page.on('console', (m) => { if (m.type() === 'error') wrong.push(`console: ${m.text()}`) })
  page.on('request', (r) => { const at = new URL(r.url()); if (!['127.0.0.1', 'localhost'].includes(at.hostname) && at.protocol !== 'blob:') wrong.push(`asked ${r.url()}`) })
  page.on('response', (r) => { if (r.status() >= 400) wrong.push(`${r.status()} ${r.url()}`) })
  page.wrong = wrong
  await page.goto(url, { waitUntil: 'load' })
  return page
}

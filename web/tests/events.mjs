// Made-up event data for tests and measurements: the same rows for the same arguments. Nobody in it is real.
//   node tests/events.mjs ROWS ACTORS > events.csv
import { createWriteStream } from 'node:fs'

const CODES = ['010', '036', '040', '042', '043', '046', '050', '057', '060', '070', '084', '100', '112', '120', '130', '138', '141', '150', '163', '173', '180', '190', '193', '195']

function random(seed) {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const MAP = 'date=day,source=from,target=to,code=cameo,source-name=fromname,target-name=toname,place=place,country=country,lat=lat,lon=lon'

/** Rows of CSV: a few actors do most of it, pairs have a habit of answering each other, and habits change over the years. */
export function* rows(n, actors) {
  yield 'day,from,to,cameo,fromname,toname,place,country,lat,lon'
  const r = random(20240101), begin = Date.UTC(2010, 0, 1) / 864e5, days = 15 * 365, recent = []
  const pick = () => Math.floor(actors * r() ** 3), code = (mood) => CODES[Math.max(0, Math.min(CODES.length - 1, Math.floor(CODES.length * (mood + (r() - 0.5) * 0.7))))]
  const name = (i) => `Party ${i}`, id = (i) => `P${String(i).padStart(5, '0')}`
  for (let k = 0; k < n; k++) {
    let a = pick(), b = pick()
    if (recent.length && r() < 0.35) [b, a] = recent[Math.floor(r() * recent.length)]
    if (a === b) b = (b + 1) % actors
    recent[k % 50] = [a, b]
    const day = begin + Math.floor((k / n) * days), mood = 0.5 + 0.42 * Math.sin(a * 12.9 + b * 78.2 + day / 700)
    const p = (a * 7 + b) % 180
    yield `${new Date(day * 864e5).toISOString().slice(0, 10)},${id(a)},${id(b)},${code(mood)},${name(a)},${name(b)},Town ${p},${['AFG', 'IRN', 'PAK', 'TJK', 'UZB', 'TKM'][p % 6]},${(24 + (p * 37 % 170) / 10).toFixed(2)},${(45 + (p * 53 % 300) / 10).toFixed(2)}`
  }
}

/** Writes them to a file; resolves when it is there. */
export function write(path, n, actors) {
  return new Promise((resolve, reject) => {
    const out = createWriteStream(path)
    out.on('error', reject).on('finish', resolve)
    const source = rows(n, actors)
    const more = () => {
      for (;;) {
        let chunk = ''
        while (chunk.length < 1 << 18) { const next = source.next(); if (next.done) { out.end(chunk); return } chunk += next.value + '\n' }
        if (!out.write(chunk)) { out.once('drain', more); return }
      }
    }
    more()
  })
}

if (process.argv[1] === new URL(import.meta.url).pathname) await write('/dev/stdout', Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 30))

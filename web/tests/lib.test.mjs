// What the page computes by itself: bytes and letters, words for dates and counts, files to take along.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { build } from 'vite'

let folder
const lib = {}
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casus-lib-'))
  for (const name of ['bytes', 'format', 'save', 'route']) {
    await build({ configFile: false, logLevel: 'error', root: new URL('..', import.meta.url).pathname, build: { outDir: folder, emptyOutDir: false, minify: false, lib: { entry: `src/lib/${name}.ts`, formats: ['es'], fileName: () => `${name}.mjs` } } })
    lib[name] = await import(join(folder, `${name}.mjs`))
  }
})
after(() => rm(folder, { recursive: true, force: true }))

test('spans are bytes of UTF-8, strings are UTF-16: every border of every character', () => {
  const text = 'a “Güler” 漢字 😀 Ω end'
  const t = new lib.bytes.ByteText(text)
  let byte = 0, unit = 0
  for (const ch of text) { assert.equal(t.unit(byte), unit, ch); byte += Buffer.byteLength(ch); unit += ch.length }
  assert.equal(t.unit(byte), text.length)
  const at = Buffer.from(text).indexOf('漢')
  assert.equal(t.slice([at, at + 6]), '漢字')
  const later = new lib.bytes.ByteText('Güler', 100)
  assert.equal(later.slice([100, 103]), 'Gü')
})

test('pieces cover the text in order and carry the marks over them', () => {
  const text = 'abcdefghij', marks = [{ begin: 2, end: 6, k: 1 }, { begin: 4, end: 8, k: 2 }, { begin: -3, end: 1, k: 3 }, { begin: 5, end: 5, k: 4 }]
  const got = lib.bytes.pieces(text, marks)
  assert.equal(got.map((p) => p.text).join(''), text)
  assert.deepEqual(got.map((p) => p.marks.map((m) => m.k).join('')), ['3', '', '1', '12', '2', ''])
})

test('dates are told no finer than they are', () => {
  const { interval } = lib.format
  assert.equal(interval({ begin: '2021-08-26', end: '2021-08-26' }), '26 Aug 2021')
  assert.equal(interval({ begin: '2024-02-01', end: '2024-02-29' }), 'Feb 2024')
  assert.equal(interval({ begin: '2024-01-01', end: '2024-12-31' }), '2024')
  assert.equal(interval({ begin: '2023-10-01', end: '2023-12-31' }), 'Oct – Dec 2023')
  assert.equal(interval({ begin: '2021-01-01' }), 'since 2021')
  assert.equal(interval({ end: '2022-05-03', approx: true }), 'until about 3 May 2022')
  assert.equal(interval({}), '')
})

test('counts are told as the ranges they are', () => {
  const { count } = lib.format
  assert.equal(count({ kind: 'killed', low: 13, best: 13, high: 13, of: 'soldiers' }), '13 soldiers killed')
  assert.equal(count({ kind: 'killed', low: 90 }), '≥ 90 killed')
  assert.equal(count({ kind: 'wounded', best: 170, of: 'people' }), 'about 170 people wounded')
  assert.equal(count({ kind: 'killed', low: 10, best: 12, high: 20 }), '10–20 (best 12) killed')
})

test('a spreadsheet is not given formulas, and cells keep their commas', () => {
  const text = lib.save.csv([{ a: '=1+1', b: 'x, "y"', c: -3 }, { a: null, b: '-5', c: [1] }])
  assert.equal(text, 'a,b,c\r\n\'=1+1,"x, ""y""",-3\r\n,-5,[1]\r\n')
})

test('an address is read back as it was written', () => {
  const { link, parse, across } = lib.route
  const params = { actor: 'AFG.TALIBAN', see: 'p:a%3Ab:c', words: 'a & b=c?' }
  assert.deepEqual(parse(link('dyad', params)), { view: 'dyad', params })
  assert.deepEqual(parse('#/nowhere'), { view: 'read', params: {} })
  assert.equal(across('time', { actor: 'X', top: '500', see: 'a:X' }), '#/time?actor=X')
})

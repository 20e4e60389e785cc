// knowledge/countries.tsv -> src/lib/countries.ts: ISO alpha-3 to the number the map's outlines go by, and a name.
import { readFileSync, writeFileSync } from 'node:fs'

const [head, ...rows] = readFileSync('../knowledge/countries.tsv', 'utf8').split('\n').filter((l) => l && !l.startsWith('#')).map((l) => l.split('\t'))
const at = (name) => head.indexOf(name)
const list = rows.filter((r) => r[at('numeric')]).map((r) => [r[at('iso3')], [r[at('numeric')].padStart(3, '0'), r[at('names')].split(';')[0]]])
writeFileSync('src/lib/countries.ts', `// Made from knowledge/countries.tsv by tools/countries.mjs.\nexport const COUNTRIES: Record<string, readonly [string, string]> = ${JSON.stringify(Object.fromEntries(list))}\n`)

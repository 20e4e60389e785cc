// How things are said on the page: dates, numbers, statements in a line.
import type { Count, Event, Holder, Participant, Place, Statement, Time } from '../api/types'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const whole = new Intl.NumberFormat('en')
export const number = (n: number) => whole.format(n)
export const short = (n: number) => n >= 1e6 ? `${+(n / 1e6).toFixed(1)} M` : n >= 1e4 ? `${Math.round(n / 1e3)} k` : number(n)
export const mass = (n: number) => n >= 1000 ? short(Math.round(n)) : String(+n.toFixed(1))
export const percent = (p: number) => p > 0 && p < 0.01 ? '< 1 %' : p < 1 && p > 0.99 ? '> 99 %' : `${Math.round(p * 100)} %`
export const plural = (n: number, one: string, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`

/** "26 Aug 2021", "Aug 2021", "2021" — no finer than the string is. */
export function day(iso: string): string {
  const [y, m, d] = iso.split('-')
  if (!m) return y
  const month = MONTHS[Number(m) - 1] ?? m
  return d ? `${Number(d)} ${month} ${y}` : `${month} ${y}`
}

const lastDay = (y: number, m: number) => new Date(Date.UTC(y, m, 0)).getUTCDate()

/** A dated interval in words; whole months and years are told as such, open sides as "since" and "until". */
export function interval(time: { begin?: string; end?: string; approx?: boolean } | undefined): string {
  if (!time || (!time.begin && !time.end)) return ''
  const about = time.approx ? 'about ' : ''
  const { begin, end } = time
  if (!end) return `since ${about}${openDay(begin!)}`
  if (!begin) return `until ${about}${day(end)}`
  if (begin === end) return about + day(begin)
  const [y1, m1, d1] = begin.split('-').map(Number), [y2, m2, d2] = end.split('-').map(Number)
  if (y1 === y2 && m1 === 1 && d1 === 1 && m2 === 12 && d2 === 31) return `${about}${y1}`
  if (y1 === y2 && m1 === m2 && d1 === 1 && d2 === lastDay(y2, m2)) return `${about}${MONTHS[m1 - 1]} ${y1}`
  if (d1 === 1 && d2 === lastDay(y2, m2)) return `${about}${MONTHS[m1 - 1]}${y1 === y2 ? '' : ` ${y1}`} – ${MONTHS[m2 - 1]} ${y2}`
  return `${about}${day(begin)} – ${day(end)}`
}
const openDay = (iso: string) => iso.endsWith('-01-01') ? iso.slice(0, 4) : day(iso)

export function count(c: Count): string {
  const { low, best, high } = c
  const of = c.of ? ` ${c.of}` : ''
  const n = low !== undefined && high !== undefined && low !== high ? `${number(low)}–${number(high)}${best !== undefined && best !== low && best !== high ? ` (best ${number(best)})` : ''}`
    : low !== undefined && high === undefined && best === undefined ? `≥ ${number(low)}`
    : high !== undefined && low === undefined && best === undefined ? `≤ ${number(high)}`
    : best !== undefined ? (low === undefined || high === undefined ? `about ${number(best)}` : number(best)) : number(low ?? high ?? 0)
  return `${n}${of} ${c.kind}`
}

export const names = (list: Participant[] | undefined, limit = 3): string => {
  if (!list?.length) return ''
  const all = [...new Set(list.map((p) => p.name ?? p.text ?? ''))]
  return all.length > limit ? `${all.slice(0, limit).join(', ')} + ${all.length - limit}` : all.join(', ')
}

/** The act or tie in a word: the PLOVER type for events, the relation word for the rest. */
export function act(s: Pick<Statement, 'action' | 'kind'>): string {
  const a = s.action
  if (!a) return s.kind
  const plover = Array.isArray(a.plover) ? a.plover.join(' / ') : a.plover as string | undefined
  return (s.kind === 'event' ? plover ?? a.lemma : a.relation ?? plover ?? a.lemma ?? s.kind)?.toLowerCase() ?? s.kind
}
export const eventAct = (e: Event) => (e.plover ?? e.code ?? 'event').toLowerCase()

export const about = (s: Statement): { text: string; span?: [number, number] }[] =>
  ((s.about ?? []) as unknown[]).filter((a): a is { text: string; span: [number, number] } => typeof a === 'object' && a !== null && 'text' in a)

export function sides(s: Statement): { from: string; to: string } {
  return { from: names(s.source), to: names(s.target) || about(s).map((a) => a.text).slice(0, 1).join('') }
}

export const HOLDS: Record<string, string> = {
  asserts: 'asserts', claims: 'claims', attributes: 'attributes', denies: 'denies', alleges: 'alleges', presumes: 'presumes', believes: 'believes',
  hopes: 'hopes', fears: 'fears', wants: 'wants', promises: 'promises', relays: 'relays',
}
export const holderChain = (holder: Holder[] | undefined) => (holder ?? []).map((h) => `${h.name ?? h.text} ${h.holds ?? 'says'}`).join(', who says ')

/** What makes a statement less than plain fact, in words. */
export function doubts(s: Statement): string[] {
  const out: string[] = []
  if (s.polarity === '-') out.push('not so')
  if (s.likelihood) out.push(likelihood(s.likelihood))
  if (s.tense === 'hypothetical' && !s.likelihood) out.push('hypothetical')
  if (s.tense === 'future') out.push('future')
  if (s.author_view === 'rejects') out.push('author rejects')
  if (s.author_view === 'endorses') out.push('author endorses')
  return out
}
export const likelihood = (l: { low?: number; high?: number; text?: string }) =>
  l.low === 0 && l.high === 1 ? `possible (“${l.text}”)` : `${Math.round((l.low ?? 0) * 100)}–${Math.round((l.high ?? 1) * 100)} % (“${l.text}”)`

export const uncertain = (s: Statement) => Boolean(s.likelihood) || s.tense === 'hypothetical' || (s.confidence ?? 1) < 0.5 || ['hopes', 'fears', 'presumes', 'believes', 'alleges'].includes(s.holds ?? '')
export const disputed = (s: Statement) => s.author_view === 'rejects' || s.holds === 'denies' || (s.holder ?? []).some((h) => h.holds === 'denies')

export const signOf = (s: { cooperation?: number; conflict?: number } | undefined): 'coop' | 'conf' | 'both' | 'none' => {
  const c = s?.cooperation ?? 0, f = s?.conflict ?? 0
  return c > 0 && f > 0 ? 'both' : c > 0 ? 'coop' : f > 0 ? 'conf' : 'none'
}

export const placeName = (p: Place) => p.name ?? p.text ?? p.country ?? ''
export const firstTime = (t: Time[] | undefined) => t?.find((x) => x.begin || x.end)

/** A fuzzy date as two days since 1970; open sides are null. */
export const days = (iso: string | undefined, end = false): number | null => {
  if (!iso) return null
  const [y, m, d] = iso.split('-').map(Number)
  const date = end && !m ? Date.UTC(y, 11, 31) : end && !d ? Date.UTC(y, m, 0) : Date.UTC(y, (m || 1) - 1, d || 1)
  return Math.floor(date / 864e5)
}
export const isoOf = (dayNumber: number) => new Date(dayNumber * 864e5).toISOString().slice(0, 10)

export const KINDS = ['event', 'relation', 'stance', 'cause', 'power', 'change', 'comparison', 'assessment'] as const
export const TYPES = ['AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'CONCEDE', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'MOBILIZE', 'SANCTION', 'COERCE', 'ASSAULT'] as const

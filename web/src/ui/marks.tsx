// A sentence with the words of its statements marked by the part they play. Text is only ever text nodes.
import { pieces, type ByteText, type Span } from '../lib/bytes'
import type { Statement } from '../api/types'
import { disputed, signOf, uncertain } from '../lib/format'

export const PARTS = ['source', 'action', 'target', 'holder', 'time', 'place', 'count'] as const
export type Part = (typeof PARTS)[number]
export type Mark = { begin: number; end: number; part: Part; of: string; sign: string; unsure: boolean; against: boolean }
const RANK: Record<Part, number> = { action: 0, holder: 1, target: 2, source: 3, count: 4, time: 5, place: 6 }

/** The marks of a statement, as UTF-16 positions from `from` (the start of the shown text). */
export function marksOf(s: Statement, text: ByteText, from = 0): Mark[] {
  const out: Mark[] = []
  const shared = { of: s.id!, sign: signOf(s.sign), unsure: uncertain(s), against: disputed(s) || s.polarity === '-' }
  const add = (span: Span | undefined, part: Part) => {
    if (span && span[1] > span[0]) out.push({ begin: text.unit(span[0]) - from, end: text.unit(span[1]) - from, part, ...shared })
  }
  s.source?.forEach((p) => add(p.span, 'source'))
  s.target?.forEach((p) => add(p.span, 'target'))
  add(s.action?.span, 'action')
  s.holder?.forEach((h) => { add(h.span, 'holder'); add(h.cue_span, 'holder') })
  add(s.time?.span, 'time')
  s.place?.forEach((p) => add(p.span, 'place'))
  s.counts?.forEach((c) => add(c.span, 'count'))
  return out
}

/** `shown` says which parts are switched on, `lit` which statement is looked at. */
export function MarkedText({ text, marks, shown, lit }: { text: string; marks: Mark[]; shown?: ReadonlySet<string>; lit?: ReadonlySet<string> }) {
  const visible = shown ? marks.filter((m) => shown.has(m.part)) : marks
  return (
    <>
      {pieces(text, visible).map((p) => {
        if (!p.marks.length) return p.text
        const ranked = [...p.marks].sort((a, b) => Number(lit?.has(b.of) ?? 0) - Number(lit?.has(a.of) ?? 0) || RANK[a.part] - RANK[b.part])
        const first = ranked[0], second = ranked.find((m) => m.part !== first.part)
        const on = lit?.size ? ranked.some((m) => lit.has(m.of)) : false
        const cls = ['mk', `mk-${first.part}`, first.part === 'action' ? `sign-${first.sign}` : '', second ? `mk2-${second.part}` : '',
          first.unsure ? 'is-unsure' : '', first.against && first.part === 'action' ? 'is-against' : '', on ? 'is-lit' : ''].filter(Boolean).join(' ')
        return <mark key={p.begin} class={cls} data-part={first.part} title={[...new Set(ranked.map((m) => m.part))].join(', ')}>{p.text}</mark>
      })}
    </>
  )
}

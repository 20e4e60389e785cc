// A statement in a line: who · what · to whom, then when, where, how many, who says so and how sure.
import type { Statement } from '../api/types'
import { act, count, disputed, doubts, holderChain, interval, placeName, sides, signOf, uncertain } from '../lib/format'

export function StatementLine({ s, note }: { s: Statement; note?: string }) {
  const { from, to } = sides(s)
  const meta = [interval(s.time), s.place?.map(placeName).filter((p, i, all) => all.indexOf(p) === i).slice(0, 2).join(', '), ...(s.counts ?? []).slice(0, 2).map(count)].filter(Boolean)
  const doubt = doubts(s)
  return (
    <span class={`line${uncertain(s) ? ' is-unsure' : ''}${disputed(s) ? ' is-disputed' : ''}${s.polarity === '-' ? ' is-not' : ''}`}>
      {s.holder?.length ? <span class="line-holder">{holderChain(s.holder)}: </span> : null}
      {from && <span class="line-side">{from}</span>}{' '}
      <span class={`line-act sign-${signOf(s.sign)}`}>{s.polarity === '-' ? <><span class="line-not">not</span> {act(s)}</> : act(s)}</span>{' '}
      {to && <span class="line-side">{to}</span>}
      {(meta.length > 0 || doubt.length > 0 || note) && (
        <span class="line-meta">
          {meta.map((m) => <span key={m}>{m}</span>)}
          {doubt.map((d) => <span key={d} class="line-doubt">{d}</span>)}
          {note && <span class="line-note">{note}</span>}
        </span>
      )}
    </span>
  )
}

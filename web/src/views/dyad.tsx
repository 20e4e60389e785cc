// Dyad: what two actors did to each other over time, both ways, cooperation and conflict apart; how each answers the other, and who could move whom.
import { scaleLinear } from 'd3'
import { useMemo, useState } from 'preact/hooks'
import type { GetDyad, GetDyads, GetLeverage, GetTimeline } from '../api/types'
import { useGet } from '../lib/load'
import { useSize } from '../lib/hooks'
import { day, isoOf, mass, number, percent, plural, short } from '../lib/format'
import { savePng, saveSvg } from '../lib/picture'
import { go } from '../lib/route'
import { ticks } from '../lib/ticks'
import { saveCsv, saveJsonl, type Row } from '../lib/save'
import { Choice, Menu } from '../ui/controls'
import { look, see } from '../ui/evidence'
import { Filters } from '../ui/filters'
import { Icon } from '../ui/icons'
import { begins, ends, stepFor, TimeStrip } from '../ui/periods'
import { Signs } from '../ui/signs'
import { Await, Empty } from '../ui/states'
import type { ViewProps } from '../app'

type Params = Record<string, string>
type Item = NonNullable<GetDyad['items']>[number]

export default function Dyad({ route, status }: ViewProps) {
  const p = route.params, both = Boolean(p.actor && p.other)
  const by = p.by ?? stepFor(p.from ?? status?.first, p.to ?? status?.last)
  const dyad = useGet<GetDyad>(both && status ? '/api/dyad' : null, { first: p.actor, second: p.other, by, scale: p.scale, type: p.type, from: p.from, to: p.to, lags: p.lags })
  const rows = () => dyad.data?.items as Row[] ?? []
  const svg = () => document.querySelector<SVGSVGElement>('.mirror svg')
  return (
    <>
      <Filters names={['actor', 'other', 'type', 'period']} params={p}>
        {both && <button type="button" class="button ghost" onClick={() => go({ actor: p.other, other: p.actor })}><Icon name="swap" size={16} />Swap</button>}
        <Choice label="By" value={by as 'month'} options={[['day', 'day'], ['week', 'week'], ['month', 'month'], ['year', 'year']]} onChange={(v) => go({ by: v })} />
        <Choice label="Scale" value={(p.scale ?? 'plover') as 'plover'} options={[['plover', 'PLOVER'], ['goldstein', 'Goldstein'], ['counts', 'counts']]} onChange={(v) => go({ scale: v === 'plover' ? null : v })} />
        <Menu label="Export" icon="export" actions={[
          { text: 'Picture as PNG', disabled: !both, run: () => { const s = svg(); if (s) savePng('casus-dyad', s) } }, { text: 'Picture as SVG', disabled: !both, run: () => { const s = svg(); if (s) saveSvg('casus-dyad', s) } },
          { text: 'Series as CSV', disabled: !both, run: () => saveCsv('casus-dyad', rows()) }, { text: 'Series as JSONL', disabled: !both, run: () => saveJsonl('casus-dyad', rows()) },
        ]} />
      </Filters>
      {both ? (
        <div class="scroll">
          <Await from={dyad} what="Measuring the two">{(d) => <Both data={d} params={p} by={by} />}</Await>
        </div>
      ) : <Choose params={p} />}
      {both && status && <Strip params={p} first={status.first} last={status.last} />}
    </>
  )
}

function Strip({ params: p, first, last }: { params: Params; first?: string; last?: string }) {
  const by = stepFor(first, last)
  const time = useGet<GetTimeline>('/api/timeline', { actor: p.actor, other: p.other, type: p.type, by })
  if (!time.data?.items?.length) return null
  return (
    <div class="slider">
      <p class="slider-now">{p.from || p.to ? <>{p.from ? day(p.from) : 'start'} – {p.to ? day(p.to) : 'end'} <button type="button" class="button quiet" onClick={() => go({ from: null, to: null })}>All time</button></> : 'All time; drag to choose a period'}</p>
      <TimeStrip items={time.data.items} by={by} from={p.from} to={p.to} height={58} onChange={(from, to) => go({ from, to })} />
    </div>
  )
}

function Choose({ params: p }: { params: Params }) {
  const dyads = useGet<GetDyads>('/api/dyads', { actor: p.actor || p.other, type: p.type, from: p.from, to: p.to, limit: 100 })
  return (
    <Await from={dyads} what="Finding pairs">{(d) => {
      if (!d.items.length) return <Empty title="No pair of actors here"><p>Choose two actors above, or clear a filter.</p></Empty>
      const most = Math.max(...d.items.map((i) => Math.max(i.cooperation, i.conflict)))
      return (
        <div class="scroll pad">
          <h1>Choose two actors</h1>
          <p class="panel-note claims-lead">{p.actor || p.other ? `Whom ${p.actor || p.other} deals with` : 'Who does most to whom'}; {d.total !== undefined ? plural(d.total, 'directed pair') : ''}</p>
          <table class="table">
            <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Conflict | cooperation</th><th scope="col" class="num">Events</th><th scope="col">Between</th></tr></thead>
            <tbody>{d.items.map((i) => (
              <tr key={`${i.source} ${i.target}`}>
                <td colSpan={2}><button class="inline" onClick={() => go({ actor: i.source, other: i.target })}>{i.source_name ?? i.source} → {i.target_name ?? i.target}</button></td>
                <td><Signs cooperation={i.cooperation} conflict={i.conflict} max={most} width={140} /> <span class="faint">{mass(i.conflict)} | {mass(i.cooperation)}</span></td>
                <td class="num">{number(i.events)}</td><td class="faint">{i.first ? day(i.first) : ''}{i.last && i.last !== i.first ? ` – ${day(i.last)}` : ''}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )
    }}</Await>
  )
}

function Both({ data, params: p, by }: { data: GetDyad; params: Params; by: string }) {
  const a = data.first!, b = data.second!, items = data.items ?? []
  const sum = (from: string) => items.filter((i) => i.source === from).reduce((s, i) => ({ events: s.events + i.events, cooperation: s.cooperation + i.cooperation, conflict: s.conflict + i.conflict }), { events: 0, cooperation: 0, conflict: 0 })
  const one = sum(a.id), two = sum(b.id)
  if (one.events + two.events === 0) return <Empty title={`Nothing passed between ${a.name} and ${b.name}`}><p>Not in this period, or not with these filters. What is said of the two may still be there: <button class="inline" onClick={() => look(see.pair(a.id, b.id))}>look</button>.</p></Empty>
  return (
    <div class="dyad">
      <header class="dyad-head">
        <h1><button class="plain" onClick={() => look(see.actor(a.id))}>{a.name}</button> <span class="faint">and</span> <button class="plain" onClick={() => look(see.actor(b.id))}>{b.name}</button></h1>
        <p class="panel-note">{plural(one.events + two.events, 'event')}. <button class="inline" onClick={() => look(see.pair(a.id, b.id, p.from, p.to))}>All that passed between them</button></p>
      </header>
      <Mirror items={items} a={a} b={b} by={by} sums={[one, two]} />
      <div class="dyad-cards"><Answers data={data} /><LeverageCard over={b} by={a} params={p} /><LeverageCard over={a} by={b} params={p} /></div>
    </div>
  )
}

type Who = { id: string; name: string }
type Sum = { events: number; cooperation: number; conflict: number }

/** Two panels on one time axis: what the first does to the second above, the reverse below. */
function Mirror({ items, a, b, by, sums }: { items: Item[]; a: Who; b: Who; by: string; sums: [Sum, Sum] }) {
  const [box, size] = useSize<HTMLDivElement>()
  const [over, setOver] = useState<string | null>(null)
  const w = Math.max(260, size.width), panel = 150, gap = 40, head = 28, height = panel * 2 + gap + head + 22
  const periods = useMemo(() => [...new Set(items.map((i) => i.period))], [items])
  const most = Math.max(1, ...items.map((i) => Math.max(i.cooperation, i.conflict)))
  const first = begins(periods[0]), last = ends(periods.at(-1)!) + (by === 'week' ? 6 : 0)
  const x = scaleLinear([first, last + 1], [44, w - 12]), y = scaleLinear([-most, most], [panel / 2, -panel / 2])
  const spanOf = (period: string) => [isoOf(begins(period)), isoOf(ends(period) + (by === 'week' ? 6 : 0))]
  const rows = [{ from: a, to: b, mid: head + panel / 2, sum: sums[0] }, { from: b, to: a, mid: head + panel + gap + panel / 2, sum: sums[1] }]
  return (
    <div class="mirror" ref={box} onMouseLeave={() => setOver(null)}>
      <svg width={w} height={height} role="group" aria-label={`What ${a.name} and ${b.name} did to each other by ${by}`}>
        {ticks(first, last, w / 110).map((t) => <g key={t.at}><line class="grid" x1={x(t.at)} x2={x(t.at)} y1={20} y2={height - 16} /><text class="tick" x={x(t.at) + 3} y={height - 4}>{t.text}</text></g>)}
        {rows.map((r) => {
          const own = items.filter((i) => i.source === r.from.id)
          return (
            <g key={r.from.id}>
              <text class="title" x={0} y={r.mid - panel / 2 - 12}>{r.from.name} → {r.to.name}</text>
              {w > 560 && <text class="tick" x={w - 12} y={r.mid - panel / 2 - 12} text-anchor="end">{short(r.sum.events)} events · cooperation {mass(r.sum.cooperation)} · conflict {mass(r.sum.conflict)}</text>}
              {[-most, most].map((v) => <g key={v}><line class="grid" x1={44} x2={w - 12} y1={r.mid + y(v)} y2={r.mid + y(v)} /><text class="tick" x={38} y={r.mid + y(v) + 4} text-anchor="end">{mass(Math.abs(v))}</text></g>)}
              {own.map((i) => {
                if (!i.events) return null
                const x0 = x(begins(i.period)), x1 = x(ends(i.period) + 1 + (by === 'week' ? 6 : 0)), bw = Math.max(1.5, x1 - x0 - (x1 - x0 > 4 ? 1.5 : 0)), [from, to] = spanOf(i.period)
                const open = () => look(see.pair(r.from.id, r.to.id, from, to, true))
                return (
                  <g key={i.period} class={`dbar${over === i.period ? ' is-over' : ''}`} role="button" tabindex={0} aria-label={`${day(i.period)}, ${r.from.name} to ${r.to.name}: ${plural(i.events, 'event')}, cooperation ${mass(i.cooperation)}, conflict ${mass(i.conflict)}`}
                    onClick={open} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); open() } }} onMouseEnter={() => setOver(i.period)} onFocus={() => setOver(i.period)}>
                    <title>{`${day(i.period)}: ${plural(i.events, 'event')}, cooperation ${mass(i.cooperation)}, conflict ${mass(i.conflict)}`}</title>
                    <rect class="bar-hit" x={x0} y={r.mid - panel / 2} width={Math.max(4, x1 - x0)} height={panel} />
                    <rect class="fill-coop" x={x0} width={bw} y={r.mid + y(i.cooperation)} height={-y(i.cooperation)} rx={Math.min(2, bw / 3)} />
                    <rect class="fill-conf" x={x0} width={bw} y={r.mid} height={y(-i.conflict)} rx={Math.min(2, bw / 3)} />
                  </g>
                )
              })}
              <path class="net-line" d={own.filter((i) => i.events).map((i, k) => `${k ? 'L' : 'M'}${((x(begins(i.period)) + x(ends(i.period) + 1)) / 2).toFixed(1)} ${(r.mid + y(i.cooperation - i.conflict)).toFixed(1)}`).join('')} />
              <line class="axis" x1={44} x2={w - 12} y1={r.mid} y2={r.mid} />
            </g>
          )
        })}
      </svg>
      <ul class="legend is-static"><li><i class="dot-coop" />cooperation, above</li><li><i class="dot-conf" />conflict, below</li><li><svg width="22" height="8" aria-hidden="true"><line class="net-line" x1="1" x2="21" y1="4" y2="4" /></svg>net</li></ul>
    </div>
  )
}

function Answers({ data }: { data: GetDyad }) {
  const list = data.answers ?? []
  const name = (id?: string) => id === data.first?.id ? data.first!.name : id === data.second?.id ? data.second!.name : id
  return (
    <section class="card"><h2>Response</h2>
      {!list.length ? <p class="panel-note">{data.why_no_answers ?? 'The two series are too short or too even to tell how one answers the other.'}</p> : list.map((r) => {
        const other = name(r.actor === data.first?.id ? data.second?.id : data.first?.id), v = r.answer ?? 0
        return (
          <div class="answer" key={r.actor}>
            <p><b>{name(r.actor)}</b> {Math.abs(v) < 0.05 ? 'hardly answers' : v > 0 ? 'answers in kind' : 'answers the opposite way'} <span class="faint">to {other}</span></p>
            <Gauge value={v} />
            <p class="panel-note">{v >= 0 ? '+' : ''}{v.toFixed(2)} for one unit of the other’s net · inertia {(r.inertia ?? 0).toFixed(2)}{r.long_run !== null && r.long_run !== undefined ? ` · in the long run ${r.long_run.toFixed(2)}` : ''}{r.granger_p !== null && r.granger_p !== undefined ? ` · helps to foresee: p = ${r.granger_p < 0.001 ? '< 0.001' : r.granger_p.toFixed(3)}` : ''}</p>
          </div>
        )
      })}
      {list.length === 2 && <p class="panel-note">Reciprocity: {list.every((r) => (r.answer ?? 0) > 0.05) ? 'each answers the other in kind.' : list.some((r) => (r.answer ?? 0) > 0.05) ? 'one answers in kind, the other does not.' : 'neither answers in kind.'}</p>}
    </section>
  )
}

function Gauge({ value, width = 220 }: { value: number; width?: number }) {
  const x = scaleLinear([-1, 1], [4, width - 4]).clamp(true)
  return (
    <svg class="gauge" width={width} height={20} role="img" aria-label={value.toFixed(2)}>
      <line class="axis" x1={4} x2={width - 4} y1={8} y2={8} /><line class="axis" x1={x(0)} x2={x(0)} y1={3} y2={13} />
      <line class={value >= 0 ? 'gauge-up' : 'gauge-down'} x1={x(0)} x2={x(value)} y1={8} y2={8} /><circle class="toll-best" cx={x(value)} cy={8} r={4} />
    </svg>
  )
}

function LeverageCard({ over, by, params: p }: { over: Who; by: Who; params: Params }) {
  const lev = useGet<GetLeverage>('/api/leverage', { over: over.id, from: p.from, to: p.to, limit: 200 })
  return (
    <section class="card"><h2>{by.name}’s leverage over {over.name}</h2>
      <Await from={lev} what="Weighing">{(d) => {
        const i = d.items?.find((x) => x.actor === by.id || x.actor === by.name)
        const said = (d.sentences ?? []).filter((s) => s.actor_id ? s.actor_id === by.id : s.actor === by.id || s.actor === by.name)
        if (!i && !said.length) return <p class="panel-note">Neither the events nor the texts say anything of it.</p>
        return (
          <>
            {i && (
              <dl class="facts">
                <div><dt>asked or threatened</dt><dd>{plural(i.asks ?? 0, 'time')}</dd></div>
                {(i.asks ?? 0) > 0 && <div><dt>answered</dt><dd>{number(i.answers ?? 0)} in {number(i.window_days ?? 0)} days after; {number(i.otherwise ?? 0)} in {number(i.other_days ?? 0)} others</dd></div>}
                {i.ratio !== null && i.ratio !== undefined && <div><dt>rate ratio</dt><dd><Whisker low={i.low} mid={i.ratio} high={i.high} /> {i.ratio.toFixed(2)} <span class="faint">{i.low !== null && i.low !== undefined ? `${i.low.toFixed(2)}–${i.high === null || i.high === undefined ? '∞' : i.high.toFixed(2)}` : ''}</span></dd></div>}
                {i.dependence !== null && i.dependence !== undefined && <div><dt>dependence</dt><dd>{percent(i.dependence)} of the material help it receives{i.reverse !== null && i.reverse !== undefined ? `; the reverse ${percent(i.reverse)}` : ''}</dd></div>}
                {(i.said_for || i.said_against) ? <div><dt>accounts</dt><dd>{i.said_for ?? 0} say it has power, {i.said_against ?? 0} that it lacks it</dd></div> : null}
              </dl>
            )}
            {said.length > 0 && <ul class="lines">{said.slice(0, 5).map((s) => <li key={s.id}><button class="line-button" onClick={() => look(see.statement(s.id!))}><span class="line"><span class="line-act">{(s.sign ?? 0) < 0 ? 'lacks' : 'has'}</span> “{s.words}”{s.holder && <span class="line-meta">{s.holder}</span>}</span></button></li>)}</ul>}
          </>
        )
      }}</Await>
    </section>
  )
}

function Whisker({ low, mid, high, width = 90 }: { low?: number | null; mid: number; high?: number | null; width?: number }) {
  const x = (v: number) => Math.max(2, Math.min(width - 2, width / 2 + Math.log10(Math.max(v, 0.01)) * width / 4))
  return (
    <svg class="whisker" width={width} height={12} role="img" aria-label={`rate ratio ${mid.toFixed(2)}`}>
      <line class="axis" x1={width / 2} x2={width / 2} y1={0} y2={12} /><line class="toll-line" x1={x(low ?? 0.01)} x2={x(high ?? 100)} y1={6} y2={6} /><circle class="toll-best" cx={x(mid)} cy={6} r={3} />
    </svg>
  )
}

// What next: forecasts with the rules that say so, what would change them, and how far such forecasts could be trusted so far.
import { scaleLinear, scaleSqrt } from 'd3'
import { useEffect, useState } from 'preact/hooks'
import type { ForecastLine, GetBacktest, GetForecast, GetStatus, GetWhatIf, Job } from '../api/types'
import { post } from '../api/client'
import { useGet } from '../lib/load'
import { useSize } from '../lib/hooks'
import { day, number, percent, plural, TYPES } from '../lib/format'
import { savePng, saveSvg } from '../lib/picture'
import { go } from '../lib/route'
import { saveCsv, saveJsonl, type Row } from '../lib/save'
import { ActorField, Choice, Field, Menu, Toggle } from '../ui/controls'
import { look, see } from '../ui/evidence'
import { Filters } from '../ui/filters'
import { Await, Empty, Loading } from '../ui/states'
import type { ViewProps } from '../app'

type Params = Record<string, string>
const keyOf = (f: { source: string; action: string; target: string }) => [f.source, f.action, f.target].join('|')

export default function Next({ route, status }: ViewProps) {
  const p = route.params, horizon = p.horizon ?? '30'
  const tooFew = failure(status?.jobs)
  const forecast = useGet<GetForecast>(status && !tooFew ? '/api/forecast' : null, { source: p.actor, action: p.type, target: p.other, horizon, top: 40 })
  return (
    <>
      <Filters names={['actor', 'type', 'other']} params={p}>
        <Choice label="Within" value={horizon} options={[['7', '7 days'], ['30', '30 days'], ['90', '90 days'], ['365', 'a year']]} onChange={(v) => go({ horizon: v === '30' ? null : v })} />
        <Menu label="Export" icon="export" actions={[
          { text: 'Forecasts as CSV', disabled: !forecast.data, run: () => saveCsv('casus-forecast', (forecast.data?.items ?? []).map(({ probability, source, action, target, answer, expected }) => ({ probability, source, action, target, answer, expected }))) },
          { text: 'Forecasts as JSONL', disabled: !forecast.data, run: () => saveJsonl('casus-forecast', forecast.data?.items as Row[]) },
          { text: 'Reliability as PNG', run: () => { const s = document.querySelector<SVGSVGElement>('.reliability svg'); if (s) savePng('casus-reliability', s) } },
          { text: 'Reliability as SVG', run: () => { const s = document.querySelector<SVGSVGElement>('.reliability svg'); if (s) saveSvg('casus-reliability', s) } },
        ]} />
      </Filters>
      <div class="next">
        <section class="next-main" aria-label="Forecasts">
          {tooFew ? <TooLittle status={status} why={tooFew} /> : <Await from={forecast} what={status?.forecast === 'learning' ? 'Learning the rules' : 'Forecasting'}>{(d) => d.items?.length ? <>
            <header class="next-head"><h1>In the {d.horizon} days after {d.today ? day(d.today) : 'the last known day'}</h1>
              <p class="panel-note">The chance of at least one such event, from rules learned on {plural(d.learned_from ?? 0, 'event')}. A rule is a regularity in what was reported, not a cause.</p></header>
            <ol class="forecasts">{d.items.map((f) => <Line key={keyOf(f)} f={f} open={p.pick === keyOf(f)} horizon={horizon} />)}</ol>
          </> : learning(d.jobs) ? <Learning job={learning(d.jobs)!} again={forecast.again} /> : <TooLittle status={status} why={failure(d.jobs)} filtered={Boolean(p.actor || p.type || p.other)} />}</Await>}
        </section>
        <aside class="next-side" aria-label="What if, and how good"><WhatIf params={p} horizon={horizon} /><Reliability /></aside>
      </div>
    </>
  )
}

const learning = (jobs?: Job[]) => jobs?.find((j) => j.what === 'learning' && j.state === 'running')

/** The rules are learned once a start; this asks again until they are there. */
function Learning({ job, again }: { job: Job; again: () => void }) {
  useEffect(() => { const timer = setTimeout(again, 1500); return () => clearTimeout(timer) })
  return <Loading what={`Learning the rules${job.total && (job.done ?? 0) < job.total ? ` ${Math.floor(((job.done ?? 0) / job.total) * 100)} %` : ''}`} />
}

const failure = (jobs?: Job[]) => jobs?.find((j) => j.what === 'learning' && j.state === 'failed')?.message

const TooLittle = ({ status, filtered, why }: { status?: GetStatus; filtered?: boolean; why?: string }) => (
  <Empty title={filtered && !why ? 'Nothing is expected of these' : 'Too little is known to say what comes next'}>
    <p>{filtered && !why ? 'Clear a filter: no rule says anything about them.' : `Rules are learned from dated events between actors; this ledger has ${plural((status?.counts.events ?? 0) + (status?.counts.imported_events ?? 0), 'event')}${why ? ', too few of them dated to the day' : ''}. Import event data (casus import) or read more accounts.`}</p>
  </Empty>
)

function Line({ f, open, horizon }: { f: ForecastLine; open: boolean; horizon: string }) {
  const conflict = ['REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'MOBILIZE', 'SANCTION', 'COERCE', 'ASSAULT'].includes(f.action)
  return (
    <li class={`forecast${open ? ' is-open' : ''}`}>
      <button class="forecast-line" aria-expanded={open} onClick={() => go({ pick: open ? null : keyOf(f) }, { replace: true })}>
        <span class="forecast-p">{percent(f.probability)}</span>
        <svg class="forecast-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="range-all" width="100" height="8" rx="1.500" /><rect class={conflict ? 'fill-conf' : 'fill-coop'} width={Math.max(0.6, f.probability * 100)} height="8" rx="1.500" /></svg>
        <span class="forecast-what"><b>{f.source}</b> <span class={`line-act sign-${conflict ? 'conf' : 'coop'}`}>{f.action.toLowerCase()}</span> <b>{f.target}</b></span>
      </button>
      {open && <Why f={f} horizon={horizon} />}
    </li>
  )
}

/** The rules in words, what weighs, and the events without which the figure would be another. */
function Why({ f, horizon }: { f: ForecastLine; horizon: string }) {
  const why = useGet<GetForecast>('/api/forecast', { source: f.source, action: f.action, target: f.target, horizon, top: 1, explain: true })
  return (
    <div class="why">
      <Await from={why} what="Looking for the reasons">{(d) => {
        const x = d.items?.[0]
        if (!x) return <p class="panel-note">No reasons were kept.</p>
        const most = Math.max(0.001, ...(x.weights ?? []).map((w) => Math.abs(w.weight ?? 0)))
        return (
          <>
            <p class="panel-note">{x.expected !== undefined ? `${x.source} is expected to do this ${x.expected.toFixed(2)} times to anyone` : ''}{x.answer !== undefined ? `; should it, the target is ${x.target} with ${percent(x.answer)}.` : ''}</p>
            {x.rules?.length ? <><h3 class="panel-h">Rules that fire</h3><ul class="rules">{x.rules.map((r, i) => (
              <li key={i}><p>{inWords(r.text, f)}</p><p class="panel-note">held {number(r.hits ?? 0)} of {number(r.cases ?? 0)} times{r.confidence !== undefined ? `, weighed as ${percent(r.confidence)}` : ''}{r.event ? <> · fired by <PastEvent e={r.event} /></> : null}</p></li>
            ))}</ul></> : null}
            {x.weights?.length ? <><h3 class="panel-h">What weighs</h3><ul class="weights">{x.weights.slice(0, 6).map((w, i) => (
              <li key={i}><span>{inWords(w.text, f)}</span><svg width="90" height="8" role="img" aria-label={(w.weight ?? 0).toFixed(2)}><line class="axis" x1="45" x2="45" y1="0" y2="8" /><rect class="range-part" x={(w.weight ?? 0) < 0 ? 45 - 44 * Math.abs(w.weight ?? 0) / most : 45} width={44 * Math.abs(w.weight ?? 0) / most} y="1" height="6" /></svg><span class="faint">{(w.weight ?? 0) > 0 ? '+' : ''}{(w.weight ?? 0).toFixed(2)}</span></li>
            ))}</ul></> : null}
            {x.events?.length ? <><h3 class="panel-h">Had it not happened</h3><ul class="rules">{x.events.map((e, i) => <li key={i}>{e.event && <PastEvent e={e.event} />} <span class="faint">→ {percent(e.without ?? 0)} instead of {percent(x.probability)}</span></li>)}</ul></> : null}
          </>
        )
      }}</Await>
    </div>
  )
}

/** A rule speaks of X and Y; here they have names. */
function inWords(text: string | undefined, who: { source?: string; target?: string }): string {
  return (text ?? '').replace(/"([A-Z]+)"/g, (_, act: string) => act.toLowerCase()).replace(/\bX\b/g, who.source ?? 'X').replace(/\bY\b/g, who.target ?? 'Y')
}

function PastEvent({ e }: { e: { id?: string; day: string; source: string; action: string; target: string } }) {
  const text = `${day(e.day)}: ${e.source} ${e.action.toLowerCase()} ${e.target}`
  return <button class="inline" onClick={() => look(e.id ? see.event(e.id) : see.pair(e.source, e.target, e.day, e.day))}>{text}</button>
}

function WhatIf({ params: p, horizon }: { params: Params; horizon: string }) {
  const ready = Boolean(p.ifs && p.ift)
  const result = useGet<GetWhatIf>(ready ? '/api/what-if' : null, { source: p.ifs, action: p.ifa ?? 'THREATEN', target: p.ift, on: p.ifon, remove: p.ifnot, horizon, top: 8 })
  return (
    <section class="card"><h2>What if</h2>
      <form class="what-if" onSubmit={(e) => e.preventDefault()}>
        <ActorField label="Who" value={p.ifs ?? ''} placeholder="an actor" onCommit={(v) => go({ ifs: v || null }, { replace: true })} />
        <Choice label="does" value={p.ifa ?? 'THREATEN'} options={TYPES.map((t) => [t as string, t.toLowerCase()] as const)} onChange={(v) => go({ ifa: v }, { replace: true })} />
        <ActorField label="to" value={p.ift ?? ''} placeholder="another" onCommit={(v) => go({ ift: v || null }, { replace: true })} />
        <Field label="on" value={p.ifon ?? ''} placeholder="last day" size={9} onCommit={(v) => go({ ifon: v || null }, { replace: true })} />
        <Toggle on={p.ifnot === 'true'} onChange={(on) => go({ ifnot: on ? 'true' : null }, { replace: true })}>had not</Toggle>
      </form>
      {!ready ? <p class="panel-note">Name two actors: the forecasts with and without that event are set side by side.</p> : (
        <Await from={result} what="Trying it out">{(d) => d.items?.length ? <ul class="dumbbells">{d.items.map((i) => <Dumbbell key={`${i.source}${i.action}${i.target}`} i={i} most={Math.max(0.05, ...d.items.flatMap((k) => [k.before, k.after]))} />)}</ul> : learning(d.jobs) ? <Learning job={learning(d.jobs)!} again={result.again} /> : <p class="panel-note">It would change nothing that the rules can see.</p>}</Await>
      )}
    </section>
  )
}

function Dumbbell({ i, most }: { i: NonNullable<GetWhatIf['items']>[number]; most: number }) {
  const w = 150, before = i.before ?? 0, after = i.after ?? 0, x = scaleLinear([0, most], [5, w - 5])
  const up = after >= before
  return (
    <li><span class="forecast-what"><b>{i.source}</b> {i.action?.toLowerCase()} <b>{i.target}</b></span>
      <span class="dumbbell"><svg width={w} height={14} role="img" aria-label={`${percent(before)} becomes ${percent(after)}`}><line class="axis" x1={5} x2={w - 5} y1={7} y2={7} /><line class={up ? 'gauge-up' : 'gauge-down'} x1={x(before)} x2={x(after)} y1={7} y2={7} /><circle class="db-before" cx={x(before)} cy={7} r={3.5} /><circle class="toll-best" cx={x(after)} cy={7} r={4.5} /></svg>
        <span class="faint">{percent(before)} → </span><b>{percent(after)}</b></span>
      {i.through && <span class="line-meta">{inWords(i.through, i)}</span>}</li>
  )
}

function Reliability() {
  const test = useGet<GetBacktest>('/api/backtest')
  const [started, setStarted] = useState<string | null>(null)
  const start = () => post('/api/backtest', {}).then(() => { setStarted('It runs now; the plot comes when it is done.'); test.again() }, (e: Error) => setStarted(e.message))
  return (
    <section class="card reliability"><h2>How far to trust it</h2>
      <Await from={test} what="Asking for the last backtest">{(d) => d.state !== 'done' ? (
        <>
          <p class="panel-note">{d.state === 'running' ? 'A backtest is running.' : d.state === 'failed' ? `The last backtest failed: ${d.message ?? ''}` : 'No backtest has been run on this ledger. It learns from the first part of the past and is asked about the rest.'}</p>
          {started && <p class="panel-note" role="status">{started}</p>}
          {d.state !== 'running' && !started && <button type="button" class="button" onClick={() => void start()}>Run a backtest</button>}
        </>
      ) : (
        <>
          <p class="panel-note">{d.from ? `Asked about ${day(d.from)} – ${d.to ? day(d.to) : ''}: ` : ''}{plural(d.questions ?? 0, 'question')}; the right answer is first in {percent(d.hits1 ?? 0)} and among ten in {percent(d.hits10 ?? 0)}; mean reciprocal rank {(d.mrr ?? 0).toFixed(3)}.</p>
          <Plot series={[{ name: 'events within 7 days', cls: 'rel-a', bins: d.events?.bins ?? [] }, { name: 'answers', cls: 'rel-b', bins: d.answers?.bins ?? [] }]} />
          {d.events && <p class="panel-note">Events: calibration error {(d.events.ece ?? 0).toFixed(3)}, Brier {(d.events.brier ?? 0).toFixed(3)} over {number(d.events.cases ?? 0)} cases.</p>}
        </>
      )}</Await>
    </section>
  )
}

/** Stated against observed: on the diagonal, a forecast of 30 % comes true three times in ten. */
function Plot({ series }: { series: { name: string; cls: string; bins: { stated?: number; observed?: number; cases?: number }[] }[] }) {
  const [box, size] = useSize<HTMLDivElement>()
  const side = Math.max(180, Math.min(300, size.width || 300)), x = scaleLinear([0, 1], [36, side - 16]), y = scaleLinear([0, 1], [side - 30, 8])
  const r = scaleSqrt([0, Math.max(1, ...series.flatMap((s) => s.bins.map((b) => b.cases ?? 0)))], [1.5, 9])
  return (
    <div ref={box}>
      <svg width={side} height={side} role="img" aria-label="Reliability: how often what was stated came true">
        {[0, 0.25, 0.5, 0.75, 1].map((t) => <g key={t}><line class="grid" x1={x(t)} x2={x(t)} y1={y(0)} y2={y(1)} /><line class="grid" x1={x(0)} x2={x(1)} y1={y(t)} y2={y(t)} /><text class="tick" x={x(t)} y={side - 16} text-anchor="middle">{t * 100}</text><text class="tick" x={30} y={y(t) + 4} text-anchor="end">{t * 100}</text></g>)}
        <line class="diagonal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {series.map((s) => <g key={s.name} class={s.cls}>
          <path d={s.bins.map((b, i) => `${i ? 'L' : 'M'}${x(b.stated ?? 0).toFixed(1)} ${y(b.observed ?? 0).toFixed(1)}`).join('')} />
          {s.bins.map((b, i) => <circle key={i} cx={x(b.stated ?? 0)} cy={y(b.observed ?? 0)} r={r(b.cases ?? 0)}><title>{`${s.name}: stated ${percent(b.stated ?? 0)}, observed ${percent(b.observed ?? 0)}, ${number(b.cases ?? 0)} cases`}</title></circle>)}
        </g>)}
        <text class="tick" x={side - 14} y={side - 3} text-anchor="end">stated, %</text><text class="tick" x={36} y={side - 3}>observed ↑</text>
      </svg>
      <ul class="legend is-static">{series.map((s) => <li key={s.name} class={s.cls}><svg width="12" height="10" aria-hidden="true"><circle cx="6" cy="5" r="4" /></svg>{s.name}</li>)}</ul>
    </div>
  )
}

// Timeline and map: when and where, each as fuzzily as it was told. A period chosen below filters the map; an area chosen on the map filters the bars.
import { scaleLinear, scaleSymlog } from 'd3'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { Count, Event, GetEvents, GetFacets, GetPlaces, GetTimeline } from '../api/types'
import { useGet, type Loaded } from '../lib/load'
import { useSize } from '../lib/hooks'
import { count, day, days, eventAct, interval, names, number, placeName, plural, short, signOf } from '../lib/format'
import { savePng, saveSvg } from '../lib/picture'
import { go } from '../lib/route'
import { saveCsv, saveJsonl, type Row } from '../lib/save'
import { ticks } from '../lib/ticks'
import { Menu } from '../ui/controls'
import { EventLine, look, see } from '../ui/evidence'
import { Filters } from '../ui/filters'
import { centre, useWorld, WorldMap, type Box, type Spot } from '../ui/map'
import { stepFor, TimeStrip } from '../ui/periods'
import { Await, Empty } from '../ui/states'
import type { ViewProps } from '../app'

type Params = Record<string, string>
const filterOf = (p: Params) => ({ actor: p.actor, other: p.other, type: p.type, place: p.place, origin: p.origin, disputed: p.disputed })
const boxOf = (text?: string): Box | null => { const n = (text ?? '').split(',').map(Number); return n.length === 4 && n.every(Number.isFinite) ? n as Box : null }
const inside = (b: Box, lon?: number | null, lat?: number | null) => lon !== undefined && lon !== null && lat !== undefined && lat !== null && lon >= b[0] && lon <= b[2] && lat >= b[1] && lat <= b[3]

const pointOf = (p: { lon?: number; lat?: number; country?: string; precision?: string }): [number, number] | null =>
  p.lon !== undefined && p.lat !== undefined && p.lon !== null && p.lat !== null ? [p.lon, p.lat] : centre(p.country)

function flat(e: Event): Row {
  const t = e.time?.[0], pl = e.place?.[0]
  return { id: e.id, origin: e.origin, type: e.plover, source: names(e.source, 99), target: names(e.target, 99), begin: t?.begin, end: t?.end, place: pl?.name, country: pl?.country, lat: pl?.lat, lon: pl?.lon, precision: pl?.precision,
    cooperation: e.cooperation, conflict: e.conflict, counts: e.counts?.map(count).join('; '), supports: e.supports, disputes: e.disputes, statements: e.statements?.map((s) => s.id).join(' ') }
}

export default function Time({ route, status }: ViewProps) {
  const p = route.params, world = useWorld(), box = boxOf(p.box)
  const by = stepFor(status?.first, status?.last)
  const strip = useGet<GetTimeline>(status ? '/api/timeline' : null, { ...filterOf(p), by })
  const events = useGet<GetEvents>('/api/events', { ...filterOf(p), from: p.from, to: p.to, limit: MOST_BARS, order: 'latest' })
  const places = useGet<GetPlaces>('/api/places', { ...filterOf(p), from: p.from, to: p.to, limit: 300 })
  const facets = useGet<GetFacets>('/api/facets', { ...filterOf(p), from: p.from, to: p.to })
  const [lit, setLit] = useState<string | null>(null)
  const spots = useMemo<Spot[]>(() => (places.data?.items ?? []).flatMap((i) => {
    const at = pointOf(i)
    return at ? [{ name: i.name ?? i.country ?? '', country: i.country, precision: i.precision, lon: at[0], lat: at[1], events: i.events ?? 0, cooperation: i.cooperation ?? 0, conflict: i.conflict ?? 0 }] : []
  }), [places.data, world])
  const shown = useMemo(() => (events.data?.items ?? []).filter((e) => !box || e.place?.some((pl) => { const at = pointOf(pl); return at && inside(box, at[0], at[1]) })), [events.data, p.box, world])
  const bars = useRef<HTMLDivElement>(null)
  const svgs = () => [...document.querySelectorAll<SVGSVGElement>('.bars svg, .map > svg')]
  return (
    <>
      <Filters names={['actor', 'other', 'type', 'place', 'disputed']} params={p}>
        <Menu label="Export" icon="export" actions={[
          ...(['Timeline', 'Map'] as const).flatMap((name, i) => [
            { text: `${name} as PNG`, run: () => { const s = svgs()[i]; if (s) savePng(`casus-${name.toLowerCase()}`, s) } },
            { text: `${name} as SVG`, run: () => { const s = svgs()[i]; if (s) saveSvg(`casus-${name.toLowerCase()}`, s) } }]),
          { text: 'Events as CSV', run: () => saveCsv('casus-events', shown.map(flat)) },
          { text: 'Events as JSONL', run: () => saveJsonl('casus-events', shown as Row[]) },
        ]} />
      </Filters>
      <div class="when-where">
        <section class="when" aria-label="Timeline" ref={bars}>
          <Await from={events} what="Laying out time">{(d) => {
            const undated = shown.filter((e) => !e.time?.some((t) => t.begin || t.end)).length
            if (!shown.length) return <Empty title="Nothing happened here"><p>{box ? 'Clear the area on the map, or draw a larger one.' : 'Widen the period or clear a filter.'}</p></Empty>
            return <>
              <p class="panel-note when-note">{d.next_cursor ? box ? `Among the latest ${number(d.items.length)} of ${d.total !== undefined ? short(d.total) : 'many'} events` : `${d.total !== undefined ? short(d.total) : 'More'} events; with fewer than ${MOST_BARS} each is drawn` : plural(shown.length, 'event')}{box ? ` in the chosen area: ${number(shown.length)}` : ''}{undated ? `; ${plural(undated, 'is', 'are')} without a date and not drawn` : ''}</p>
              {d.next_cursor && !box ? <Many params={p} by={stepFor(p.from ?? status?.first, p.to ?? status?.last)} latest={shown} facets={facets} /> : <Bars events={shown} lit={lit} onLit={setLit} from={p.from} to={p.to} />}
            </>
          }}</Await>
        </section>
        <section class="where" aria-label="Map">
          <Await from={places} what="Finding the places">{(d) => <>
            <WorldMap spots={spots} box={box} lit={lit} onLit={setLit} country={p.place} onBox={(b) => go({ box: b ? b.join(',') : null })} onCountry={(c) => go({ place: p.place === c ? null : c })} onSpot={(s) => look(see.place(s.name, p.from, p.to))} />
            <MapKey unplaced={d.unplaced ?? 0} />
          </>}</Await>
          <Tolls events={shown} />
        </section>
      </div>
      {strip.data?.items?.length ? <div class="slider">
        <p class="slider-now" aria-live="polite">{p.from || p.to ? <>{p.from ? day(p.from) : 'start'} – {p.to ? day(p.to) : 'end'} <button type="button" class="button quiet" onClick={() => go({ from: null, to: null })}>All time</button></> : 'All time; drag to choose a period'}</p>
        <TimeStrip items={strip.data.items} by={by} from={p.from} to={p.to} onChange={(from, to) => go({ from, to })} />
      </div> : null}
    </>
  )
}

const MapKey = ({ unplaced }: { unplaced: number }) => (
  <ul class="map-key" aria-label="Legend">
    <li><i class="dot-conf" />conflict</li><li><i class="dot-coop" />cooperation</li>
    <li><svg width="16" height="14" aria-hidden="true"><circle class="spot-ring" cx="8" cy="7" r="5" /><circle class="spot-none" cx="8" cy="7" r="2" /></svg>site, city</li>
    <li><svg width="18" height="14" aria-hidden="true"><circle class="spot-ring is-dashed" cx="9" cy="7" r="6" /></svg>province</li>
    <li><i class="swatch-told" />country as a whole</li>
    {unplaced > 0 && <li class="faint">{short(unplaced)} without a place</li>}
  </ul>
)

const CHAR = 6.1  // a letter's width at the size of the labels, near enough
const brief = (text: string, most = 26) => text.length > most ? `${text.slice(0, most - 1)}…` : text

type Bar = { e: Event; a: number; b: number; openA: boolean; openB: boolean; lane: number; x: number; width: number; left: boolean; words: [string, string, string] }
const LABELLED = 140

/** Words that fit into so many letters: the target gives way first, then the source. */
function fit([from, what, to]: [string, string, string], letters: number): [string, string, string] {
  const room = Math.max(0, letters - what.length - 2)
  if (from.length + to.length <= room) return [from, what, to]
  const source = brief(from, Math.max(8, Math.ceil(room / 2)))
  return [source, what, room - source.length > 4 ? brief(to, room - source.length) : '']
}

/** Bars on as few lanes as keep them and their words apart. */
function lanes(events: Event[], first: number, last: number, x: (d: number) => number, labels: boolean, edge: number): { bars: Bar[]; n: number } {
  const ends: number[] = []
  const bars = events.flatMap((e): Bar[] => {
    const t = e.time?.find((t) => t.begin || t.end)
    if (!t) return []
    const a = days(t.begin), b = days(t.end, true), openB = b === null
    const begin = Math.max(first, a ?? first), stop = openB ? Math.min(last, begin + (last - first) / 6) : Math.min(last, (b ?? last) + 1)
    const width = Math.max(labels ? 6 : 4, x(stop) - x(begin))
    return [{ e, a: a ?? first, b: b ?? last, openA: a === null, openB, lane: 0, x: x(begin), width, left: false, words: [brief(names(e.source, 1)) || 'someone', eventAct(e), brief(names(e.target, 1))] }]
  }).sort((p, q) => p.a - q.a || p.b - q.b)
  for (const bar of bars) {
    const wide = bar.words.join(' ').length * CHAR + 12, right = edge - bar.x - bar.width
    bar.left = labels && wide > right && bar.x > right
    if (labels && wide > Math.max(right, bar.x)) bar.words = fit(bar.words, Math.floor((Math.max(right, bar.x) - 12) / CHAR))
    const told = labels ? bar.words.join(' ').trim().length * CHAR + 14 : 3
    const from = bar.left ? bar.x - told : bar.x - 2, until = bar.left ? bar.x + bar.width + 8 : bar.x + bar.width + told
    let lane = ends.findIndex((e) => e <= from)
    if (lane < 0) lane = ends.push(0) - 1
    ends[lane] = until
    bar.lane = lane
  }
  return { bars, n: ends.length }
}

/** Each event a bar as long as its date is uncertain; an open side fades out. */
function Bars({ events, lit, onLit, from, to }: { events: Event[]; lit: string | null; onLit: (place: string | null) => void; from?: string; to?: string }) {
  const [box, size] = useSize<HTMLDivElement>()
  const w = Math.max(200, size.width)
  const span = useMemo(() => {
    const all = events.flatMap((e) => e.time?.flatMap((t) => [days(t.begin), days(t.end, true)]) ?? []).filter((d): d is number => d !== null)
    const a = from ? days(from)! : all.length ? all.reduce((m, v) => Math.min(m, v)) : 0, b = to ? days(to, true)! : all.length ? all.reduce((m, v) => Math.max(m, v)) : 1
    return [a - Math.max(1, (b - a) * 0.02), b + Math.max(2, (b - a) * 0.03)] as const
  }, [events, from, to])
  const x = scaleLinear([span[0], span[1]], [10, w - 10])
  const labels = events.length <= LABELLED
  const { bars, n } = useMemo(() => lanes(events, span[0], span[1], x, labels, w - 10), [events, span, w, labels])
  const row = labels ? 25 : 9, height = Math.max(size.height, n * row + 30)
  return (
    <div class="bars" ref={box} onMouseLeave={() => onLit(null)}>
      <svg width={w} height={height} role="group" aria-label={`Timeline of ${plural(bars.length, 'event')}`}>
        <defs>
          {(['coop', 'conf', 'none'] as const).flatMap((s) => [
            <linearGradient key={`r${s}`} id={`fade-r-${s}`}><stop offset="0" class={`stop-${s}`} stop-opacity={1} /><stop offset="1" class={`stop-${s}`} stop-opacity={0.05} /></linearGradient>,
            <linearGradient key={`l${s}`} id={`fade-l-${s}`}><stop offset="0" class={`stop-${s}`} stop-opacity={0.05} /><stop offset="1" class={`stop-${s}`} stop-opacity={1} /></linearGradient>])}
        </defs>
        {ticks(span[0], span[1], w / 110).filter((t) => x(t.at) < w - 34).map((t) => <g key={t.at}><line class="grid" x1={x(t.at)} x2={x(t.at)} y1={0} y2={height - 20} /><text class="tick" x={x(t.at) + 3} y={height - 6}>{t.text}</text></g>)}
        {bars.map((bar) => <BarOf key={bar.e.id} bar={bar} y={4 + bar.lane * row} row={row} labels={labels} lit={Boolean(lit && bar.e.place?.some((p) => p.name === lit))} onLit={onLit} />)}
      </svg>
    </div>
  )
}

function BarOf({ bar, y, row, labels, lit, onLit }: { bar: Bar; y: number; row: number; labels: boolean; lit: boolean; onLit: (place: string | null) => void }) {
  const { e, words } = bar, sign = signOf(e), s = sign === 'both' ? 'conf' : sign, place = e.place?.[0]?.name ?? null
  const when = e.time!.map(interval).join(' or '), what = words.join(' ')
  const fill = bar.openB ? `url(#fade-r-${s})` : bar.openA ? `url(#fade-l-${s})` : undefined
  const told = labels ? what.trim().length * CHAR + 10 : 0
  const open = () => look(see.event(e.id))
  return (
    <g class={`bar${e.disputes ? ' is-disputed' : ''}${lit ? ' is-lit' : ''}`} tabindex={0} role="button" aria-label={`${what}, ${when}${place ? `, ${place}` : ''}${e.counts?.length ? `, ${e.counts.map(count).join(', ')}` : ''}`}
      onClick={open} onKeyDown={(k) => { if (k.key === 'Enter' || k.key === ' ') { k.preventDefault(); open() } }} onMouseEnter={() => onLit(place)} onFocus={() => onLit(place)}>
      <title>{`${when}\n${names(e.source)} ${words[1]} ${names(e.target)}${place ? `\n${e.place!.map(placeName).join(', ')}` : ''}${e.counts?.length ? `\n${e.counts.map(count).join(', ')}` : ''}`}</title>
      <rect class="bar-hit" x={bar.x - 2 - (bar.left ? told : 0)} y={y} width={bar.width + 4 + told} height={row} rx={4} />
      <rect class={`bar-fill${fill ? '' : ` fill-${s}`}`} x={bar.x} y={y + (labels ? 7 : 2)} width={bar.width} height={labels ? 10 : 5} rx={2.5} fill={fill} />
      {labels && <text class="bar-text" x={bar.left ? bar.x - 6 : bar.x + bar.width + 6} y={y + 16} text-anchor={bar.left ? 'end' : 'start'}>{words[0]} <tspan class={`bar-act is-${s}`}>{words[1]}</tspan> {words[2]}</text>}
    </g>
  )
}

const MOST_BARS = 300
const COOPERATIVE = new Set(['AGREE', 'CONSULT', 'SUPPORT', 'COOPERATE', 'AID', 'CONCEDE', 'RETREAT'])

/** More events than can be told apart as bars: each act over time, and the latest events in words. */
function Many({ params: p, by, latest, facets }: { params: Params; by: string; latest: Event[]; facets: Loaded<GetFacets> }) {
  return (
    <Await from={facets} what="Sorting by act">{(d) => (
      <div class="many">
        <ul class="acts">{[...d.types ?? []].filter((t) => t.events).sort((a, b) => (b.events ?? 0) - (a.events ?? 0)).slice(0, 7).map((t) => <ActRow key={t.type} type={t.type!} events={t.events ?? 0} params={p} by={by} />)}</ul>
        <h3 class="panel-h">The latest</h3>
        <ul class="lines">{latest.slice(0, 12).map((e) => <li key={e.id}><button class="line-button" onClick={() => look(see.event(e.id))}><EventLine e={e} /></button></li>)}</ul>
      </div>
    )}</Await>
  )
}

function ActRow({ type, events, params: p, by }: { type: string; events: number; params: Params; by: string }) {
  const time = useGet<GetTimeline>('/api/timeline', { ...filterOf(p), type, from: p.from, to: p.to, by })
  const [box, size] = useSize<HTMLSpanElement>()
  const items = time.data?.items ?? [], w = Math.max(60, size.width), h = 34
  const most = items.reduce((m, i) => Math.max(m, i.events ?? 0), 1), step = w / Math.max(1, items.length)
  const d = items.map((i, k) => { const y = h - ((i.events ?? 0) / most) * (h - 2); return `${k ? 'L' : `M0 ${h}L`}${(k * step).toFixed(1)} ${y.toFixed(1)}L${((k + 1) * step).toFixed(1)} ${y.toFixed(1)}` }).join('') + `L${w} ${h}Z`
  return (
    <li><button class="act-row" aria-pressed={p.type === type} onClick={() => go({ type: p.type === type ? null : type })} aria-label={`${type.toLowerCase()}: ${plural(events, 'event')}, at most ${number(most)} a ${by}`}>
      <span class="act-name">{type.toLowerCase()} <span class="n">{short(events)}</span></span>
      <span ref={box} class="act-plot"><svg width={w} height={h} aria-hidden="true"><path class={COOPERATIVE.has(type) ? 'fill-coop' : 'fill-conf'} d={items.length ? d : ''} /></svg></span>
    </button></li>
  )
}

/** Counts as the ranges they are told as. */
function Tolls({ events }: { events: Event[] }) {
  const rows = useMemo(() => events.flatMap((e) => (e.counts ?? []).map((c) => ({ e, c, high: c.high ?? c.best ?? c.low ?? 0 }))).filter((r) => r.high > 0).sort((a, b) => b.high - a.high).slice(0, 9), [events])
  const [box, size] = useSize<HTMLDivElement>()
  if (!rows.length) return null
  const w = Math.max(200, size.width), room = Math.min(190, w * 0.46), x = scaleSymlog([0, rows[0].high * 1.4], [room, w - 26])
  return (
    <div class="tolls" ref={box}>
      <h3 class="panel-h">How many <span class="faint">low – high as told; an open side has no bar end</span></h3>
      <svg width={w} height={rows.length * 20 + 18} role="group" aria-label="Counts as ranges">
        {[1, 10, 100, 1000, 10000, 100000].filter((t) => t <= rows[0].high * 1.4).map((t) => <g key={t}><line class="grid" x1={x(t)} x2={x(t)} y1={0} y2={rows.length * 20} /><text class="tick" x={x(t)} y={rows.length * 20 + 13} text-anchor="middle">{short(t)}</text></g>)}
        {rows.map(({ e, c }, i) => <Toll key={i} e={e} c={c} x={x} y={i * 20 + 10} room={room} end={w - 14} />)}
      </svg>
    </div>
  )
}

function Toll({ e, c, x, y, room, end }: { e: Event; c: Count; x: (v: number) => number; y: number; room: number; end: number }) {
  const low = c.low ?? (c.high === undefined ? c.best ?? 0 : 0), high = c.high ?? c.best ?? c.low ?? 0, open = c.high === undefined && c.best === undefined
  const label = `${c.of ? `${c.of} ` : ''}${c.kind}`
  return (
    <g class="toll" tabindex={0} role="button" aria-label={count(c)} onClick={() => look(see.event(e.id))} onKeyDown={(k) => { if (k.key === 'Enter') look(see.event(e.id)) }}>
      <title>{`${count(c)}: ${names(e.source)} ${eventAct(e)} ${names(e.target)}`}</title>
      <rect class="bar-hit" x={0} y={y - 10} width={end} height={20} />
      <text class="label" x={room - 10} y={y + 4} text-anchor="end">{label.length > 27 ? `${label.slice(0, 26)}…` : label}</text>
      <line class="toll-line" x1={x(low)} x2={open ? Math.min(end, x(low) + 26) : x(high)} y1={y} y2={y} stroke-dasharray={open ? '3 3' : undefined} />
      {!open && low !== high && <><line class="toll-line" x1={x(low)} x2={x(low)} y1={y - 4} y2={y + 4} /><line class="toll-line" x1={x(high)} x2={x(high)} y1={y - 4} y2={y + 4} /></>}
      {open && <line class="toll-line" x1={x(low)} x2={x(low)} y1={y - 4} y2={y + 4} />}
      {c.best !== undefined && <circle class="toll-best" cx={x(c.best)} cy={y} r={3.5} />}
    </g>
  )
}

// System: the signed network of actors, over time. Cooperation and conflict are drawn side by side, never summed; disputed ties are dashed.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { GetNetwork, GetStatus, GetTimeline } from '../api/types'
import { useGet } from '../lib/load'
import { useSize } from '../lib/hooks'
import { day, mass, number, percent, plural } from '../lib/format'
import { Network, strongest, type EdgeIn, type Hit, type NodeIn } from '../lib/network'
import { saveCanvas, saveSvg } from '../lib/picture'
import { go } from '../lib/route'
import { saveCsv, saveJsonl } from '../lib/save'
import { colours, onTheme } from '../lib/theme'
import { Choice, Menu, Strip } from '../ui/controls'
import { look, see } from '../ui/evidence'
import { Filters } from '../ui/filters'
import { Icon } from '../ui/icons'
import { stepFor, TimeStrip } from '../ui/periods'
import { Signs } from '../ui/signs'
import { Await, Empty } from '../ui/states'
import type { ViewProps } from '../app'

type Params = Record<string, string>
const filterOf = (p: Params) => ({ actor: p.actor, other: p.other, type: p.type, place: p.place, origin: p.origin, disputed: p.disputed })

export default function System({ route, status }: ViewProps) {
  const p = route.params
  const top = p.top ?? '60'
  const of = p.of ?? ((status?.counts.imported_events ?? 0) > 0 ? 'events' : 'all')
  const net = useGet<GetNetwork>(status ? '/api/network' : null, { ...filterOf(p), from: p.from, to: p.to, top, of, min: p.min, scale: p.scale })
  const asTable = p.as === 'list'
  const picture = useRef<Network | null>(null)
  const edges = net.data?.edges ?? [], nodes = net.data?.nodes ?? []
  const named = new Map(nodes.map((n) => [n.id, n.name]))
  const rows = () => edges.map((e) => ({ source: e.source, source_name: named.get(e.source), target: e.target, target_name: named.get(e.target), events: e.events, cooperation: e.cooperation, conflict: e.conflict, disputed: e.disputed }))
  return (
    <>
      <Filters names={['actor', 'other', 'type', 'place', 'disputed']} params={p}>
        <Choice label="Actors" value={top} options={[['30', 'top 30'], ['60', 'top 60'], ['150', 'top 150'], ['500', 'top 500']]} onChange={(v) => go({ top: v === '60' ? null : v })} />
        <Choice label="Ties" value={of} options={[['events', 'events'], ['all', 'all said']]} onChange={(v) => go({ of: v })} />
        <Strip label="Show as" value={asTable ? 'list' : 'net'} options={[['net', 'Network'], ['list', 'List']]} onChange={(v) => go({ as: v === 'list' ? 'list' : null })} />
        <Menu label="Export" icon="export" actions={[
          { text: 'Picture as PNG', disabled: asTable, run: () => { const c = document.querySelector<HTMLCanvasElement>('.network canvas'); if (c) saveCanvas('casus-system', c) } },
          { text: 'Picture as SVG', disabled: asTable, run: () => picture.current && saveSvg('casus-system', picture.current.svg()) },
          { text: 'Ties as CSV', run: () => saveCsv('casus-ties', rows()) },
          { text: 'Ties as JSONL', run: () => saveJsonl('casus-ties', rows()) },
          { text: 'Actors as CSV', run: () => saveCsv('casus-actors', nodes as Record<string, unknown>[]) },
        ]} />
      </Filters>
      <Await from={net} what="Drawing the system">{(d) => !d.nodes?.length
        ? <Empty title="No ties between actors here"><p>{Object.values(filterOf(p)).some(Boolean) || p.from || p.to ? 'Widen the period or clear a filter.' : 'Read an account or import event data first.'}</p></Empty>
        : asTable ? <Table data={d} params={p} /> : <Drawing data={d} params={p} keep={picture} drawn={p.ties === 'all' ? d.edges ?? [] : strongest(d.edges ?? [], d.nodes.length)} />}</Await>
      <Slider params={p} status={status} />
    </>
  )
}

function Slider({ params: p, status }: { params: Params; status?: GetStatus }) {
  const by = stepFor(status?.first, status?.last)
  const time = useGet<GetTimeline>(status ? '/api/timeline' : null, { ...filterOf(p), by })
  if (!time.data?.items?.length) return null
  return (
    <div class="slider">
      <p class="slider-now" aria-live="polite">{p.from || p.to ? <>{p.from ? day(p.from) : 'start'} – {p.to ? day(p.to) : 'end'} <button type="button" class="button quiet" onClick={() => go({ from: null, to: null })}>All time</button></> : 'All time; drag to choose a period'}</p>
      <TimeStrip items={time.data.items} by={by} from={p.from} to={p.to} onChange={(from, to) => go({ from, to })} />
    </div>
  )
}

const pairOf = (e: EdgeIn, p: Params) => see.pair(e.source!, e.target!, p.from ?? '', p.to ?? '')

function Drawing({ data, params: p, keep, drawn }: { data: GetNetwork; params: Params; keep: { current: Network | null }; drawn: EdgeIn[] }) {
  const [box, size] = useSize<HTMLDivElement>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const net = useRef<Network | null>(null)
  const [tip, setTip] = useState<{ hit: NonNullable<Hit>; x: number; y: number } | null>(null)
  useEffect(() => {
    const n = net.current = keep.current = new Network(canvas.current!, colours)
    const off = onTheme(() => n.redraw())
    return () => { off(); n.stop(); keep.current = null }
  }, [])
  useEffect(() => { if (size.width) net.current!.resize(size.width, size.height) }, [size.width, size.height])
  useEffect(() => net.current!.set(data.nodes ?? [], drawn), [data, p.ties])
  useEffect(() => { net.current!.chosen = p.see?.startsWith('a:') ? p.see.slice(2) : null; net.current!.redraw() }, [p.see, data])
  useEffect(() => {
    const el = canvas.current!
    const wheel = (e: WheelEvent) => { e.preventDefault(); net.current!.touched = true; net.current!.zoom(Math.exp(-e.deltaY * 0.0016), e.offsetX, e.offsetY) }
    el.addEventListener('wheel', wheel, { passive: false })
    return () => el.removeEventListener('wheel', wheel)
  }, [])
  const choose = (hit: Hit) => {
    if (!hit) look(null)
    else if ('node' in hit) look(see.actor(hit.node.id!))
    else look(pairOf(hit.edge, p))
  }
  const down = (e: PointerEvent) => {
    const n = net.current!, x0 = e.clientX, y0 = e.clientY
    let last: [number, number] = [x0, y0], moved = false
    const move = (m: PointerEvent) => {
      moved ||= Math.hypot(m.clientX - x0, m.clientY - y0) > 4
      if (!moved) return
      n.touched = true
      n.pan(m.clientX - last[0], m.clientY - last[1])
      last = [m.clientX, m.clientY]
    }
    const up = (u: PointerEvent) => {
      removeEventListener('pointermove', move); removeEventListener('pointerup', up)
      if (moved) return
      const r = canvas.current!.getBoundingClientRect()
      choose(n.at(u.clientX - r.left, u.clientY - r.top))
    }
    addEventListener('pointermove', move); addEventListener('pointerup', up)
  }
  const over = (e: PointerEvent) => {
    const n = net.current!
    if (e.buttons) return
    const hit = n.at(e.offsetX, e.offsetY)
    const same = JSON.stringify(hit) === JSON.stringify(n.hover)
    n.hover = hit
    canvas.current!.classList.toggle('is-over', Boolean(hit))
    if (!same) n.redraw()
    setTip(hit ? { hit, x: e.offsetX, y: e.offsetY } : null)
  }
  const key = (e: KeyboardEvent) => {
    const n = net.current!, by: Record<string, () => void> = {
      ArrowLeft: () => n.pan(40, 0), ArrowRight: () => n.pan(-40, 0), ArrowUp: () => n.pan(0, 40), ArrowDown: () => n.pan(0, -40),
      '+': () => n.zoom(1.25), '=': () => n.zoom(1.25), '-': () => n.zoom(0.8), '0': () => { n.touched = false; n.fit() },
    }
    if (by[e.key]) { e.preventDefault(); n.touched = true; by[e.key]() }
  }
  const name = (id?: string) => data.nodes?.find((n) => n.id === id)?.name ?? id
  return (
    <div class="network" ref={box}>
      <canvas ref={canvas} tabindex={0} role="img" aria-label={`Network of ${plural(data.nodes?.length ?? 0, 'actor')} and ${plural(data.edges?.length ?? 0, 'tie')}. Arrow keys move, plus and minus zoom; the list shows the same to be read.`}
        onPointerDown={down} onPointerMove={over} onPointerLeave={() => { net.current!.hover = null; net.current!.redraw(); setTip(null) }} onKeyDown={key} />
      <Legend />
      <Balance data={data} drawn={drawn.length} all={p.ties === 'all'} />
      <div class="zoom">
        <button type="button" class="mini" aria-label="Closer" onClick={() => { net.current!.touched = true; net.current!.zoom(1.3) }}><Icon name="plus" size={15} /></button>
        <button type="button" class="mini" aria-label="Further" onClick={() => { net.current!.touched = true; net.current!.zoom(0.77) }}><Icon name="minus" size={15} /></button>
        <button type="button" class="mini" aria-label="All of it" onClick={() => { net.current!.touched = false; net.current!.fit() }}><Icon name="fit" size={15} /></button>
      </div>
      {tip && <Tip tip={tip} name={name} width={size.width} />}
    </div>
  )
}

function Tip({ tip, name, width }: { tip: { hit: NonNullable<Hit>; x: number; y: number }; name: (id?: string) => string | undefined; width: number }) {
  const style = { left: `${Math.min(tip.x + 14, width - 250)}px`, top: `${tip.y + 14}px` }
  if ('node' in tip.hit) {
    const n: NodeIn = tip.hit.node
    return <div class="tip" style={style}><b>{n.name}</b><span>{[n.type, n.country].filter(Boolean).join(' · ')}</span><span>{plural(n.events ?? 0, 'event')} · {plural(n.friends ?? 0, 'friend')} · {plural(n.foes ?? 0, 'foe')}</span><span><i class="dot-coop" />{mass(n.cooperation ?? 0)} <i class="dot-conf" />{mass(n.conflict ?? 0)}</span></div>
  }
  const e = tip.hit.edge
  const way = (w?: { events?: number; cooperation?: number; conflict?: number }) => w && w.events ? `${number(w.events)} events: ${mass(w.cooperation ?? 0)} | ${mass(w.conflict ?? 0)}` : 'nothing'
  return (
    <div class="tip" style={style}>
      <b>{name(e.source)} – {name(e.target)}</b>
      <span><i class="dot-coop" />cooperation {mass(e.cooperation ?? 0)} <i class="dot-conf" />conflict {mass(e.conflict ?? 0)}</span>
      <span>→ {way(e.forward)}</span><span>← {way(e.backward)}</span>
      {e.disputed ? <span class="line-doubt">{number(e.disputed)} disputed</span> : null}
    </div>
  )
}

const Legend = () => (
  <ul class="legend" aria-label="Legend">
    <li><svg width="26" height="8" aria-hidden="true"><line class="stroke-coop" x1="1" x2="25" y1="4" y2="4" stroke-width="2.5" /></svg>cooperation</li>
    <li><svg width="26" height="8" aria-hidden="true"><line class="stroke-conf" x1="1" x2="25" y1="4" y2="4" stroke-width="2.5" /></svg>conflict</li>
    <li><svg width="26" height="8" aria-hidden="true"><line class="stroke-conf" x1="1" x2="25" y1="4" y2="4" stroke-width="2" stroke-dasharray="5 4" /></svg>disputed</li>
  </ul>
)

function Balance({ data, drawn, all }: { data: GetNetwork; drawn: number; all: boolean }) {
  const b = data.balance
  if (!b) return null
  return (
    <div class="corner">
    <details class="balance">
      <summary>{plural(data.nodes?.length ?? 0, 'actor')}{data.left_out ? <span class="faint"> of {number(data.actors ?? 0)}</span> : ''}, {plural(data.edges?.length ?? 0, 'tie')}</summary>
      <dl class="facts">
        <div><dt>friendly ties</dt><dd>{number(b.friendly ?? 0)} of {number(b.ties ?? 0)}</dd></div>
        <div><dt>balanced triangles</dt><dd>{number(b.balanced ?? 0)} of {number(b.triangles ?? 0)}{b.balance !== null && b.balance !== undefined ? ` (${percent(b.balance)})` : ''}</dd></div>
        <div><dt>frustration</dt><dd>{number(b.frustration ?? 0)}{b.search !== 'exact' ? ` (at least ${number(b.at_least ?? 0)})` : ''} <span class="faint">ties against any two camps</span></dd></div>
      </dl>
    </details>
    {(all || drawn < (data.edges?.length ?? 0)) && <p class="panel-note">{all ? 'All are drawn.' : `The ${number(drawn)} strongest are drawn.`} <button type="button" class="inline" onClick={() => go({ ties: all ? null : 'all' })}>{all ? 'Only the strongest' : 'Draw all'}</button></p>}
    </div>
  )
}

function Table({ data, params: p }: { data: GetNetwork; params: Params }) {
  const name = new Map(data.nodes?.map((n) => [n.id, n.name]))
  const edges = [...data.edges ?? []].sort((a, b) => (b.cooperation ?? 0) + (b.conflict ?? 0) - (a.cooperation ?? 0) - (a.conflict ?? 0)).slice(0, 300)
  const most = Math.max(1, ...edges.map((e) => Math.max(e.cooperation ?? 0, e.conflict ?? 0)))
  return (
    <div class="scroll pad">
      <table class="table">
        <caption class="sr">Ties, strongest first</caption>
        <thead><tr><th scope="col">Between</th><th scope="col">Conflict | cooperation</th><th scope="col" class="num">Events</th><th scope="col" class="num">Disputed</th><th scope="col"><span class="sr">Evidence</span></th></tr></thead>
        <tbody>{edges.map((e) => (
          <tr key={`${e.source} ${e.target}`}>
            <td><button class="inline" onClick={() => look(see.actor(e.source!))}>{name.get(e.source)}</button> – <button class="inline" onClick={() => look(see.actor(e.target!))}>{name.get(e.target)}</button></td>
            <td><Signs cooperation={e.cooperation} conflict={e.conflict} max={most} width={120} /> <span class="faint">{mass(e.conflict ?? 0)} | {mass(e.cooperation ?? 0)}</span></td>
            <td class="num">{number(e.events ?? 0)}</td><td class="num">{e.disputed || ''}</td>
            <td><button class="inline" onClick={() => look(pairOf(e, p))}>Sentences</button></td>
          </tr>
        ))}</tbody>
      </table>
      {(data.edges?.length ?? 0) > edges.length && <p class="panel-note">The {edges.length} strongest of {number(data.edges!.length)} ties; the export has all.</p>}
    </div>
  )
}

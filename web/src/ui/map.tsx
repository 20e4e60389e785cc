// Places on a map, each as precisely as it was told: a site is a point, a city a ringed point, a province a dashed ring, a country its whole outline.
import { geoCentroid, geoEqualEarth, geoPath, type GeoProjection } from 'd3'
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import worldUrl from 'world-atlas/countries-110m.json?url'
import { COUNTRIES } from '../lib/countries'
import { mass, plural } from '../lib/format'
import { useSize } from '../lib/hooks'
import { Icon } from './icons'

export type Spot = { name: string; country?: string; precision?: string; lon: number; lat: number; events: number; cooperation: number; conflict: number }
export type Box = [number, number, number, number]

type World = FeatureCollection<Geometry, { name: string }>
let world: Promise<World> | null = null
const loadWorld = () => world ??= fetch(worldUrl).then((r) => r.json()).then((t: Topology) => feature(t, t.objects.countries) as unknown as World)

const centres = new Map<string, [number, number]>()
let outlines: Map<string, Feature<Geometry, { name: string }>> | null = null

/** The world, once it is here. */
export function useWorld(): World | undefined {
  const [data, setData] = useState<World>()
  useEffect(() => { void loadWorld().then((w) => { outlines ??= new Map(w.features.map((f) => [String(f.id), f])); setData(w) }).catch(() => { world = null }) }, [])
  return data
}

/** The middle of a country (ISO alpha-3), when its outline is known. */
export function centre(country?: string): [number, number] | null {
  if (!country || !outlines) return null
  const known = centres.get(country)
  if (known) return known
  const f = outlines.get(COUNTRIES[country]?.[0] ?? '')
  if (!f) return null
  const c = geoCentroid(f) as [number, number]
  centres.set(country, c)
  return c
}

function fitted(spots: Spot[], width: number, height: number, whole: boolean): GeoProjection {
  const projection = geoEqualEarth()
  if (whole || !spots.length) return projection.fitExtent([[6, 6], [width - 6, height - 6]], { type: 'Sphere' })
  const lons = spots.map((s) => s.lon), lats = spots.map((s) => s.lat)
  const cx = (Math.min(...lons) + Math.max(...lons)) / 2, dx = Math.max(9, (Math.max(...lons) - Math.min(...lons)) / 2 + 3)
  const cy = (Math.min(...lats) + Math.max(...lats)) / 2, dy = Math.max(6, (Math.max(...lats) - Math.min(...lats)) / 2 + 2)
  if (dx > 120) return projection.fitExtent([[6, 6], [width - 6, height - 6]], { type: 'Sphere' })
  projection.rotate([-cx, 0])
  const points = { type: 'MultiPoint' as const, coordinates: [[cx - dx, cy - dy], [cx + dx, cy - dy], [cx - dx, cy + dy], [cx + dx, cy + dy]].map(([x, y]) => [x, Math.max(-85, Math.min(85, y))]) }
  return projection.fitExtent([[18, 18], [width - 18, height - 18]], points)
}

/** Conflict on the left, cooperation on the right, areas as the masses. */
function halves(spot: Spot, most: number): { conf: string; coop: string; r: number } {
  const r = (v: number) => v > 0 ? 3 + 13 * Math.sqrt(v / most) : 0
  const a = r(spot.conflict), b = r(spot.cooperation)
  return { conf: a ? `M0 ${-a}A${a} ${a} 0 0 0 0 ${a}Z` : '', coop: b ? `M0 ${-b}A${b} ${b} 0 0 1 0 ${b}Z` : '', r: Math.max(a, b, 3) }
}

export function WorldMap({ spots, box, onBox, onSpot, onCountry, onLit, lit, country }:
  { spots: Spot[]; box: Box | null; onBox: (box: Box | null) => void; onSpot: (spot: Spot) => void; onCountry: (iso3: string) => void; onLit?: (name: string | null) => void; lit?: string | null; country?: string }) {
  const data = useWorld()
  const [holder, size] = useSize<HTMLDivElement>()
  const svg = useRef<SVGSVGElement>(null)
  const [whole, setWhole] = useState(false)
  const [drag, setDrag] = useState<[number, number, number, number] | null>(null)
  const w = Math.max(10, size.width), h = Math.max(10, size.height)
  const projection = useMemo(() => fitted(spots, w, h, whole), [spots, w, h, whole])
  const path = useMemo(() => geoPath(projection), [projection])
  const land = useMemo(() => data?.features.map((f) => ({ f, d: path(f) ?? '' })) ?? [], [data, path])
  const iso = useMemo(() => new Map(Object.entries(COUNTRIES).map(([a3, [n]]) => [n, a3])), [])
  const most = Math.max(1, ...spots.map((s) => Math.max(s.cooperation, s.conflict)))
  const told = new Set(spots.filter((s) => s.precision === 'country').map((s) => COUNTRIES[s.country ?? '']?.[0]))
  const start = (e: PointerEvent) => {
    if (e.button) return
    const r = svg.current!.getBoundingClientRect(), x0 = e.clientX - r.left, y0 = e.clientY - r.top
    let now: [number, number, number, number] | null = null
    const move = (m: PointerEvent) => {
      const x = m.clientX - r.left, y = m.clientY - r.top
      if (!now && Math.hypot(x - x0, y - y0) < 5) return
      now = [Math.min(x0, x), Math.min(y0, y), Math.max(x0, x), Math.max(y0, y)]
      setDrag(now)
    }
    const up = () => {
      removeEventListener('pointermove', move); removeEventListener('pointerup', up)
      setDrag(null)
      if (!now) return
      const corners = [[now[0], now[1]], [now[2], now[1]], [now[0], now[3]], [now[2], now[3]]].map((c) => projection.invert!(c as [number, number])).filter((c): c is [number, number] => Boolean(c))
      if (corners.length < 2) return
      const lon = corners.map((c) => c[0]), lat = corners.map((c) => c[1])
      onBox([Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)].map((v) => +v.toFixed(2)) as Box)
    }
    addEventListener('pointermove', move); addEventListener('pointerup', up)
  }
  const corner = box && [projection([box[0], box[3]]), projection([box[2], box[1]])]
  return (
    <div class="map" ref={holder}>
      <svg ref={svg} width={w} height={h} role="group" aria-label={`Map of ${plural(spots.length, 'place')}`} onPointerDown={start}>
        {land.map(({ f, d }) => {
          const a3 = iso.get(String(f.id))
          return <path key={`${f.id}${f.properties.name}`} class={`land${told.has(String(f.id)) ? ' is-told' : ''}${a3 && a3 === country ? ' is-chosen' : ''}`} d={d} onDblClick={() => a3 && onCountry(a3)}><title>{f.properties.name}</title></path>
        })}
        {spots.map((s) => {
          const at = projection([s.lon, s.lat])
          if (!at) return null
          const g = halves(s, most)
          return (
            <g key={`${s.name}${s.lat}${s.lon}`} class={`spot is-${s.precision ?? 'city'}${lit === s.name ? ' is-lit' : ''}`} transform={`translate(${at[0]} ${at[1]})`} tabindex={0} role="button"
              aria-label={`${s.name}, told as a ${s.precision ?? 'place'}: ${plural(s.events, 'event')}, cooperation ${mass(s.cooperation)}, conflict ${mass(s.conflict)}`}
              onMouseEnter={() => onLit?.(s.name)} onMouseLeave={() => onLit?.(null)} onFocus={() => onLit?.(s.name)} onBlur={() => onLit?.(null)} onPointerDown={(e) => e.stopPropagation()} onClick={() => onSpot(s)} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); onSpot(s) } }}>
              <title>{`${s.name} (${s.precision ?? 'place'}): ${plural(s.events, 'event')}`}</title>
              <circle class="spot-ring" r={g.r + (s.precision === 'site' ? 1 : s.precision === 'city' ? 3 : s.precision === 'admin1' ? 8 : 5)} />
              <path class="fill-conf" d={g.conf} /><path class="fill-coop" d={g.coop} />
              {!g.conf && !g.coop && <circle class="spot-none" r={3} />}
            </g>
          )
        })}
        {(drag || corner) && <rect class="window" x={drag ? drag[0] : corner![0]![0]} y={drag ? drag[1] : corner![0]![1]} width={Math.max(1, drag ? drag[2] - drag[0] : corner![1]![0] - corner![0]![0])} height={Math.max(1, drag ? drag[3] - drag[1] : corner![1]![1] - corner![0]![1])} pointer-events="none" />}
        {labelled(spots, projection, w, h).map((l) => <text key={l.name} class="label map-label" x={l.x} y={l.y} text-anchor={l.end ? 'end' : 'start'}>{l.name}</text>)}
      </svg>
      <div class="zoom map-zoom">
        <button type="button" class="mini" onClick={() => setWhole(!whole)} aria-pressed={whole}><Icon name="fit" size={15} />{whole ? 'To the places' : 'Whole world'}</button>
        {box && <button type="button" class="mini" onClick={() => onBox(null)}><Icon name="close" size={13} />Clear the area</button>}
      </div>
    </div>
  )
}

function labelled(spots: Spot[], projection: GeoProjection, w: number, h: number) {
  const out: { name: string; x: number; y: number; end: boolean }[] = []
  for (const s of [...spots].sort((a, b) => b.events - a.events)) {
    const at = projection([s.lon, s.lat])
    if (!at || at[0] < 0 || at[1] < 0 || at[0] > w || at[1] > h) continue
    const end = at[0] > w - 110, x = at[0] + (end ? -13 : 13), y = at[1] + 4
    if (out.some((o) => Math.abs(o.y - y) < 13 && Math.abs(o.x - x) < 92)) continue
    out.push({ name: s.name, x, y, end })
    if (out.length >= 24) break
  }
  return out
}

// A strip of time: cooperation above the line, conflict below it, period by period, and a window that can be dragged, stretched or moved by keys.
import { scaleLinear } from 'd3'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { GetTimeline } from '../api/types'
import { day, days, isoOf, mass, number } from '../lib/format'
import { useSize } from '../lib/hooks'
import { ticks } from '../lib/ticks'

export type Period = NonNullable<GetTimeline['items']>[number]
const LEFT = 12, RIGHT = 12

export const begins = (period: string) => days(period)!
export const ends = (period: string) => days(period, true)!

/** Periods of about a hundred or two from the first day to the last. */
export function stepFor(first?: string, last?: string): 'day' | 'week' | 'month' | 'year' {
  const span = first && last ? (days(last)! - days(first)!) : 0
  return span > 365 * 14 ? 'year' : span > 365 ? 'month' : span > 90 ? 'week' : 'day'
}

export function TimeStrip({ items, by, from, to, onChange, height = 74, label = 'Period' }:
  { items: Period[]; by: string; from?: string; to?: string; onChange: (from: string | null, to: string | null) => void; height?: number; label?: string }) {
  const [box, size] = useSize<HTMLDivElement>()
  const svg = useRef<SVGSVGElement>(null)
  const first = items.length ? begins(items[0].period!) : 0, last = items.length ? Math.max(ends(items.at(-1)!.period!), first + 1) + (by === 'week' ? 6 : 0) : 1
  const x = scaleLinear([first, last + 1], [LEFT, Math.max(LEFT + 1, size.width - RIGHT)])
  const most = Math.max(1, ...items.map((i) => Math.max(i.cooperation ?? 0, i.conflict ?? 0)))
  const mid = (height - 18) / 2, y = (v: number) => Math.sqrt(v / most) * (mid - 3)
  const given: [number, number] = [from ? days(from)! : first, to ? days(to, true)! : last]
  const [drag, setDrag] = useState<[number, number] | null>(null)
  const [a, b] = drag ?? given
  const whole = a <= first && b >= last
  const latest = useRef(drag); latest.current = drag
  const commit = (w: [number, number]) => {
    setDrag(null)
    const [lo, hi] = w[0] <= w[1] ? w : [w[1], w[0]]
    if (lo <= first && hi >= last) onChange(null, null)
    else onChange(isoOf(Math.max(lo, first)), isoOf(Math.min(hi, last)))
  }
  const dayAt = (e: PointerEvent) => Math.round(Math.max(first, Math.min(last, x.invert(e.clientX - svg.current!.getBoundingClientRect().left))))
  const start = (mode: 'new' | 'a' | 'b' | 'move') => (e: PointerEvent) => {
    e.preventDefault(); e.stopPropagation()
    const origin = dayAt(e), was: [number, number] = [a, b]
    let moved = false
    const move = (m: PointerEvent) => {
      const at = dayAt(m)
      moved ||= Math.abs(at - origin) > 0
      if (mode === 'new') setDrag([Math.min(origin, at), Math.max(origin, at)])
      else if (mode === 'a') setDrag([Math.min(at, was[1]), was[1]])
      else if (mode === 'b') setDrag([was[0], Math.max(at, was[0])])
      else { const by_ = Math.max(first - was[0], Math.min(last - was[1], at - origin)); setDrag([was[0] + by_, was[1] + by_]) }
    }
    const up = () => {
      removeEventListener('pointermove', move); removeEventListener('pointerup', up)
      if (!moved && (mode === 'new' || mode === 'move')) { const p = items.find((i) => begins(i.period!) <= origin && ends(i.period!) + (by === 'week' ? 6 : 0) >= origin); commit(mode === 'new' && p ? [begins(p.period!), ends(p.period!) + (by === 'week' ? 6 : 0)] : was) } else if (latest.current) commit(latest.current)
    }
    addEventListener('pointermove', move); addEventListener('pointerup', up)
  }
  const step = by === 'year' ? 365 : by === 'month' ? 30 : by === 'week' ? 7 : 1
  const key = (side: 'a' | 'b') => (e: KeyboardEvent) => {
    const by_ = e.key === 'ArrowLeft' || e.key === 'ArrowDown' ? -step : e.key === 'ArrowRight' || e.key === 'ArrowUp' ? step : e.key === 'PageUp' ? 6 * step : e.key === 'PageDown' ? -6 * step : 0
    if (e.key === 'Home' || e.key === 'End' || by_) e.preventDefault()
    if (e.key === 'Home') commit(side === 'a' ? [first, b] : [a, a])
    else if (e.key === 'End') commit(side === 'b' ? [a, last] : [b, b])
    else if (by_) commit(side === 'a' ? [Math.max(first, Math.min(a + by_, b)), b] : [a, Math.min(last, Math.max(b + by_, a))])
  }
  useEffect(() => setDrag(null), [from, to])
  return (
    <div class="strip-time" ref={box}>
      {size.width > 0 && (
        <svg ref={svg} width={size.width} height={height} aria-label={`${label}: ${whole ? 'all' : `${isoOf(a)} to ${isoOf(b)}`}`} onPointerDown={start('new')}>
          {items.map((i) => {
            const x0 = x(begins(i.period!)), w = Math.max(1, x(ends(i.period!) + 1 + (by === 'week' ? 6 : 0)) - x0 - (by === 'day' ? 0.5 : 1))
            const inside = ends(i.period!) >= a && begins(i.period!) <= b
            return (i.cooperation || i.conflict) ? (
              <g key={i.period} class={inside ? '' : 'is-out'}>
                <title>{`${day(i.period!)}: ${number(i.events ?? 0)} events, cooperation ${mass(i.cooperation ?? 0)}, conflict ${mass(i.conflict ?? 0)}`}</title>
                <rect class="fill-coop" x={x0} width={w} y={mid - y(i.cooperation ?? 0)} height={y(i.cooperation ?? 0)} />
                <rect class="fill-conf" x={x0} width={w} y={mid + 1} height={y(i.conflict ?? 0)} />
              </g>
            ) : null
          })}
          <line class="axis" x1={LEFT} x2={size.width - RIGHT} y1={mid + 0.5} y2={mid + 0.5} />
          {ticks(first, last, size.width / 135).filter((t) => x(t.at) < size.width - 48).map((t) => <text key={t.at} class="tick" x={x(t.at)} y={height - 4}>{t.text}</text>)}
          <rect class={`window${whole ? ' is-whole' : ''}`} x={x(a)} width={Math.max(2, x(b + 1) - x(a))} y={0.5} height={height - 18} rx={3} onPointerDown={whole ? start('new') : start('move')} />
          {(['a', 'b'] as const).map((side) => (
            <rect key={side} class="handle" x={x(side === 'a' ? a : b + 1) - 4} y={mid - 13} width={8} height={26} rx={3} tabindex={0} role="slider" aria-label={side === 'a' ? `${label} from` : `${label} to`}
              aria-valuemin={first} aria-valuemax={last} aria-valuenow={side === 'a' ? a : b} aria-valuetext={day(isoOf(side === 'a' ? a : b))} onPointerDown={start(side)} onKeyDown={key(side)} />
          ))}
        </svg>
      )}
    </div>
  )
}

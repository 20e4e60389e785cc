// Ticks where a calendar has them: years, months or days, as many as there is room for.
import { scaleUtc } from 'd3'
import { day } from './format'

export type Tick = { at: number; text: string }

/** Ticks between two days (since 1970), about `count` of them. */
export function ticks(first: number, last: number, count: number): Tick[] {
  const step = (last - first) / Math.max(1, count)
  return scaleUtc([new Date(first * 864e5), new Date(last * 864e5)], [0, 1]).ticks(Math.max(2, count)).filter((d) => d.getUTCHours() === 0).map((d) => {
    const iso = d.toISOString().slice(0, 10)
    return { at: Math.round(d.getTime() / 864e5), text: day(step > 200 ? iso.slice(0, 4) : step > 20 ? iso.slice(0, 7) : iso) }
  }).filter((t, i, all) => i === 0 || t.text !== all[i - 1].text)
}

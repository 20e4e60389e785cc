// Cooperation and conflict are never one number: two bars from a shared middle.
import { mass } from '../lib/format'

export function Signs({ cooperation = 0, conflict = 0, max = 10, width = 72 }: { cooperation?: number; conflict?: number; max?: number; width?: number }) {
  const half = width / 2, scale = (v: number) => Math.max(v > 0 ? 2 : 0, Math.min(1, v / (max || 1)) * (half - 1))
  return (
    <svg class="signs" width={width} height={10} role="img" aria-label={`cooperation ${mass(cooperation)}, conflict ${mass(conflict)}`}>
      <title>{`cooperation ${mass(cooperation)} · conflict ${mass(conflict)}`}</title>
      <rect class="fill-conf" x={half - 1 - scale(conflict)} y={2} width={scale(conflict)} height={6} rx={1} />
      <rect class="fill-coop" x={half + 1} y={2} width={scale(cooperation)} height={6} rx={1} />
      <line class="axis" x1={half} x2={half} y1={0} y2={10} />
    </svg>
  )
}

/** Likelihood as the interval it is. */
export function Range({ low, high, width = 48 }: { low: number; high: number; width?: number }) {
  return (
    <svg class="range" width={width} height={8} role="img" aria-label={`${Math.round(low * 100)} to ${Math.round(high * 100)} percent`}>
      <rect class="range-all" x={0} y={3} width={width} height={2} rx={1} />
      <rect class="range-part" x={low * width} y={1.5} width={Math.max(2, (high - low) * width)} height={5} rx={2} />
    </svg>
  )
}

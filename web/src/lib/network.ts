// The signed network as a picture: force layout, painted on one canvas. A canvas and not WebGL, since it must be drawn on machines without a
// graphics card, dashed where disputed, and saved as SVG from the same geometry.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, quadtree, type Quadtree, type Simulation } from 'd3'
import type { GetNetwork } from '../api/types'

export type NodeIn = NonNullable<GetNetwork['nodes']>[number]
export type EdgeIn = NonNullable<GetNetwork['edges']>[number]
type Node = { in: NodeIn; id: string; x: number; y: number; vx: number; vy: number; r: number; rank: number; index?: number }
type Edge = { in: EdgeIn; source: Node; target: Node; coop: number; conf: number; dashed: boolean }
export type Hit = { node: NodeIn } | { edge: EdgeIn } | null
export type Colours = { paper: string; card: string; ink: string; faint: string; line: string; coop: string; conf: string; sans: string; focus: string }

const SETTLE_AT_ONCE = 160      // so many actors are laid out before the first picture; more settle while one looks
const STRAIGHT_FROM = 900       // so many ties are drawn as straight lines
const WIDTHS = [0.8, 1.4, 2.3, 3.6, 5.4]

const width = (mass: number, most: number) => WIDTHS[Math.min(WIDTHS.length - 1, Math.floor(Math.sqrt(mass / most) * WIDTHS.length))]

/** Two lines side by side where a pair both cooperates and fights: cooperation to the left of the way from source to target. */
function line(e: Edge, shift: number, bend: number): [number, number, number, number, number, number] {
  const dx = e.target.x - e.source.x, dy = e.target.y - e.source.y, d = Math.hypot(dx, dy) || 1
  const nx = -dy / d, ny = dx / d
  const x1 = e.source.x + nx * shift, y1 = e.source.y + ny * shift, x2 = e.target.x + nx * shift, y2 = e.target.y + ny * shift
  return [x1, y1, (x1 + x2) / 2 + nx * bend * d, (y1 + y2) / 2 + ny * bend * d, x2, y2]
}

/** The ties worth drawing where all would be a ball of wool: three for each actor, the strongest first, and each actor's own strongest. */
export function strongest(edges: EdgeIn[], actors: number): EdgeIn[] {
  const most = 3 * actors + 20
  if (edges.length <= most) return edges
  const order = [...edges].sort((a, b) => (b.cooperation ?? 0) + (b.conflict ?? 0) - (a.cooperation ?? 0) - (a.conflict ?? 0))
  const kept = new Set<EdgeIn>(), tied = new Set<string>()
  for (const e of order) if (!tied.has(e.source!) || !tied.has(e.target!)) { kept.add(e); tied.add(e.source!).add(e.target!) }
  for (const e of order) { if (kept.size >= most) break; kept.add(e) }
  return order.filter((e) => kept.has(e))
}

export class Network {
  nodes: Node[] = []
  edges: Edge[] = []
  private places = new Map<string, { x: number; y: number }>()
  private simulation: Simulation<Node, undefined> | null = null
  private tree: Quadtree<Node> | null = null
  private by = new Map<string, Edge[]>()
  private most = 1
  private frame = 0
  private fitted = false
  view = { x: 0, y: 0, k: 1 }
  size = { width: 800, height: 600 }
  hover: Hit = null
  chosen: string | null = null
  private ctx: CanvasRenderingContext2D

  constructor(private canvas: HTMLCanvasElement, private colours: () => Colours) { this.ctx = canvas.getContext('2d', { alpha: false })! }

  set(nodes: NodeIn[], edges: EdgeIn[]) {
    for (const n of this.nodes) this.places.set(n.id, { x: n.x, y: n.y })
    const most = Math.max(1, ...nodes.map((n) => n.events ?? 0)), fresh = this.places.size === 0
    const spread = 26 + 9 * Math.sqrt(nodes.length)
    this.nodes = nodes.map((n, i) => {
      const was = this.places.get(n.id!), angle = i * 2.399963
      return { in: n, id: n.id!, rank: i, x: was?.x ?? Math.cos(angle) * spread * Math.sqrt(i + 0.5), y: was?.y ?? Math.sin(angle) * spread * Math.sqrt(i + 0.5), vx: 0, vy: 0,
        r: (nodes.length > 200 ? 2.5 : 4) + (nodes.length > 200 ? 14 : 20) * Math.sqrt((n.events ?? 0) / most) }
    })
    const at = new Map(this.nodes.map((n) => [n.id, n]))
    this.edges = edges.flatMap((e) => {
      const source = at.get(e.source!), target = at.get(e.target!)
      return source && target && source !== target ? [{ in: e, source, target, coop: e.cooperation ?? 0, conf: e.conflict ?? 0, dashed: (e.disputed ?? 0) > 0 }] : []
    })
    this.most = Math.max(1, ...this.edges.map((e) => Math.max(e.coop, e.conf)))
    this.by = new Map()
    for (const e of this.edges) for (const n of [e.source, e.target]) this.by.set(n.id, [...this.by.get(n.id) ?? [], e])
    this.layout(fresh || nodes.some((n) => !this.places.has(n.id!)))
  }

  /** Cooperation draws together, conflict keeps at arm's length; who is in both camps' way stands between. */
  private layout(unsettled: boolean) {
    this.simulation?.stop()
    const many = this.nodes.length > SETTLE_AT_ONCE
    this.simulation = forceSimulation(this.nodes)
      .force('link', forceLink<Node, Edge>(this.edges).distance((e) => (many ? 46 : 84) + 110 * (e.conf / (e.coop + e.conf || 1))).strength((e) => (many ? 0.1 : 0.22) / Math.sqrt(Math.min(this.by.get(e.source.id)!.length, this.by.get(e.target.id)!.length))))
      .force('charge', forceManyBody<Node>().strength(many ? -70 : -420).theta(1).distanceMax(many ? 420 : 700))
      .force('x', forceX<Node>(0).strength(many ? 0.07 : 0.05)).force('y', forceY<Node>(0).strength(many ? 0.1 : 0.085))
      .force('collide', forceCollide<Node>((n) => n.r + (many ? 2 : 9)).iterations(1)).stop()
    // Few actors settle before the first picture, in as many steps as a tenth of a second allows; many go on while one looks.
    const steps = unsettled ? (many ? 24 : Math.min(260, Math.round(11000 / this.nodes.length))) : many ? 4 : 40
    this.simulation.alpha(unsettled ? 1 : 0.15).alphaDecay(many ? 0.0228 : 1 - 0.002 ** (1 / steps)).tick(steps)
    this.simulation.alpha(many && unsettled ? 0.55 : 0).alphaDecay(0.03)
    this.tree = null
    if (!this.fitted && this.nodes.length) this.fit()
    this.redraw()
  }

  resize(w: number, h: number) {
    const ratio = Math.min(2, devicePixelRatio || 1)
    this.size = { width: w, height: h }
    this.canvas.width = Math.round(w * ratio)
    this.canvas.height = Math.round(h * ratio)
    this.fitted = false
    if (this.nodes.length) this.fit()
    this.redraw()
  }

  fit() {
    if (!this.nodes.length || this.size.width < 10) return
    const pad = 56
    const xs = this.nodes.map((n) => n.x), ys = this.nodes.map((n) => n.y)
    const x0 = Math.min(...xs), x1 = Math.max(...xs), y0 = Math.min(...ys), y1 = Math.max(...ys)
    const k = Math.min(1.6, (this.size.width - 2 * pad) / (x1 - x0 || 1), (this.size.height - 2 * pad) / (y1 - y0 || 1))
    this.view = { k, x: this.size.width / 2 - k * (x0 + x1) / 2, y: this.size.height / 2 - k * (y0 + y1) / 2 }
    this.fitted = true
    this.redraw()
  }
  zoom(factor: number, x = this.size.width / 2, y = this.size.height / 2) {
    const k = Math.max(0.08, Math.min(6, this.view.k * factor)), f = k / this.view.k
    this.view = { k, x: x - (x - this.view.x) * f, y: y - (y - this.view.y) * f }
    this.redraw()
  }
  pan(dx: number, dy: number) { this.view.x += dx; this.view.y += dy; this.redraw() }

  redraw() {
    if (this.frame) return
    this.frame = requestAnimationFrame(() => {
      this.frame = 0
      const moving = (this.simulation?.alpha() ?? 0) > 0.02
      if (moving) { this.simulation!.tick(); this.tree = null; if (!this.touched) { this.fitted = false; this.fitQuietly() } }
      this.paint()
      if (moving) this.redraw()
    })
  }
  touched = false
  private fitQuietly() { const f = this.frame; this.frame = -1; this.fit(); this.frame = f }
  stop() { cancelAnimationFrame(this.frame); this.simulation?.stop() }

  at(x: number, y: number): Hit {
    const px = (x - this.view.x) / this.view.k, py = (y - this.view.y) / this.view.k
    this.tree ??= quadtree(this.nodes, (n) => n.x, (n) => n.y)
    const near = this.tree.find(px, py, 40 / this.view.k)
    if (near && Math.hypot(near.x - px, near.y - py) <= near.r + 5 / this.view.k) return { node: near.in }
    let best: Edge | null = null, least = 7 / this.view.k
    for (const e of this.edges) {
      const d = distance(px, py, e.source, e.target)
      if (d < least) { least = d; best = e }
    }
    return best ? { edge: best.in } : null
  }

  private lit(): Set<Edge> | null {
    const id = this.hover && 'node' in this.hover ? this.hover.node.id : this.chosen
    if (this.hover && 'edge' in this.hover) { const h = this.hover.edge; return new Set(this.edges.filter((e) => e.in === h)) }
    return id && this.by.has(id) ? new Set(this.by.get(id)) : null
  }

  paint() {
    const { ctx } = this, c = this.colours(), ratio = this.canvas.width / this.size.width
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.fillStyle = c.paper
    ctx.fillRect(0, 0, this.canvas.width, this.canvas.height)
    ctx.setTransform(ratio * this.view.k, 0, 0, ratio * this.view.k, ratio * this.view.x, ratio * this.view.y)
    const lit = this.lit()
    this.paintEdges(c, lit ? this.edges.filter((e) => !lit.has(e)) : this.edges, lit ? 0.1 : this.edges.length > 2 * STRAIGHT_FROM ? 0.3 : this.edges.length > STRAIGHT_FROM ? 0.42 : 0.72)
    if (lit) this.paintEdges(c, [...lit], 0.95)
    this.paintNodes(c, lit)
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.paintLabels(c, lit)
  }

  private paintEdges(c: Colours, edges: Edge[], alpha: number) {
    const { ctx } = this, straight = edges.length > STRAIGHT_FROM
    const batches = new Map<string, { colour: string; width: number; dashed: boolean; path: Path2D }>()
    for (const e of edges) {
      const both = e.coop > 0 && e.conf > 0
      for (const sign of ['coop', 'conf'] as const) {
        if (!e[sign] && !(sign === 'coop' && !e.conf)) continue
        const none = !e.coop && !e.conf, w = none ? WIDTHS[0] : width(e[sign], this.most)
        const key = `${none ? 'none' : sign}${w}${e.dashed}`
        let batch = batches.get(key)
        if (!batch) batches.set(key, batch = { colour: none ? c.faint : c[sign], width: w, dashed: e.dashed, path: new Path2D() })
        const shift = both ? (sign === 'coop' ? -1 : 1) * (w / 2 + 0.9) : 0
        const [x1, y1, cx, cy, x2, y2] = line(e, shift, straight ? 0 : 0.06)
        batch.path.moveTo(x1, y1)
        if (straight) batch.path.lineTo(x2, y2)
        else batch.path.quadraticCurveTo(cx, cy, x2, y2)
      }
    }
    ctx.globalAlpha = alpha
    for (const b of batches.values()) {
      ctx.strokeStyle = b.colour
      ctx.lineWidth = b.width / Math.max(0.55, Math.min(1, this.view.k))
      ctx.setLineDash(b.dashed ? [6, 5] : [])
      ctx.stroke(b.path)
    }
    ctx.setLineDash([])
    ctx.globalAlpha = 1
  }

  private paintNodes(c: Colours, lit: Set<Edge> | null) {
    const { ctx } = this
    const near = lit ? new Set([...lit].flatMap((e) => [e.source, e.target])) : null
    for (const n of this.nodes) {
      ctx.globalAlpha = near && !near.has(n) ? 0.28 : 1
      const coop = n.in.cooperation ?? 0, conf = n.in.conflict ?? 0, share = coop / (coop + conf || 1)
      ctx.beginPath(); ctx.arc(n.x, n.y, n.r + 1.5, 0, 2 * Math.PI); ctx.fillStyle = c.paper; ctx.fill()
      if (coop + conf === 0) { ctx.beginPath(); ctx.arc(n.x, n.y, n.r, 0, 2 * Math.PI); ctx.fillStyle = c.faint; ctx.fill() }
      else {
        const top = -Math.PI / 2, turn = 2 * Math.PI * share
        if (share > 0) { ctx.beginPath(); ctx.moveTo(n.x, n.y); ctx.arc(n.x, n.y, n.r, top - turn, top); ctx.closePath(); ctx.fillStyle = c.coop; ctx.fill() }
        if (share < 1) { ctx.beginPath(); ctx.moveTo(n.x, n.y); ctx.arc(n.x, n.y, n.r, top, top + 2 * Math.PI - turn); ctx.closePath(); ctx.fillStyle = c.conf; ctx.fill() }
        if (n.r > 6) { ctx.beginPath(); ctx.arc(n.x, n.y, n.r * 0.62, 0, 2 * Math.PI); ctx.fillStyle = c.card; ctx.fill() }
      }
      if (n.id === this.chosen) { ctx.beginPath(); ctx.arc(n.x, n.y, n.r + 4, 0, 2 * Math.PI); ctx.strokeStyle = c.focus; ctx.lineWidth = 2; ctx.stroke() }
    }
    ctx.globalAlpha = 1
  }

  /** Names where there is room, the biggest first; near what is looked at always. */
  labels(lit: Set<Edge> | null = null): { node: Node; x: number; y: number; text: string; strong: boolean }[] {
    const near = lit ? new Set([...lit].flatMap((e) => [e.source, e.target])) : null
    const order = near ? [...near].sort((a, b) => a.rank - b.rank) : this.nodes
    const taken: [number, number, number, number][] = [], out = []
    const limit = near ? 40 : Math.round((this.size.width * this.size.height) / 14000)
    for (const n of order) {
      if (out.length >= limit) break
      const text = n.in.name!.length > 30 ? `${n.in.name!.slice(0, 28)}…` : n.in.name!
      const x = n.x * this.view.k + this.view.x, y = n.y * this.view.k + this.view.y + n.r * this.view.k + 12
      const w = text.length * 3.4, box: [number, number, number, number] = [x - w, y - 11, x + w, y + 4]
      if (x < -40 || y < -20 || x > this.size.width + 40 || y > this.size.height + 20) continue
      if (taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) continue
      taken.push(box)
      out.push({ node: n, x, y, text, strong: n.rank < 6 || n.id === this.chosen })
    }
    return out
  }
  private paintLabels(c: Colours, lit: Set<Edge> | null) {
    const { ctx } = this
    ctx.textAlign = 'center'
    ctx.lineJoin = 'round'
    ctx.lineWidth = 3.5
    ctx.strokeStyle = c.paper
    for (const l of this.labels(lit)) {
      ctx.font = `${l.strong ? 600 : 500} ${l.strong ? 12.5 : 11.5}px ${c.sans}`
      ctx.strokeText(l.text, l.x, l.y)
      ctx.fillStyle = l.strong ? c.ink : c.faint
      ctx.fillText(l.text, l.x, l.y)
    }
  }

  /** The same picture as a file of lines and circles. */
  svg(): string {
    const c = this.colours(), { x, y, k } = this.view, esc = (t: string) => t.replace(/[&<>"]/g, (ch) => `&#${ch.charCodeAt(0)};`)
    const out = [`<svg xmlns="http://www.w3.org/2000/svg" width="${this.size.width}" height="${this.size.height}" font-family="sans-serif"><rect width="100%" height="100%" fill="${c.paper}"/><g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${k.toFixed(4)})">`]
    for (const e of this.edges) for (const sign of ['coop', 'conf'] as const) {
      if (!e[sign]) continue
      const w = width(e[sign], this.most), [x1, y1, cx, cy, x2, y2] = line(e, e.coop > 0 && e.conf > 0 ? (sign === 'coop' ? -1 : 1) * (w / 2 + 0.9) : 0, 0.06)
      out.push(`<path d="M${x1.toFixed(1)} ${y1.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}" fill="none" stroke="${c[sign]}" stroke-width="${w}" stroke-opacity=".72"${e.dashed ? ' stroke-dasharray="6 5"' : ''}><title>${esc(`${e.source.in.name} – ${e.target.in.name}`)}</title></path>`)
    }
    for (const n of this.nodes) {
      const coop = n.in.cooperation ?? 0, conf = n.in.conflict ?? 0
      out.push(`<circle cx="${n.x.toFixed(1)}" cy="${n.y.toFixed(1)}" r="${n.r.toFixed(1)}" fill="${coop + conf === 0 ? c.faint : coop >= conf ? c.coop : c.conf}"><title>${esc(n.in.name!)}</title></circle>`)
    }
    out.push('</g>')
    for (const l of this.labels()) out.push(`<text x="${l.x.toFixed(1)}" y="${l.y.toFixed(1)}" text-anchor="middle" font-size="${l.strong ? 12.5 : 11.5}" fill="${c.ink}">${esc(l.text)}</text>`)
    return out.join('\n') + '</svg>\n'
  }
}

function distance(px: number, py: number, a: Node, b: Node): number {
  const dx = b.x - a.x, dy = b.y - a.y, t = Math.max(0, Math.min(1, ((px - a.x) * dx + (py - a.y) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(px - a.x - t * dx, py - a.y - t * dy)
}

// Pictures of what is drawn: an <svg> on the page becomes a file of its own (styles written into it) or, painted on a canvas shape by shape,
// a PNG. No image is loaded on the way, since the page's Content-Security-Policy allows none that is not the server's.
import { save } from './save'

const KEPT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'opacity', 'font-family',
  'font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'display', 'visibility', 'paint-order', 'stroke-linejoin', 'stop-color', 'stop-opacity'] as const

const background = () => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() || '#fff'

export function svgText(svg: SVGSVGElement): string {
  const box = svg.getBoundingClientRect()
  const copy = svg.cloneNode(true) as SVGSVGElement
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')], to = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  from.forEach((el, i) => {
    const style = getComputedStyle(el)
    for (const name of KEPT) to[i].setAttribute(name, style.getPropertyValue(name))
    for (const name of ['class', 'style', 'tabindex', 'role']) to[i].removeAttribute(name)
  })
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(box.width))
  copy.setAttribute('height', String(box.height))
  if (!copy.getAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${box.width} ${box.height}`)
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  paper.setAttribute('width', '100%'); paper.setAttribute('height', '100%'); paper.setAttribute('fill', background())
  copy.prepend(paper)
  return new XMLSerializer().serializeToString(copy)
}

export const saveSvg = (name: string, svg: SVGSVGElement | string) =>
  save(`${name}.svg`, new Blob([typeof svg === 'string' ? svg : svgText(svg)], { type: 'image/svg+xml' }))

export const saveCanvas = (name: string, canvas: HTMLCanvasElement) =>
  canvas.toBlob((blob) => { if (blob) save(`${name}.png`, blob) }, 'image/png')

const num = (el: Element, name: string) => Number(el.getAttribute(name)) || 0

function outline(el: SVGElement): Path2D | null {
  const path = new Path2D()
  switch (el.tagName) {
    case 'path': return new Path2D(el.getAttribute('d') ?? '')
    case 'rect': path.roundRect(num(el, 'x'), num(el, 'y'), num(el, 'width'), num(el, 'height'), num(el, 'rx')); return path
    case 'circle': path.arc(num(el, 'cx'), num(el, 'cy'), num(el, 'r'), 0, 2 * Math.PI); return path
    case 'line': path.moveTo(num(el, 'x1'), num(el, 'y1')); path.lineTo(num(el, 'x2'), num(el, 'y2')); return path
    default: return null
  }
}

function paintText(ctx: CanvasRenderingContext2D, el: SVGElement, style: CSSStyleDeclaration) {
  ctx.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  ctx.textAlign = style.textAnchor === 'middle' ? 'center' : style.textAnchor === 'end' ? 'right' : 'left'
  ctx.textBaseline = style.dominantBaseline === 'central' || style.dominantBaseline === 'middle' ? 'middle' : 'alphabetic'
  ctx.fillText(el.textContent ?? '', num(el, 'x') + num(el, 'dx'), num(el, 'y') + num(el, 'dy'))
}

/** A fill as the canvas wants it; a gradient runs from the shape's left to its right. */
function fillOf(ctx: CanvasRenderingContext2D, el: SVGGraphicsElement, fill: string): string | CanvasGradient {
  const id = /^url\("?#(.+?)"?\)/.exec(fill)?.[1]
  const from = id && el.ownerSVGElement?.querySelector(`[id="${CSS.escape(id)}"]`)
  if (!from) return fill
  const box = el.getBBox(), gradient = ctx.createLinearGradient(box.x, 0, box.x + box.width, 0)
  for (const stop of from.children) {
    const style = getComputedStyle(stop)
    gradient.addColorStop(Number(stop.getAttribute('offset')), style.stopColor.replace(/^rgb\((.+)\)$/, `rgba($1, ${style.stopOpacity})`))
  }
  return gradient
}

function paint(ctx: CanvasRenderingContext2D, el: SVGElement, root: DOMMatrix) {
  const style = getComputedStyle(el)
  if (style.display === 'none' || style.visibility === 'hidden') return
  if (el instanceof SVGGraphicsElement && !['svg', 'g', 'defs', 'clipPath'].includes(el.tagName)) {
    const m = root.multiply(DOMMatrix.fromMatrix(el.getScreenCTM() ?? new DOMMatrix()))
    ctx.setTransform(m)
    let opacity = 1
    for (let up: Element | null = el; up instanceof SVGElement; up = up.parentElement) opacity *= Number(getComputedStyle(up).opacity)
    const shape = outline(el)
    if (style.fill !== 'none') {
      ctx.globalAlpha = opacity * Number(style.fillOpacity)
      ctx.fillStyle = fillOf(ctx, el, style.fill)
      if (shape && el.tagName !== 'line') ctx.fill(shape)
      else if (el.tagName === 'text') paintText(ctx, el, style)
    }
    if (shape && style.stroke !== 'none') {
      ctx.globalAlpha = opacity * Number(style.strokeOpacity)
      ctx.strokeStyle = style.stroke
      ctx.lineWidth = parseFloat(style.strokeWidth)
      ctx.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat))
      ctx.stroke(shape)
    }
    if (el.tagName === 'text') return
  }
  if (el.tagName !== 'defs' && el.tagName !== 'clipPath') for (const child of el.children) paint(ctx, child as SVGElement, root)
}

export function savePng(name: string, svg: SVGSVGElement, scale = 2) {
  const box = svg.getBoundingClientRect()
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(box.width * scale)
  canvas.height = Math.ceil(box.height * scale)
  const ctx = canvas.getContext('2d')!
  ctx.fillStyle = background()
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  paint(ctx, svg, new DOMMatrix().scale(scale).translate(-box.left, -box.top))
  saveCanvas(name, canvas)
}

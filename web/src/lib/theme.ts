import type { Colours } from './network'

let known: Colours | null = null
const forget = () => { known = null; watchers.forEach((w) => w()) }
const watchers = new Set<() => void>()
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', forget)
new MutationObserver(forget).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })

/** The page's colours for what is painted and not styled. */
export function colours(): Colours {
  if (known) return known
  const style = getComputedStyle(document.documentElement), v = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return known = { paper: v('paper'), card: v('card'), ink: v('ink'), faint: v('ink-2'), line: v('line'), coop: v('coop'), conf: v('conf'), sans: v('sans'), focus: v('focus') }
}
export function onTheme(watch: () => void): () => void { watchers.add(watch); return () => { watchers.delete(watch) } }

// The address is the state: `#/view?filter=value`. Whatever can be seen can be linked to, and Back undoes it.
import { useEffect, useState } from 'preact/hooks'

export const VIEWS = ['read', 'system', 'time', 'claims', 'dyad', 'next'] as const
export type View = (typeof VIEWS)[number]
export type Route = { view: View; params: Record<string, string> }
export type Patch = Record<string, string | number | boolean | null | undefined>

/** What goes along from view to view; the rest belongs to the view that set it. */
export const SHARED = ['actor', 'other', 'type', 'kind', 'holder', 'place', 'from', 'to', 'disputed', 'origin', 'doc'] as const

export function parse(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?')
  const view = (VIEWS as readonly string[]).includes(path) ? path as View : 'read'
  return { view, params: Object.fromEntries(new URLSearchParams(query)) }
}

export function link(view: View, params: Patch): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    if (value !== null && value !== undefined && value !== '' && value !== false) query.set(name, String(value))
  const text = query.toString()
  return `#/${view}${text ? `?${text}` : ''}`
}

/** The same place with some parameters changed; null takes one away. */
export function go(patch: Patch, options: { view?: View; replace?: boolean } = {}) {
  const now = parse(location.hash)
  const hash = link(options.view ?? now.view, { ...now.params, ...patch })
  if (hash === location.hash) return
  if (options.replace) history.replaceState(null, '', hash)
  else history.pushState(null, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** Another view, with the filters that all views share. */
export function across(view: View, params: Record<string, string>, extra: Patch = {}): string {
  const kept = Object.fromEntries(SHARED.filter((k) => params[k]).map((k) => [k, params[k]]))
  return link(view, { ...kept, ...extra })
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parse(location.hash))
  useEffect(() => {
    const listen = () => setRoute(parse(location.hash))
    addEventListener('hashchange', listen)
    addEventListener('popstate', listen)
    return () => { removeEventListener('hashchange', listen); removeEventListener('popstate', listen) }
  }, [])
  return route
}

// Loading as a value: what was there stays on screen while the next answer is under way.
import { useEffect, useRef, useState } from 'preact/hooks'
import { get, onGone, type Params, address } from '../api/client'

export type Loaded<T> = { data?: T; error?: Error; loading: boolean; again: () => void }

const cache = new Map<string, unknown>()
const CACHE_LIMIT = 120
let generation = 0
/** Requests under way and not yet on screen; the page shows a line while there are some. */
let waiting = 0
function wait(by: 1 | -1) {
  waiting += by
  document.documentElement.toggleAttribute('data-busy', waiting > 0)
}
const watchers = new Set<() => void>()

/** Forgets all answers and asks again for those on screen: the ledger changed. */
export function reloadAll() {
  cache.clear()
  generation++
  watchers.forEach((w) => w())
}
onGone((gone) => { if (!gone) watchers.forEach((w) => w()) })

/** GETs `path`; a null path asks nothing. */
export function useGet<T>(path: string | null, params: Params = {}): Loaded<T> {
  const url = path === null ? null : address(path, params)
  const [state, setState] = useState<{ url: string | null; data?: T; error?: Error; loading: boolean }>({ url: null, loading: url !== null })
  const [turn, setTurn] = useState(0)
  const failed = useRef(false)
  failed.current = state.error !== undefined
  useEffect(() => {
    let seen = generation
    const watch = () => { if (seen !== generation || failed.current) { seen = generation; setTurn((t) => t + 1) } }
    watchers.add(watch)
    return () => { watchers.delete(watch) }
  }, [])
  useEffect(() => {
    if (url === null) { setState({ url, loading: false }); return }
    if (cache.has(url)) { setState({ url, data: cache.get(url) as T, loading: false }); return }
    const stop = new AbortController()
    setState((s) => ({ ...s, error: undefined, loading: true }))
    wait(1)
    get<T>(url, {}, stop.signal).then(
      (data) => {
        if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value as string)
        cache.set(url, data)
        setState({ url, data, loading: false })
      },
      (error: Error) => { if (!stop.signal.aborted) setState((s) => ({ url, data: s.url === url ? s.data : undefined, error, loading: false })) },
    ).finally(() => wait(-1))
    return () => stop.abort()
  }, [url, turn])
  return { ...state, data: url === null ? undefined : state.data, again: () => { if (url !== null) cache.delete(url); setTurn((t) => t + 1) } }
}

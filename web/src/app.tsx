// The frame: where one is, what is open, how the server fares. Views come one at a time, each its own piece of code.
import { Component, type ComponentChildren, type ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { GetStatus, Job } from './api/types'
import { get, onGone } from './api/client'
import { reloadAll, useGet } from './lib/load'
import { useKept } from './lib/hooks'
import { plural, short } from './lib/format'
import { across, useRoute, type Route, type View } from './lib/route'
import { Evidence } from './ui/evidence'
import { Icon } from './ui/icons'
import { Failed, Loading } from './ui/states'

const TABS: ReadonlyArray<readonly [View, string, string]> = [
  ['read', 'Read', 'Read'], ['system', 'System', 'System'], ['time', 'Timeline & map', 'Time'], ['claims', 'Claims', 'Claims'], ['dyad', 'Dyad', 'Dyad'], ['next', 'What next', 'Next'],
]
export type ViewProps = { route: Route; status?: GetStatus }
const VIEWS: Record<View, () => Promise<{ default: ComponentType<ViewProps> }>> = {
  read: () => import('./views/read'), system: () => import('./views/system'), time: () => import('./views/time'),
  claims: () => import('./views/claims'), dyad: () => import('./views/dyad'), next: () => import('./views/next'),
}
const loaded = new Map<View, ComponentType<ViewProps>>()

/** An error in one view is told in that view; the rest of the page stays. */
class Guard extends Component<{ children: ComponentChildren; at: string }, { error?: Error; at?: string }> {
  state: { error?: Error; at?: string } = {}
  static getDerivedStateFromError(error: Error) { return { error } }
  componentDidCatch(error: Error) { console.error(error) }
  render() {
    if (this.state.error && this.state.at === undefined) this.state.at = this.props.at
    if (this.state.error && this.state.at === this.props.at) return <Failed error={this.state.error} again={() => this.setState({ error: undefined, at: undefined })} />
    return this.props.children
  }
}

function ViewOf({ route, status }: ViewProps) {
  const [, again] = useState(0)
  const [error, setError] = useState<Error>()
  const Shown = loaded.get(route.view)
  useEffect(() => {
    setError(undefined)
    if (!loaded.has(route.view)) VIEWS[route.view]().then((m) => { loaded.set(route.view, m.default); again((n) => n + 1) }, setError)
  }, [route.view])
  if (error) return <Failed error={error} again={() => location.reload()} />
  return Shown ? <Shown route={route} status={status} /> : <Loading what="Opening" />
}

/** Server-sent news: work under way, and that the ledger changed. */
function useNews(): Job[] {
  const [jobs, setJobs] = useState<Job[]>([])
  useEffect(() => {
    const source = new EventSource('/api/progress')
    let generation: number | undefined
    source.addEventListener('job', (e) => {
      const job = JSON.parse((e as MessageEvent<string>).data) as Job
      setJobs((all) => [...all.filter((j) => j.id !== job.id), job].filter((j) => j.state === 'running'))
      if (job.state === 'done' && job.what !== 'reading') reloadAll()
    })
    source.addEventListener('ledger', (e) => {
      const next = (JSON.parse((e as MessageEvent<string>).data) as { generation: number }).generation
      if (generation !== undefined && next !== generation) reloadAll()
      generation = next
    })
    return () => source.close()
  }, [])
  return jobs
}

function useGone(): boolean {
  const [gone, setGone] = useState(false)
  useEffect(() => onGone(setGone), [])
  useEffect(() => {
    if (!gone) return
    const timer = setInterval(() => { get('/api/status').catch(() => undefined) }, 2000)
    return () => clearInterval(timer)
  }, [gone])
  return gone
}

function ThemeButton() {
  const [theme, setTheme] = useKept<'auto' | 'light' | 'dark'>('theme', 'auto')
  useEffect(() => { document.documentElement.dataset.theme = theme }, [theme])
  const next = theme === 'auto' ? 'dark' : theme === 'dark' ? 'light' : 'auto'
  return <button type="button" class="mini theme" onClick={() => setTheme(next)} aria-label={`Theme: ${theme}; change to ${next}`} title={`Theme: ${theme}`}><Icon name="theme" size={17} /></button>
}

function Ledger({ status }: { status?: GetStatus }) {
  if (!status) return null
  const { documents = 0, statements = 0, imported_events = 0 } = status.counts
  return (
    <p class="ledger"><span class="ledger-name">{status.ledger}</span>
      <span>{[documents > 0 && plural(documents, 'document'), statements > 0 && `${short(statements)} statements`, imported_events > 0 && `${short(imported_events)} imported events`].filter(Boolean).join(' · ') || 'empty'}</span></p>
  )
}

export function App() {
  const route = useRoute()
  const status = useGet<GetStatus>('/api/status')
  const jobs = useNews()
  const gone = useGone()
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    if (status.data?.ready !== false) return
    const timer = setTimeout(reloadAll, 700)
    return () => clearTimeout(timer)
  }, [status.data])
  useEffect(() => { const timer = setTimeout(() => Object.values(VIEWS).forEach((view) => void view().catch(() => undefined)), 2500); return () => clearTimeout(timer) }, [])
  useEffect(() => {
    const name = TABS.find(([v]) => v === route.view)?.[1]
    document.title = `${name} · casus`
  }, [route.view])
  return (
    <div class={`shell view-${route.view}${route.params.see ? ' has-panel' : ''}`}>
      <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); main.current?.focus() }}>Skip to the view</a>
      <header class="top">
        <a class="brand" href="#/read" aria-label="casus, start"><img src="./icon.svg" width={22} height={22} alt="" />casus</a>
        <nav class="tabs" aria-label="Views">
          {TABS.map(([view, long, brief]) => (
            <a key={view} href={across(view, route.params)} aria-current={view === route.view ? 'page' : undefined}>
              <Icon name={view} size={17} /><span class="tab-long">{long}</span><span class="tab-brief" aria-hidden="true">{brief}</span>
            </a>
          ))}
        </nav>
        <Ledger status={status.data} />
        <ThemeButton />
      </header>
      {gone && <div class="banner" role="alert">The server does not answer. What is on the page stays; it asks again every two seconds.</div>}
      {!gone && jobs.map((j) => (
        <div class="banner is-work" role="status" key={j.id}>{j.what}{j.total ? ` ${Math.floor(((j.done ?? 0) / j.total) * 100)} %` : '…'}{j.total ? <progress max={j.total} value={j.done ?? 0} /> : null}</div>
      ))}
      <div class="stage">
        <main id="main" ref={main} tabindex={-1}>
          <Guard at={location.hash}><ViewOf route={route} status={status.data} /></Guard>
        </main>
        <Evidence route={route} />
      </div>
    </div>
  )
}

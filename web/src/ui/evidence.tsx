// The panel beside every view: what stands behind the mark that was chosen. What is chosen is part of the address (`see=`).
import { useEffect, useRef } from 'preact/hooks'
import type { Event, GetEvents, GetStatements } from '../api/types'
import { useGet } from '../lib/load'
import { count, day, eventAct, firstTime, interval, names, placeName, plural, signOf } from '../lib/format'
import { go, type Route } from '../lib/route'
import { CitationOf } from './citation'
import { ActorCard } from './actor'
import { Icon } from './icons'
import { Await, Empty } from './states'
import { StatementLine } from './statement'

/** What can be looked at: one statement, one event, an actor, or what passed between two (in a period), or at a place. */
export const see = {
  statement: (id: string) => `s:${id}`,
  event: (id: string) => `e:${id}`,
  actor: (id: string) => `a:${id}`,
  pair: (a: string, b: string, from = '', to = '', one = false) => ['p', a, b, from, to, one ? '1' : ''].map(encodeURIComponent).join(':'),
  place: (name: string, from = '', to = '') => ['w', name, from, to].map(encodeURIComponent).join(':'),
}
export const look = (what: string | null) => go({ see: what })

export function EventLine({ e }: { e: Event }) {
  const sign = signOf(e)
  return (
    <span class={`line${e.disputes ? ' is-disputed' : ''}`}>
      <span class="line-side">{names(e.source) || 'someone'}</span> <span class={`line-act sign-${sign}`}>{eventAct(e)}</span> <span class="line-side">{names(e.target)}</span>
      <span class="line-meta">
        {firstTime(e.time) ? <span>{e.time!.map(interval).filter((t, i, all) => t && all.indexOf(t) === i).join(' or ')}</span> : e.doc_date ? <span>told {day(e.doc_date)}</span> : null}
        {e.place?.length ? <span>{e.place.map(placeName).filter((p, i, all) => all.indexOf(p) === i).slice(0, 2).join(', ')}</span> : null}
        {e.counts?.slice(0, 2).map((c) => <span key={count(c)}>{count(c)}</span>)}
        {e.disputes ? <span class="line-doubt">{plural(e.disputes, 'dispute')}</span> : null}
        {e.origin !== 'statement' ? <span class="line-note">{e.origin}</span> : null}
      </span>
    </span>
  )
}

function EventBody({ id }: { id: string }) {
  const event = useGet<Event>(`/api/events/${encodeURIComponent(id)}`)
  return (
    <Await from={event} what="Finding the event">{(e) => (
      <>
        <p class="panel-lead"><EventLine e={e} /></p>
        {e.origin === 'statement'
          ? <>
              <p class="panel-note">Told by {plural(e.statements?.length ?? 0, 'statement')}, {plural(e.voices ?? 0, 'independent voice')}. <a href={`#/claims?event=${e.id}`}>Who claims what</a></p>
              {e.statements?.map((s) => <CitationOf key={s.id} id={s.id!} role={s.role} />)}
            </>
          : <ImportedRow e={e} />}
      </>
    )}</Await>
  )
}

function ImportedRow({ e }: { e: Event }) {
  return (
    <article class="citation">
      <p class="citation-role">imported row</p>
      <dl class="facts">
        <div><dt>format</dt><dd>{e.origin}</dd></div>
        <div><dt>import</dt><dd>{e.import}, line {e.line}</dd></div>
        <div><dt>code</dt><dd>{[e.scheme, e.code].filter(Boolean).join(' ')}</dd></div>
        {e.scale !== null && e.scale !== undefined && <div><dt>scale</dt><dd>{e.scale}</dd></div>}
      </dl>
      <p class="panel-note">Event data comes without its sentence; the row of the imported file is its source.</p>
    </article>
  )
}

function EventList({ params, title }: { params: Record<string, string | number | undefined>; title: string }) {
  const events = useGet<GetEvents>('/api/events', { ...params, limit: 40, order: 'latest' })
  return (
    <Await from={events} what="Finding the events">{(d) => (
      <section>
        <h3 class="panel-h">{title} <span class="faint">{d.total !== undefined ? plural(d.total, 'event') : ''}</span></h3>
        {!d.items.length && <p class="panel-note">None in this period.</p>}
        <ul class="lines">{d.items.map((e) => <li key={e.id}><button class="line-button" onClick={() => look(see.event(e.id))}><EventLine e={e} /></button></li>)}</ul>
        {d.next_cursor && <p class="panel-note">The latest {d.items.length} are shown.</p>}
      </section>
    )}</Await>
  )
}

function StatementList({ params, title }: { params: Record<string, string | number | undefined>; title: string }) {
  const list = useGet<GetStatements>('/api/statements', { ...params, limit: 40 })
  if (!list.data?.items.length) return null
  return (
    <section>
      <h3 class="panel-h">{title} <span class="faint">{list.data.items.length}{list.data.next_cursor ? '+' : ''}</span></h3>
      <ul class="lines">{list.data.items.map((s) => <li key={s.id}><button class="line-button" onClick={() => look(see.statement(s.id!))}><StatementLine s={s} /></button></li>)}</ul>
    </section>
  )
}

const period = (from: string, to: string) => from || to ? ` · ${from ? day(from) : '…'} – ${to ? day(to) : '…'}` : ''

function title(what: string): string {
  const [kind, ...rest] = what.split(':')
  const part = rest.map(decodeURIComponent)
  switch (kind) {
    case 's': return 'Statement'
    case 'e': return 'Event'
    case 'a': return 'Actor'
    case 'p': return `${part[0]} ${part[4] ? '→' : '–'} ${part[1]}${period(part[2] ?? '', part[3] ?? '')}`
    case 'w': return `${part[0]}${period(part[1] ?? '', part[2] ?? '')}`
    default: return 'Evidence'
  }
}

function Body({ what, route }: { what: string; route: Route }) {
  const [kind, ...rest] = what.split(':')
  const part = rest.map(decodeURIComponent)
  switch (kind) {
    case 's': return <CitationOf id={rest.join(':')} />
    case 'e': return <EventBody id={rest.join(':')} />
    case 'a': return <ActorCard id={rest.join(':')} params={route.params} />
    case 'p': {
      const [a, b, from, to, one] = part
      const scope = one ? { source: a, target: b } : { actor: a, other: b }
      return (
        <>
          <EventList title="What happened" params={{ ...scope, from, to, type: route.params.type }} />
          <StatementList title="All that is said of the two" params={{ actor: a, other: b, from, to }} />
        </>
      )
    }
    case 'w': return <EventList title="What happened here" params={{ place: part[0], from: part[1], to: part[2], actor: route.params.actor, other: route.params.other, type: route.params.type }} />
    default: return <Empty title="Nothing is chosen" />
  }
}

export function Evidence({ route }: { route: Route }) {
  const what = route.params.see
  const panel = useRef<HTMLElement>(null)
  const back = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (!what) return
    if (!panel.current?.contains(document.activeElement)) back.current = document.activeElement as HTMLElement | null
    panel.current?.scrollTo({ top: 0 })
  }, [what])
  const close = () => { look(null); back.current?.isConnected && back.current.focus() }
  useEffect(() => {
    if (!what) return
    const key = (e: KeyboardEvent) => { if (e.key === 'Escape' && !e.defaultPrevented) close() }
    document.addEventListener('keydown', key)
    return () => document.removeEventListener('keydown', key)
  }, [what])
  if (!what) return null
  return (
    <aside class="panel" ref={panel} aria-label="Evidence" tabindex={-1}>
      <header class="panel-head">
        <button type="button" class="mini panel-back" onClick={() => history.back()} aria-label="Back">‹</button>
        <h2>{title(what)}</h2>
        <button type="button" class="mini" aria-label="Close the evidence" onClick={close}><Icon name="close" size={16} /></button>
      </header>
      <div class="panel-body" key={what}><Body what={what} route={route} /></div>
    </aside>
  )
}

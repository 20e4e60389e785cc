// Claims: who asserts, denies, relays or is silent on what. Grades and weights are shown with all that goes into them; no verdict is given.
import type { GetClaims, GetClaimsId, GetEvents, Statement } from '../api/types'
import { useGet } from '../lib/load'
import { act, day, disputed, doubts, holderChain, interval, number, plural, sides, signOf, uncertain } from '../lib/format'
import { go } from '../lib/route'
import { saveCsv, saveJsonl, type Row } from '../lib/save'
import { Menu, Strip } from '../ui/controls'
import { EventLine, look, see } from '../ui/evidence'
import { Filters } from '../ui/filters'
import { Await, Empty } from '../ui/states'
import type { ViewProps } from '../app'

type Params = Record<string, string>
type Cell = NonNullable<GetClaimsId['cells']>[number]

export default function Claims({ route }: ViewProps) {
  const p = route.params
  return (
    <>
      <Filters names={['holder', 'actor', 'kind', 'type', 'period']} params={p}><ExportClaims params={p} /></Filters>
      <div class={`claims${p.event ? ' has-event' : ''}`}>
        <Events params={p} />
        <section class="claims-main" aria-label={p.event ? 'Who says what about the event' : 'Who says what'}>{p.event ? <Matrix id={p.event} /> : <All params={p} />}</section>
      </div>
    </>
  )
}

const claimsPath = (p: Params) => ({ holder: p.holder, actor: p.actor, kind: p.kind, type: p.type, from: p.from, to: p.to, doc: p.doc, limit: 200 })

function ExportClaims({ params: p }: { params: Params }) {
  const all = useGet<GetClaims>(p.event ? null : '/api/claims', claimsPath(p))
  const one = useGet<GetClaimsId>(p.event ? `/api/claims/${encodeURIComponent(p.event)}` : null)
  const rows = (): Row[] => one.data ? (one.data.cells ?? []).map((c) => ({ ...c, proposition: one.data!.propositions?.[c.proposition ?? 0], holder: one.data!.holders?.[c.holder ?? 0] })) : all.data?.items as Row[] ?? []
  const flat = (): Row[] => p.event ? rows() : (all.data?.items ?? []).map((s) => ({ id: s.id, holder: s.holder?.map((h) => h.name).join(' → '), holds: s.holds, kind: s.kind, text: s.text, author_view: s.author_view, begin: s.time?.begin, doc: s.doc }))
  return <Menu label="Export" icon="export" actions={[{ text: 'What is shown as CSV', run: () => saveCsv('casus-claims', flat()) }, { text: 'What is shown as JSONL', run: () => saveJsonl('casus-claims', rows()) }]} />
}

/** The events one can ask about: those in dispute first. */
function Events({ params: p }: { params: Params }) {
  const mode = p.events === 'all' ? 'all' : 'disputed'
  const scope = { actor: p.actor, type: p.type, from: p.from, to: p.to, origin: 'statement', limit: 60, order: 'latest' }
  const inDispute = useGet<GetEvents>(mode === 'disputed' ? '/api/events' : null, { ...scope, disputed: 'true' })
  const none = mode === 'disputed' && inDispute.data?.items.length === 0
  const every = useGet<GetEvents>(mode === 'all' || none ? '/api/events' : null, scope)
  const events = mode === 'all' || none ? every : inDispute
  return (
    <nav class="claims-events" aria-label="Events">
      <header><h2>Events</h2><Strip label="Which events" value={mode} options={[['disputed', 'In dispute'], ['all', 'All']]} onChange={(v) => go({ events: v === 'all' ? 'all' : null })} /></header>
      {none && <p class="panel-note claims-none">No event is in dispute here; all are listed.</p>}
      <Await from={events} what="Finding events">{(d) => d.items.length ? (
        <ul class="lines">{d.items.map((e) => (
          <li key={e.id} class={e.id === p.event ? 'is-chosen' : ''}><button class="line-button" aria-current={e.id === p.event ? 'true' : undefined} onClick={() => go({ event: e.id === p.event ? null : e.id })}><EventLine e={e} /></button></li>
        ))}</ul>
      ) : <p class="panel-note">None here.</p>}</Await>
    </nav>
  )
}

function All({ params: p }: { params: Params }) {
  const claims = useGet<GetClaims>('/api/claims', claimsPath(p))
  return (
    <Await from={claims} what="Gathering claims">{(d) => d.items.length ? (
      <>
        <h1>What others say</h1>
        <p class="panel-note claims-lead">{d.next_cursor ? `The first ${number(d.items.length)}` : plural(d.items.length, 'statement')} that somebody other than the author holds. Choose an event to set its claims against one another.</p>
        <table class="table claims-table">
          <thead><tr><th scope="col">Holder</th><th scope="col">Stance</th><th scope="col">What is claimed</th><th scope="col">The author</th></tr></thead>
          <tbody>{d.items.map((s) => <ClaimRow key={s.id} s={s} />)}</tbody>
        </table>
      </>
    ) : <Empty title="Nobody but the author speaks here"><p>Clear a filter, or read an account that quotes others.</p></Empty>}</Await>
  )
}

function ClaimRow({ s }: { s: Statement }) {
  const last = s.holder?.at(-1), { from, to } = sides(s)
  return (
    <tr class={`${uncertain(s) ? 'is-unsure ' : ''}${disputed(s) ? 'is-disputed' : ''}`}>
      <td class="claim-who" title={holderChain(s.holder)}>{s.holder!.length > 1 && <span class="faint">{s.holder!.slice(0, -1).map((h) => h.name).join(' → ')} → </span>}{last?.actor ? <button class="inline" onClick={() => look(see.actor(last.actor!))}>{last.name}</button> : last?.name ?? last?.text}</td>
      <td><span class={`stance stance-${s.holds}`}>{s.holds}</span></td>
      <td><button class="claim-text" onClick={() => look(see.statement(s.id!))}>{s.text}</button>
        <span class="line-meta">{[from && `${from} ${s.polarity === '-' ? 'not ' : ''}`, null].filter(Boolean)}{from && <b class={`sign-${signOf(s.sign)}`}>{act(s)}</b>} {to !== s.text && to}{interval(s.time) && ` · ${interval(s.time)}`}{doubts(s).length ? <span class="line-doubt"> · {doubts(s).join(' · ')}</span> : null}</span></td>
      <td><span class={`view view-${s.author_view}`}>{s.author_view === 'neutral' ? <span class="faint">neutral</span> : s.author_view}</span></td>
    </tr>
  )
}

const GLYPH: Record<string, string> = { asserts: '●', denies: '✕', relays: '↪' }

function CellOf({ cells, what }: { cells: Cell[]; what: string }) {
  if (!cells.length) return <td class="cell is-silent"><span aria-label={`${what}: silent`}>·</span></td>
  return (
    <td class="cell">
      {cells.map((c) => (
        <button key={c.statement} class={`cell-in stance-${c.stance}`} onClick={() => look(see.statement(c.statement!))} title={`${what}: ${c.stance}`}>
          <span class="cell-glyph" aria-hidden="true">{GLYPH[c.stance ?? ''] ?? '◆'}</span><span>{c.stance}</span>
          {c.grade && <span class="cell-grade" title="Admiralty grade: reliability of the holder, credibility of what is said">{c.grade}</span>}
          {c.author_view && c.author_view !== 'neutral' && <span class={`view view-${c.author_view}`}>author {c.author_view}</span>}
        </button>
      ))}
    </td>
  )
}

function Matrix({ id }: { id: string }) {
  const data = useGet<GetClaimsId>(`/api/claims/${encodeURIComponent(id)}`)
  return (
    <Await from={data} what="Setting claims side by side">{(d) => {
      const cells = d.cells ?? [], holders = d.holders ?? [], propositions = d.propositions ?? []
      return (
        <>
          <header class="matrix-head"><p class="panel-lead">{d.event && <EventLine e={d.event} />}</p><div class="panel-links"><button class="inline" onClick={() => look(see.event(id))}>All its sentences</button><button class="inline" onClick={() => go({ event: null })}>All claims</button></div></header>
          <div class="scroll-x">
            <table class="matrix">
              <caption class="sr">Propositions by holders</caption>
              <thead><tr><th scope="col" class="matrix-corner">Proposition</th>{holders.map((h) => <th scope="col" key={h}>{h}</th>)}</tr></thead>
              <tbody>{propositions.map((text, i) => (
                <tr key={text}><th scope="row">{text}</th>{holders.map((h, j) => <CellOf key={h} what={`${h} on “${text}”`} cells={cells.filter((c) => c.proposition === i && c.holder === j)} />)}</tr>
              ))}</tbody>
            </table>
          </div>
          <ul class="matrix-key" aria-label="Legend"><li>● asserts</li><li>✕ denies</li><li>↪ relays</li><li>◆ another attitude</li><li>· silent</li></ul>
          <Weighing data={d} />
        </>
      )
    }}</Await>
  )
}

const AGAINST: Record<string, string> = { C: 'consistent', I: 'inconsistent', N: 'says nothing' }

/** Competing hypotheses with every input beside the sums. */
function Weighing({ data }: { data: GetClaimsId }) {
  const hypotheses = data.hypotheses ?? [], cells = (data.cells ?? []).filter((c) => c.matrix)
  if (!hypotheses.length || !cells.length) return null
  const most = Math.max(0.001, ...hypotheses.flatMap((h) => [h.support ?? 0, h.inconsistent ?? 0]))
  return (
    <section class="weighing">
      <h2>What speaks for and against</h2>
      <p class="panel-note">The hypothesis with the least against it stands best; nothing here is a verdict. Grades come from each holder’s record in this ledger.</p>
      <div class="scroll-x"><table class="table weigh-table">
        <thead><tr><th scope="col">Claim by</th><th scope="col">Stance</th><th scope="col">Grade</th><th scope="col" class="num">Borne out</th><th scope="col" class="num">Disputed</th><th scope="col">Party to it</th><th scope="col" class="num">Weight</th>
          {hypotheses.map((h, i) => <th scope="col" key={i} class="hyp" title={h.proposition}>H{i + 1}</th>)}</tr></thead>
        <tbody>
          {cells.map((c) => (
            <tr key={c.statement}>
              <td><button class="inline" onClick={() => look(see.statement(c.statement!))}>{data.holders?.[c.holder ?? 0]}</button></td><td>{c.stance}</td><td class="mono">{c.grade ?? '–'}</td><td class="num">{c.borne_out ?? 0}</td><td class="num">{c.disputed ?? 0}</td><td>{c.interested ? 'yes' : 'no'}</td><td class="num">{(c.weight ?? 0).toFixed(2)}</td>
              {hypotheses.map((_, i) => { const m = c.matrix?.[i] ?? 'N'; return <td key={i} class={`hyp hyp-${m}`} title={AGAINST[m]}><span class="sr">{AGAINST[m]}</span><span aria-hidden="true">{m === 'N' ? '·' : m}</span></td> })}
            </tr>
          ))}
        </tbody>
      </table></div>
      <ol class="hypotheses">{hypotheses.map((h, i) => (
        <li key={i}><span class="hyp-name"><b>H{i + 1}</b> {h.proposition}</span>
          <span class="hyp-bars"><span>for {(h.support ?? 0).toFixed(2)}</span><svg width="110" height="7" aria-hidden="true"><rect class="range-all" width="110" height="7" rx="2" /><rect class="hyp-for" width={110 * (h.support ?? 0) / most} height="7" rx="2" /></svg>
            <span>against {(h.inconsistent ?? 0).toFixed(2)}</span><svg width="110" height="7" aria-hidden="true"><rect class="range-all" width="110" height="7" rx="2" /><rect class="hyp-against" width={110 * (h.inconsistent ?? 0) / most} height="7" rx="2" /></svg></span></li>
      ))}</ol>
      {data.event?.doc_date && <p class="panel-note">First told {day(data.event.doc_date)}.</p>}
    </section>
  )
}

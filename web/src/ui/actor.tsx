// An actor's card: names, roles by date, whom it deals with, what it wants and can do, what others say of it.
import type { GetActorsId, Statement } from '../api/types'
import { useGet } from '../lib/load'
import { day, number, plural } from '../lib/format'
import { across } from '../lib/route'
import { Await } from './states'
import { look, see } from './evidence'
import { Signs } from './signs'
import { StatementLine } from './statement'

function Lines({ title, list }: { title: string; list?: Statement[] }) {
  if (!list?.length) return null
  return (
    <section>
      <h3 class="panel-h">{title} <span class="faint">{list.length}</span></h3>
      <ul class="lines">{list.map((s) => <li key={s.id}><button class="line-button" onClick={() => look(see.statement(s.id!))}><StatementLine s={s} /></button></li>)}</ul>
    </section>
  )
}

function Names({ title, list }: { title: string; list?: { id: string; name: string }[] }) {
  if (!list?.length) return null
  return <p class="panel-note">{title} {list.map((n, i) => <>{i > 0 && ', '}<button class="inline" onClick={() => look(see.actor(n.id))}>{n.name}</button></>)}</p>
}

export function ActorCard({ id, params }: { id: string; params: Record<string, string> }) {
  const card = useGet<GetActorsId>(`/api/actors/${encodeURIComponent(id)}`, { from: params.from, to: params.to })
  return (
    <Await from={card} what="Finding the actor">{(c) => {
      const a = c.actor!
      const most = Math.max(1, ...(c.partners ?? []).map((p) => Math.max(p.cooperation, p.conflict)))
      return (
        <div class="actor">
          <h3 class="actor-name">{a.name}</h3>
          <p class="panel-note"><span class="mono">{a.id}</span>{[a.type, a.country, ...(a.sectors ?? [])].filter(Boolean).map((t) => <span key={t}> · {t}</span>)}{a.knowledge === false ? ' · not in the knowledge base' : ''}</p>
          {a.aliases?.length ? <p class="panel-note">Also called {a.aliases.slice(0, 12).join(', ')}</p> : null}
          <Names title="Part of" list={c.wholes} />
          <Names title="Its parts:" list={c.parts?.slice(0, 12)} />
          {a.roles?.length ? <ul class="roles">{a.roles.map((r) => <li key={`${r.role}${r.begin}`}><span>{r.role}</span><span class="faint">{[r.begin && day(r.begin), r.end ? day(r.end) : r.begin ? 'today' : ''].filter(Boolean).join(' – ')}</span></li>)}</ul> : null}
          <p class="panel-note">{[a.events !== undefined && plural(a.events, 'event'), a.statements !== undefined && plural(a.statements, 'statement'), a.mentions !== undefined && plural(a.mentions, 'mention'),
            a.first && `${day(a.first)} – ${a.last ? day(a.last) : ''}`].filter(Boolean).join(' · ')}</p>
          <p class="panel-links">
            <a href={across('system', params, { actor: a.id, see: see.actor(a.id) })}>Its network</a>
            <a href={across('time', params, { actor: a.id })}>Timeline</a>
            <a href={across('dyad', params, { actor: a.id, other: c.partners?.[0]?.target })}>Dyad</a>
            <a href={across('next', params, { actor: a.id })}>What next</a>
          </p>
          {c.partners?.length ? (
            <section>
              <h3 class="panel-h">Whom it deals with <span class="faint">conflict | cooperation</span></h3>
              <ul class="partners">{c.partners.slice(0, 12).map((p) => (
                <li key={p.target}><button class="line-button" onClick={() => look(see.pair(a.id, p.target))}><span class="partner-name">{p.target_name ?? p.target}</span><Signs cooperation={p.cooperation} conflict={p.conflict} max={most} width={96} /><span class="partner-n">{number(p.events)}</span></button></li>
              ))}</ul>
            </section>
          ) : null}
          <Lines title="Relations" list={c.relations} />
          <Lines title="Goals" list={c.goals} />
          <Lines title="Stances" list={c.stances} />
          <Lines title="Powers, options, constraints" list={c.options} />
          <Lines title="What others say of it" list={c.said_of} />
          <Lines title="What it says" list={c.says} />
        </div>
      )
    }}</Await>
  )
}

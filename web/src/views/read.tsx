// Read: a text with its statements beside it, paragraph by paragraph, like a commented edition.
import { Component } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Citation, GetDocuments, Reading, Sentence, Statement } from '../api/types'
import { post } from '../api/client'
import { useGet } from '../lib/load'
import { ByteText } from '../lib/bytes'
import { day, KINDS, number, plural } from '../lib/format'
import { go, link, type Route } from '../lib/route'
import { saveCsv, saveJsonl, type Row } from '../lib/save'
import { CitationCard } from '../ui/citation'
import { Field, Menu, Toggle } from '../ui/controls'
import { look, see } from '../ui/evidence'
import { MarkedText, marksOf, PARTS } from '../ui/marks'
import { StatementLine } from '../ui/statement'
import { Await, Empty, Failed } from '../ui/states'
import type { ViewProps } from '../app'

const MAX_BYTES = 1 << 20
type Draft = { text: string; date: string; title: string; reading?: Reading }
/** The text at hand outlives a change of view, not the page: nothing is kept unless asked. */
let draft: Draft = { text: '', date: '', title: '' }

const set = (text: string | undefined) => new Set((text ?? '').split(',').filter(Boolean))
const without = (all: Set<string>, one: string, on: boolean) => { const next = new Set(all); if (on) next.delete(one); else next.add(one); return [...next].join(',') || null }

function flat(s: Statement): Row {
  return { id: s.id, doc: s.doc, sentence: s.sentence, kind: s.kind, source: s.source?.map((p) => p.name).join('; '), action: JSON.stringify(s.action?.plover ?? s.action?.relation ?? '').replaceAll('"', ''),
    target: s.target?.map((p) => p.name).join('; '), polarity: s.polarity, begin: s.time?.begin, end: s.time?.end, place: s.place?.map((p) => p.name).join('; '),
    holder: s.holder?.map((h) => h.name).join(' → '), holds: s.holds, likelihood_low: s.likelihood?.low, likelihood_high: s.likelihood?.high,
    cooperation: s.sign?.cooperation, conflict: s.sign?.conflict, author_view: s.author_view, begin_byte: s.span?.[0], end_byte: s.span?.[1], text: s.text }
}

export default function Read({ route, status }: ViewProps) {
  if (route.params.doc) return <Stored id={route.params.doc} route={route} />
  if (route.params.draft && draft.reading) return <Edition reading={draft.reading} route={route} />
  return <Start route={route} canRead={status?.reading !== false} />
}

function Stored({ id, route }: { id: string; route: Route }) {
  const doc = useGet<Omit<Reading, 'stored'>>(`/api/documents/${encodeURIComponent(id)}`)
  return <Await from={doc} what="Opening the document">{(d) => <Edition reading={{ ...d, stored: true }} route={route} />}</Await>
}

function Start({ route, canRead }: { route: Route; canRead: boolean }) {
  const [text, setText] = useState(draft.text)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const [over, setOver] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const change = (t: string) => { draft.text = t; setText(t) }
  const take = async (f: File | undefined) => {
    if (!f) return
    if (f.size > MAX_BYTES) { setError(new Error(`${f.name} is ${number(f.size)} bytes; the page reads up to ${number(MAX_BYTES)}. The command reads any size: casus read FILE.`)); return }
    setError(undefined)
    change(await f.text())
  }
  const read = async () => {
    if (!text.trim() || busy) return
    setBusy(true)
    setError(undefined)
    try {
      draft.reading = await post<Reading>('/api/read', { text, format: 'auto', date: draft.date || undefined, title: draft.title || undefined, store: false })
      go({ draft: 1, at: null })
    } catch (e) { setError(e as Error) } finally { setBusy(false) }
  }
  return (
    <div class="start">
      <section class="start-paste" aria-labelledby="paste-h">
        <h1 id="paste-h">Read an account</h1>
        <p class="lede">Paste a report or an article, or drop a file. Its sentences come back with who did what to whom, when and where, and who says so.</p>
        <div class={`drop${over ? ' is-over' : ''}`} onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
          onDrop={(e) => { e.preventDefault(); setOver(false); void take(e.dataTransfer?.files[0]) }}>
          <textarea aria-label="Text to read" placeholder="Paste text or HTML here…" value={text} spellcheck={false} disabled={!canRead}
            onInput={(e) => change(e.currentTarget.value)} onKeyDown={(e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) void read() }} />
        </div>
        <div class="start-bar">
          <button type="button" class="button primary" disabled={!text.trim() || busy || !canRead} onClick={() => void read()}>{busy ? 'Reading…' : 'Read it'}</button>
          <button type="button" class="button" onClick={() => file.current?.click()}>Choose a file</button>
          <input ref={file} type="file" class="sr" tabindex={-1} aria-label="File to read" accept=".txt,.html,.htm,text/plain,text/html" onChange={(e) => void take(e.currentTarget.files?.[0])} />
          <Field label="Published" value={draft.date} placeholder="YYYY-MM-DD" size={10} onCommit={(v) => { draft.date = v }} />
          {text && !busy && <button type="button" class="button quiet" onClick={() => change('')}>Clear</button>}
        </div>
        {!canRead && <p class="panel-note">This server only shows what its ledger holds; it was started without what reading needs.</p>}
        {error && <Failed error={error} />}
        <p class="panel-note">Nothing is stored unless you say so, and nothing is fetched from anywhere else.</p>
      </section>
      <Shelf route={route} />
    </div>
  )
}

function Shelf({ route }: { route: Route }) {
  const words = route.params.words ?? ''
  const docs = useGet<GetDocuments>('/api/documents', { limit: 50, words, from: route.params.from, to: route.params.to })
  return (
    <section class="shelf" aria-labelledby="shelf-h">
      <header class="shelf-head"><h2 id="shelf-h">In the ledger</h2><Field label="With the words" value={words} placeholder="any" size={14} onCommit={(v) => go({ words: v || null })} /></header>
      <Await from={docs} what="Looking into the ledger">{(d) => d.items.length ? (
        <ul class="shelf-list">{d.items.map((doc) => (
          <li key={doc.id}><a href={link('read', { doc: doc.id })}>
            <span class="shelf-title">{doc.title ?? doc.id}</span>
            <span class="shelf-meta">{[doc.date && day(doc.date), doc.publisher, doc.author, doc.statements !== undefined && plural(doc.statements, 'statement')].filter(Boolean).join(' · ')}</span>
          </a></li>
        ))}</ul>
      ) : <Empty title={words ? 'No document has these words' : 'The ledger is empty'}><p>{words ? 'Words are matched by their stem; try fewer.' : 'Read a text here and keep it, or use the command: casus read FILE.'}</p></Empty>}</Await>
    </section>
  )
}

type Paragraph = { key: string; block: string; sentences: { sentence: Sentence; statements: Statement[] }[]; ids: Set<string> }
const NONE: ReadonlySet<string> = new Set()
const STEP = 40  // paragraphs drawn at a time

/** Sentences under one another by paragraph, each with its statements. */
function paragraphs(reading: Reading, statements: Statement[]) {
  const by = new Map<number, Statement[]>()
  for (const s of statements) {
    if (s.in === 'title') continue
    const list = by.get(s.sentence ?? 0)
    if (list) list.push(s)
    else by.set(s.sentence ?? 0, [s])
  }
  const out: Paragraph[] = []
  for (const sentence of reading.sentences) {
    const key = `${sentence.block ?? ''}${sentence.paragraph ?? 0}`
    if (out.at(-1)?.key !== key) out.push({ key, block: sentence.block ?? 'text', sentences: [], ids: new Set() })
    const own = by.get(sentence.sentence!) ?? []
    out.at(-1)!.sentences.push({ sentence, statements: own })
    for (const s of own) out.at(-1)!.ids.add(s.id!)
  }
  // The title and the byline stand above already; they come again only with something to say.
  return out.filter((p) => !['title', 'dateline', 'byline'].includes(p.block) || p.sentences.some((s) => s.statements.length))
}

function Edition({ reading, route }: { reading: Reading; route: Route }) {
  const { document: doc } = reading
  const hidden = set(route.params.hide), kindsOff = set(route.params.nokind)
  const [lit, setLit] = useState<ReadonlySet<string>>(new Set())
  const chosen = route.params.at
  const shown = useMemo(() => new Set<string>(PARTS.filter((p) => !hidden.has(p))), [route.params.hide])
  const statements = useMemo(() => reading.statements.filter((s) => !kindsOff.has(s.kind ?? '')), [reading, route.params.nokind])
  const paras = useMemo(() => paragraphs(reading, statements), [reading, statements])
  const text = useMemo(() => new ByteText(reading.text), [reading])
  const [upTo, setUpTo] = useState(() => Math.max(STEP, paras.findIndex((p) => chosen && p.ids.has(chosen)) + 5))
  const more = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!more.current) return
    const near = new IntersectionObserver((seen) => { if (seen.some((e) => e.isIntersecting)) setUpTo((n) => n + STEP) }, { rootMargin: '1200px' })
    near.observe(more.current)
    return () => near.disconnect()
  }, [upTo, paras])
  const held = reading.statements.filter((s) => s.holder?.length).length
  useEffect(() => { if (chosen) document.querySelector(`[data-line="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: 'center' }) }, [reading])
  const choose = (id: string | null) => go({ at: id === chosen ? null : id }, { replace: true })
  const name = (doc.title ?? doc.id ?? 'text').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40)
  return (
    <div class="edition" onMouseLeave={() => setLit(new Set())}>
      <header class="edition-head">
        <div class="edition-title">
          <h1>{doc.title ?? 'Untitled text'}</h1>
          <p class="panel-note">{[doc.date && day(doc.date), doc.author, doc.publisher, doc.language && doc.language !== 'en' && `language ${doc.language}: kept, not coded`,
            plural(reading.sentences.length, 'sentence'), plural(reading.statements.length, 'statement'), held && `${held} held by others`].filter(Boolean).join(' · ')}
            {doc.sha256 && <span class="mono faint" title={`SHA-256 ${doc.sha256}`}> · sha256 {doc.sha256.slice(0, 12)}…</span>}</p>
        </div>
        <div class="edition-tools">
          <Menu label="Export" icon="export" actions={[
            { text: 'Statements as CSV', run: () => saveCsv(name, statements.map(flat)) },
            { text: 'Statements as JSONL', run: () => saveJsonl(name, statements as Row[]) },
            { text: 'Actors as JSONL', run: () => saveJsonl(`${name}-actors`, reading.actors as Row[]) },
          ]} />
          {!reading.stored && <Keep />}
          <a class="button ghost" href="#/read">Another text</a>
        </div>
      </header>
      <div class="switches">
        <div class="switch-row" role="group" aria-label="Mark in the text">
          <span class="switch-label">Mark</span>
          {PARTS.map((p) => <Toggle key={p} mark={p} on={shown.has(p)} onChange={(on) => go({ hide: without(hidden, p, on) }, { replace: true })}>{p}</Toggle>)}
        </div>
        <div class="switch-row" role="group" aria-label="Statements shown">
          <span class="switch-label">Show</span>
          {KINDS.map((k) => {
            const n = reading.statements.filter((s) => s.kind === k).length
            return n ? <Toggle key={k} on={!kindsOff.has(k)} onChange={(on) => go({ nokind: without(kindsOff, k, on) }, { replace: true })}>{k} <span class="n">{n}</span></Toggle> : null
          })}
        </div>
      </div>
      <ActorStrip reading={reading} />
      {reading.statements.length === 0 && <Empty title="Nothing political was found in this text"><p>The text is kept as it is; no statement was made of it.</p></Empty>}
      <div class="paras">
        {paras.slice(0, upTo).map((p) => {
          const own = (id: string) => p.ids.has(id)
          return <Para key={p.key} p={p} reading={reading} text={text} shown={shown} lit={[...lit].some(own) ? lit : NONE} chosen={chosen && own(chosen) ? chosen : undefined} onLit={setLit} onChoose={choose} />
        })}
        {upTo < paras.length && <div class="more" ref={more}><button type="button" class="button quiet" onClick={() => setUpTo(upTo + STEP)}>{number(paras.length - upTo)} more paragraphs</button></div>}
      </div>
    </div>
  )
}

type ParaProps = { p: Paragraph; reading: Reading; text: ByteText; shown: ReadonlySet<string>; lit: ReadonlySet<string>; chosen?: string; onLit: (ids: ReadonlySet<string>) => void; onChoose: (id: string) => void }

/** A paragraph and its statements; drawn anew only when something about it changed, so that long texts stay quick. */
class Para extends Component<ParaProps> {
  shouldComponentUpdate(next: ParaProps) {
    const now = this.props
    return next.p !== now.p || next.shown !== now.shown || next.lit !== now.lit || next.chosen !== now.chosen || next.reading !== now.reading
  }
  render({ p, reading, text, shown, lit, chosen, onLit, onChoose }: ParaProps) {
    return (
      <div class={`para block-${p.block}`}>
        <p class="para-text">
          {p.sentences.map(({ sentence, statements: own }) => {
            const from = text.unit(sentence.span![0]), hovered = own.some((s) => lit.has(s.id!)), active = hovered || own.some((s) => s.id === chosen)
            return (
              <span key={sentence.sentence} class={`sentence${own.length ? ' has-statements' : ''}${active ? ' is-active' : ''}`}
                onMouseEnter={() => onLit(new Set(own.map((s) => s.id!)))} onClick={() => own[0] && onChoose(own[0].id!)}>
                <MarkedText text={sentence.text ?? ''} marks={own.flatMap((s) => marksOf(s, text, from))} shown={shown} lit={hovered ? lit : active ? new Set([chosen!]) : undefined} />{' '}
              </span>
            )
          })}
        </p>
        <ul class="para-lines">
          {p.sentences.flatMap(({ sentence, statements: own }) => own.map((s) => (
            <li key={s.id} data-line={s.id} class={`kind-${s.kind}${lit.has(s.id!) ? ' is-lit' : ''}${s.id === chosen ? ' is-chosen' : ''}`} onMouseEnter={() => onLit(new Set([s.id!]))}>
              <button type="button" class="line-button" aria-expanded={s.id === chosen} onFocus={() => onLit(new Set([s.id!]))} onClick={() => onChoose(s.id!)}>
                <span class="line-kind">{s.kind}</span><StatementLine s={s} />
              </button>
              {s.id === chosen && <CitationCard citation={citation(reading, sentence, s)} statement={s} bare />}
              {s.id === chosen && <Details s={s} stored={reading.stored} />}
            </li>
          )))}
        </ul>
      </div>
    )
  }
}

function citation(reading: Reading, sentence: Sentence, s: Statement): Citation {
  const { title, date, author, publisher, url, path, sha256, id, revision } = reading.document
  return { record: 'citation', statement: s.id!, sentence_text: sentence.text ?? '', words: s.text, doc: id!, revision, sentence: sentence.sentence, sentence_span: sentence.span, span: s.span, in: s.in,
    title, date, author, publisher, url, path, sha256 }
}

/** The statement field by field, for those who want the record. */
function Details({ s, stored }: { s: Statement; stored: boolean }) {
  return (
    <div class="details">
      {stored && <p class="panel-links">{[...s.source ?? [], ...s.target ?? []].filter((p) => p.actor).slice(0, 4).map((p) => <button key={p.actor} class="inline" onClick={() => look(see.actor(p.actor!))}>{p.name}</button>)}</p>}
      <details><summary>The record</summary><pre class="record">{JSON.stringify(s, null, 1)}</pre></details>
    </div>
  )
}

function ActorStrip({ reading }: { reading: Reading }) {
  const actors = [...reading.actors].sort((a, b) => (b.mentions ?? 0) - (a.mentions ?? 0)).slice(0, 9)
  if (!actors.length) return null
  return (
    <ul class="actor-strip" aria-label="Actors most often named">
      {actors.map((a) => (
        <li key={a.id}>{reading.stored
          ? <button class="chip" onClick={() => look(see.actor(a.id))}>{a.name} <span class="n">{a.mentions}</span></button>
          : <span class="chip is-still" title={a.id}>{a.name} <span class="n">{a.mentions}</span></span>}</li>
      ))}
      {reading.actors.length > actors.length && <li class="faint">and {number(reading.actors.length - actors.length)} more</li>}
    </ul>
  )
}

function Keep() {
  const [state, setState] = useState<'idle' | 'busy'>('idle')
  const [error, setError] = useState<Error>()
  const keep = async () => {
    setState('busy')
    try {
      const kept = await post<Reading>('/api/read', { text: draft.text, format: 'auto', date: draft.date || undefined, title: draft.title || undefined, store: true })
      draft = { text: '', date: '', title: '' }
      go({ doc: kept.document.id, draft: null })
    } catch (e) { setError(e as Error); setState('idle') }
  }
  return <>{error && <span class="inline-error" role="alert">{error.message}</span>}<button type="button" class="button" disabled={state === 'busy'} onClick={() => void keep()}>{state === 'busy' ? 'Keeping…' : 'Keep in the ledger'}</button></>
}

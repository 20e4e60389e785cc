// The end of every path through the page: the verbatim sentence, with document, offsets and hash.
import { useMemo, useState } from 'preact/hooks'
import type { Citation, GetStatementsId, Statement } from '../api/types'
import { useGet } from '../lib/load'
import { ByteText } from '../lib/bytes'
import { day, likelihood, number } from '../lib/format'
import { link } from '../lib/route'
import { Icon } from './icons'
import { MarkedText, marksOf } from './marks'
import { Range, Signs } from './signs'
import { StatementLine } from './statement'
import { Failed } from './states'

function Copy({ text, label, words }: { text: string; label: string; words?: string }) {
  const [done, setDone] = useState(false)
  const copy = () => navigator.clipboard?.writeText(text).then(() => { setDone(true); setTimeout(() => setDone(false), 1500) }, () => undefined)
  return <button type="button" class="mini" aria-label={label} title={label} onClick={copy}><Icon name="copy" size={13} />{done ? <span>&nbsp;copied</span> : words && <span>&nbsp;{words}</span>}</button>
}

function Facts({ s }: { s: Statement }) {
  return (
    <dl class="facts">
      <div><dt>kind</dt><dd>{s.kind}{s.action?.cameo ? <span class="faint"> · CAMEO {s.action.cameo}</span> : null}{s.action?.mode?.length ? <span class="faint"> · {s.action.mode.join(', ')}</span> : null}</dd></div>
      {(s.sign?.cooperation || s.sign?.conflict) ? <div><dt>sign</dt><dd><Signs cooperation={s.sign.cooperation} conflict={s.sign.conflict} /></dd></div> : null}
      {s.likelihood && <div><dt>likelihood</dt><dd><Range low={s.likelihood.low ?? 0} high={s.likelihood.high ?? 1} /> {likelihood(s.likelihood)}</dd></div>}
      {s.author_view && s.author_view !== 'neutral' && <div><dt>the author</dt><dd>{s.author_view} it</dd></div>}
      <div><dt>coder’s confidence</dt><dd>{(s.confidence ?? 1).toFixed(2)}</dd></div>
    </dl>
  )
}

/** `bare`: without the statement's line and the way to its text, for where both are on screen already. */
export function CitationCard({ citation, statement, role, bare }: { citation: Citation; statement?: Statement; role?: string; bare?: boolean }) {
  const base = citation.sentence_span?.[0] ?? 0
  const text = useMemo(() => new ByteText(citation.sentence_text, base), [citation.sentence_text, base])
  const marks = useMemo(() => statement && statement.in === citation.in ? marksOf(statement, text) : [], [statement, text])
  const span = citation.span ?? citation.sentence_span
  const where = `${citation.title ?? citation.doc}${citation.date ? `, ${citation.date}` : ''}, sentence ${citation.sentence}, bytes ${span?.join('–')}, SHA-256 ${citation.sha256}`
  return (
    <article class={`citation${role ? ` role-${role}` : ''}`} data-statement={citation.statement}>
      {role && <p class="citation-role">{role}</p>}
      {statement && !bare && <p class="citation-line"><StatementLine s={statement} /></p>}
      <blockquote class="verbatim" lang="en"><MarkedText text={citation.sentence_text} marks={marks} /></blockquote>
      {statement && <Facts s={statement} />}
      <footer class="source">
        <span class="source-title">{citation.title ?? citation.path ?? citation.doc}</span>
        <span class="source-by">{[citation.author, citation.publisher, citation.date && day(citation.date)].filter(Boolean).join(' · ')}</span>
        <span class="source-at">
          sentence {citation.sentence}{span ? <> · bytes <span class="mono">{number(span[0])}–{number(span[1])}</span></> : null}
          {citation.revision !== undefined && citation.revision > 1 ? ` · revision ${citation.revision}` : ''}{citation.superseded ? ' · superseded' : ''}
        </span>
        {citation.sha256 && <span class="source-hash" title={`SHA-256 ${citation.sha256}`}>sha256 <span class="mono">{citation.sha256.slice(0, 16)}…</span> <Copy text={citation.sha256} label="Copy the document’s SHA-256" /></span>}
        <span class="source-links">
          {!bare && <a href={link('read', { doc: citation.doc, at: citation.statement })}>In its text</a>}
          <Copy text={`“${citation.sentence_text}” (${where})`} label="Copy the citation" words="Copy citation" />
        </span>
      </footer>
    </article>
  )
}

export function CitationOf({ id, role }: { id: string; role?: string }) {
  const cite = useGet<Citation>(`/api/cite/${encodeURIComponent(id)}`)
  const statement = useGet<GetStatementsId>(`/api/statements/${encodeURIComponent(id)}`)
  if (cite.error) return <Failed error={cite.error} again={cite.again} />
  if (!cite.data || (!statement.data && !statement.error)) return <div class="citation is-waiting" aria-busy="true"><span class="pulse" aria-hidden="true" /></div>
  return <CitationCard citation={cite.data} statement={statement.data} role={role} />
}

// The filters of a view, all of them in the address. A view names those it obeys.
import { useState } from 'preact/hooks'
import { go, SHARED } from '../lib/route'
import { KINDS, TYPES } from '../lib/format'
import { ActorField, Choice, Field, Toggle } from './controls'
import { Icon } from './icons'

export type FilterName = 'actor' | 'other' | 'type' | 'kind' | 'holder' | 'place' | 'period' | 'disputed' | 'origin'

const TYPE_OPTIONS = [['', 'any act'] as const, ...TYPES.map((t) => [t, t.toLowerCase()] as const)]
const KIND_OPTIONS = [['', 'any kind'] as const, ...KINDS.map((k) => [k, k] as const)]
const date = (text: string) => /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) ? text : ''

export function Filters({ names, params, children }: { names: readonly FilterName[]; params: Record<string, string>; children?: preact.ComponentChildren }) {
  const [open, setOpen] = useState(false)
  const set = (name: string) => (value: string) => go({ [name]: value || null })
  const active = SHARED.filter((k) => params[k] && k !== 'doc').length
  const has = (n: FilterName) => names.includes(n)
  return (
    <div class={`filters${open ? ' is-open' : ''}`} role="search" aria-label="Filters">
      <button type="button" class="button ghost filters-toggle" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name="filter" size={15} />Filters{active ? ` (${active})` : ''}</button>
      <div class="filters-body">
        {has('actor') && <ActorField label="Actor" value={params.actor ?? ''} onCommit={set('actor')} />}
        {has('other') && <ActorField label="With" value={params.other ?? ''} onCommit={set('other')} />}
        {has('holder') && <ActorField label="Says" value={params.holder ?? ''} onCommit={set('holder')} />}
        {has('type') && <Choice label="Act" value={params.type ?? ''} options={TYPE_OPTIONS} onChange={set('type')} />}
        {has('kind') && <Choice label="Kind" value={params.kind ?? ''} options={KIND_OPTIONS} onChange={set('kind')} />}
        {has('place') && <Field label="Place" value={params.place ?? ''} placeholder="anywhere" size={9} onCommit={set('place')} />}
        {has('period') && <>
          <Field label="From" value={params.from ?? ''} placeholder="start" size={8} onCommit={(v) => go({ from: date(v) || null })} />
          <Field label="To" value={params.to ?? ''} placeholder="end" size={8} onCommit={(v) => go({ to: date(v) || null })} />
        </>}
        {has('disputed') && <Toggle on={params.disputed === 'true'} onChange={(on) => go({ disputed: on ? 'true' : null })}>Disputed only</Toggle>}
        {active > 0 && <button type="button" class="button quiet" onClick={() => go(Object.fromEntries(SHARED.filter((k) => k !== 'doc').map((k) => [k, null])))}>Clear</button>}
      </div>
      {children && <div class="filters-extra">{children}</div>}
    </div>
  )
}

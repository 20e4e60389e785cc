// The few controls of the page. Native elements where they do, ARIA patterns where they do not.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { GetActors } from '../api/types'
import { useGet } from '../lib/load'
import { useStill } from '../lib/hooks'
import { number } from '../lib/format'
import { Icon } from './icons'

export function Toggle({ on, onChange, children, mark }: { on: boolean; onChange: (on: boolean) => void; children: ComponentChildren; mark?: string }) {
  return (
    <button type="button" class={`toggle${mark ? ` mark-${mark}` : ''}`} aria-pressed={on} onClick={() => onChange(!on)}>
      {mark && <span class="swatch" aria-hidden="true" />}{children}
    </button>
  )
}

export function Choice<T extends string>({ label, value, options, onChange }:
  { label: string; value: T; options: ReadonlyArray<readonly [T, string]>; onChange: (value: T) => void }) {
  return (
    <label class="choice"><span class="choice-label">{label}</span>
      <span class="select">
        <select value={value} onChange={(e) => onChange(e.currentTarget.value as T)}>
          {options.map(([v, text]) => <option key={v} value={v}>{text}</option>)}
        </select><Icon name="down" size={14} />
      </span>
    </label>
  )
}

/** A small set of choices that are all worth seeing: radio buttons as one strip. */
export function Strip<T extends string>({ label, value, options, onChange }:
  { label: string; value: T; options: ReadonlyArray<readonly [T, string]>; onChange: (value: T) => void }) {
  const name = useId()
  return (
    <fieldset class="strip"><legend class="sr">{label}</legend>
      {options.map(([v, text]) => (
        <label key={v} class={v === value ? 'is-on' : ''}>
          <input type="radio" name={name} checked={v === value} onChange={() => onChange(v)} /><span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Text that is taken over on Enter or when it is left. */
export function Field({ label, value, placeholder, onCommit, size = 10, list }:
  { label: string; value: string; placeholder?: string; onCommit: (value: string) => void; size?: number; list?: string }) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  return (
    <label class="choice"><span class="choice-label">{label}</span>
      <input class="input" type="text" size={size} value={text} placeholder={placeholder} list={list} spellcheck={false} autocomplete="off"
        onInput={(e) => setText(e.currentTarget.value)}
        onBlur={() => text !== value && onCommit(text.trim())}
        onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); onCommit(text.trim()) } else if (e.key === 'Escape') setText(value) }} />
    </label>
  )
}

/** Choosing an actor among any number: the ARIA combobox over the server's search. */
export function ActorField({ label, value, onCommit, placeholder = 'anyone' }:
  { label: string; value: string; onCommit: (id: string) => void; placeholder?: string }) {
  const id = useId()
  const [text, setText] = useState(value)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const asked = useStill(text.trim(), 120)
  const found = useGet<GetActors>(open ? '/api/actors' : null, { query: asked === value ? undefined : asked, limit: 8 })
  const items = open ? found.data?.items ?? [] : []
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => setText(value), [value])
  const take = (next: string) => { setOpen(false); setActive(-1); setText(next); if (next !== value) onCommit(next) }
  const key = (e: KeyboardEvent) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault()
      setOpen(true)
      if (items.length) setActive((a) => (a + (e.key === 'ArrowDown' ? 1 : items.length - 1) + (a < 0 && e.key === 'ArrowUp' ? 1 : 0)) % items.length)
    } else if (e.key === 'Enter') { e.preventDefault(); take(active >= 0 && items[active] ? items[active].id : text.trim()) }
    else if (e.key === 'Escape' && open) { e.stopPropagation(); setOpen(false); setText(value) }
  }
  return (
    <div class="choice combo">
      <label class="choice-label" for={`${id}-in`}>{label}</label>
      <input id={`${id}-in`} class="input" role="combobox" aria-expanded={open && items.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined} size={13} value={text} placeholder={placeholder} spellcheck={false} autocomplete="off"
        onFocus={(e) => { setOpen(true); e.currentTarget.select() }} onInput={(e) => { setText(e.currentTarget.value); setOpen(true); setActive(-1) }}
        onKeyDown={key} onBlur={(e) => { if (!list.current?.contains(e.relatedTarget as Node)) take(text.trim()) }} />
      {value && <button type="button" class="clear" aria-label={`Clear ${label}`} onClick={() => take('')}><Icon name="close" size={12} /></button>}
      <ul id={`${id}-list`} ref={list} class="combo-list" role="listbox" aria-label={label} hidden={!open || !items.length}>
        {items.map((a, i) => (
          <li key={a.id} id={`${id}-${i}`} role="option" aria-selected={i === active} tabindex={-1}
            onMouseDown={(e) => { e.preventDefault(); take(a.id) }} onMouseEnter={() => setActive(i)}>
            <span class="combo-name">{a.name}</span><span class="combo-id">{a.id}</span>
            {a.events !== undefined && <span class="combo-n">{number(a.events)}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

export type Action = { text: string; run: () => void; disabled?: boolean }

/** A button that opens a short list of actions. */
export function Menu({ label, icon, actions }: { label: string; icon: string; actions: Action[] }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const out = (e: Event) => { if (!box.current?.contains(e.target as Node)) setOpen(false) }
    document.addEventListener('pointerdown', out)
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    return () => document.removeEventListener('pointerdown', out)
  }, [open])
  const key = (e: KeyboardEvent) => {
    const items = [...box.current!.querySelectorAll<HTMLElement>('[role=menuitem]')]
    const at = items.indexOf(document.activeElement as HTMLElement)
    if (e.key === 'Escape') { e.stopPropagation(); setOpen(false); box.current?.querySelector('button')?.focus() }
    else if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); items[(at + (e.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length]?.focus() }
  }
  return (
    <div class="menu" ref={box} onKeyDown={key}>
      <button type="button" class="button ghost" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}><Icon name={icon} size={16} /><span>{label}</span></button>
      {open && (
        <div class="menu-list" role="menu" aria-label={label}>
          {actions.map((a) => <button key={a.text} type="button" role="menuitem" disabled={a.disabled} onClick={() => { setOpen(false); a.run() }}>{a.text}</button>)}
        </div>
      )}
    </div>
  )
}

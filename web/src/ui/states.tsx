// What a view shows when it has nothing to show yet, nothing at all, or bad news.
import type { ComponentChildren } from 'preact'
import { ApiError, Gone } from '../api/client'
import type { Loaded } from '../lib/load'

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return <div class="state" role="status"><p class="state-title">{title}</p>{children && <div class="state-body">{children}</div>}</div>
}

export function Loading({ what = 'Loading' }: { what?: string }) {
  return <div class="state state-loading" role="status" aria-live="polite"><span class="pulse" aria-hidden="true" /><p class="state-body">{what}…</p></div>
}

const HINTS: Record<string, string> = {
  too_large: 'Shorten the text, or read the file with the command `casus read`.',
  timeout: 'Narrow the filters: an actor, a shorter period.',
  busy: 'Try again in a moment.',
  unauthorized: 'Open the address that `casus serve` printed; it carries the token.',
  not_found: 'It may have been deleted or merged since the link was made.',
}

export function Failed({ error, again }: { error: Error; again?: () => void }) {
  const gone = error instanceof Gone
  const hint = error instanceof ApiError ? HINTS[error.code] : gone ? 'Is `casus serve` still running? This page asks again by itself.' : ''
  return (
    <div class="state state-failed" role="alert">
      <p class="state-title">{gone ? 'The server does not answer' : 'This could not be shown'}</p>
      <div class="state-body"><p>{gone ? '' : error.message}</p>{hint && <p>{hint}</p>}</div>
      {again && <button class="button" onClick={again}>Try again</button>}
    </div>
  )
}

/** A loaded thing, or the state it is in; what was there before stays, dimmed, while the next answer is under way. */
export function Await<T>({ from, what, children }: { from: Loaded<T>; what?: string; children: (data: T) => ComponentChildren }) {
  if (from.data !== undefined && !(from.error instanceof ApiError)) return <div class={`await${from.loading ? ' is-stale' : ''}`} aria-busy={from.loading}>{children(from.data)}</div>
  if (from.error) return <Failed error={from.error} again={from.again} />
  return <Loading what={what} />
}

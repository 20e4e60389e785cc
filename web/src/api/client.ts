// The server's answers. Every failure is one of two: `ApiError` (it answered, and said why not) or `Gone` (it did not answer).
export type Params = Record<string, string | number | boolean | undefined | null>

export class ApiError extends Error {
  constructor(public status: number, public code: string, message: string) { super(message) }
}
export class Gone extends Error {
  constructor() { super('The server does not answer.') }
}

type Listener = (gone: boolean) => void
const listeners = new Set<Listener>()
let gone = false

/** Tells when the server goes and when it is back. */
export function onGone(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function setGone(now: boolean) {
  if (now === gone) return
  gone = now
  listeners.forEach((l) => l(now))
}

export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(url, { credentials: 'same-origin', ...init })
    setGone(false)
    return answer
  } catch (error) {
    if (init.signal?.aborted) throw error
    setGone(true)
    throw new Gone()
  }
}

async function refusal(answer: Response): Promise<ApiError> {
  const body = await answer.json().catch(() => null) as { error?: { code?: string; message?: string } } | null
  return new ApiError(answer.status, body?.error?.code ?? 'error', body?.error?.message ?? `The server answered ${answer.status}.`)
}

const pause = (ms: number, signal?: AbortSignal) => new Promise<void>((resolve, reject) => {
  const timer = setTimeout(resolve, ms)
  signal?.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason) }, { once: true })
})

/** GET; a 503 with Retry-After (the ledger is still being loaded) is waited out for up to two minutes. */
export async function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const until = Date.now() + 120_000
  for (;;) {
    const answer = await ask(address(path, params), { signal })
    if (answer.ok) return await answer.json() as T
    const again = Number(answer.headers.get('Retry-After'))
    if (answer.status !== 503 || !again || Date.now() > until) throw await refusal(answer)
    await pause(Math.min(again, 5) * 1000, signal)
  }
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal })
  if (!answer.ok) throw await refusal(answer)
  return await answer.json() as T
}

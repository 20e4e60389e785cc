import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

/** The size of an element as it is now; give the first of the pair as its `ref`. */
export function useSize<E extends Element>(): [(element: E | null) => void, { width: number; height: number }] {
  const [size, setSize] = useState({ width: 0, height: 0 })
  const observer = useRef<ResizeObserver | null>(null)
  const attach = useCallback((element: E | null) => {
    observer.current?.disconnect()
    if (!element) return
    const measure = () => {
      const { width, height } = element.getBoundingClientRect()
      setSize((s) => s.width === width && s.height === height ? s : { width, height })
    }
    observer.current = new ResizeObserver(measure)
    observer.current.observe(element)
    measure()
  }, [])
  return [attach, size]
}

/** A value kept in this browser; where storage is closed it lasts as long as the page. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try { const text = localStorage.getItem(`casus.${name}`); return text === null ? first : JSON.parse(text) as T } catch { return first }
  })
  return [value, (next: T) => {
    setValue(next)
    try { localStorage.setItem(`casus.${name}`, JSON.stringify(next)) } catch { /* private window */ }
  }]
}

/** The value, once it has been still for `ms`. */
export function useStill<T>(value: T, ms: number): T {
  const [still, setStill] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return still
}

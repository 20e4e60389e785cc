import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'

/** The size of an element as it is now. */
export function useSize<E extends Element>(): [RefObject<E>, { width: number; height: number }] {
  const ref = useRef<E>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    if (!ref.current) return
    const measure = () => {
      const box = ref.current?.getBoundingClientRect()
      if (box) setSize((s) => s.width === box.width && s.height === box.height ? s : { width: box.width, height: box.height })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return [ref, size]
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

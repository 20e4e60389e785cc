// The records count in bytes of UTF-8, JavaScript in UTF-16 units: one table a text, O(1) a question.
export type Span = readonly [number, number]

export class ByteText {
  private at: Uint32Array | null
  constructor(public text: string, private base = 0) {
    this.at = /^[\x00-\x7f]*$/.test(text) ? null : ByteText.table(text)
  }
  private static table(text: string): Uint32Array {
    const at = new Uint32Array(new TextEncoder().encode(text).length + 1)
    let byte = 0, unit = 0
    for (const ch of text) {
      const c = ch.codePointAt(0)!
      const width = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4
      at.fill(unit, byte, byte + width)
      byte += width
      unit += ch.length
    }
    at[byte] = text.length
    return at
  }
  /** The UTF-16 unit at which byte `byte` of the whole text stands. */
  unit(byte: number): number {
    const local = byte - this.base
    if (!this.at) return Math.max(0, Math.min(local, this.text.length))
    return this.at[Math.max(0, Math.min(local, this.at.length - 1))]
  }
  slice(span: Span): string { return this.text.slice(this.unit(span[0]), this.unit(span[1])) }
}

/** A run of text under the same marks. */
export type Piece<M> = { text: string; marks: M[]; begin: number }

/** Cuts a text at every border of the marks; pieces come in order and cover all of it. */
export function pieces<M extends { begin: number; end: number }>(text: string, marks: M[]): Piece<M>[] {
  const inside = marks.filter((m) => m.end > m.begin && m.end > 0 && m.begin < text.length)
  const cuts = new Set([0, text.length])
  for (const m of inside) { cuts.add(Math.max(0, m.begin)); cuts.add(Math.min(text.length, m.end)) }
  const at = [...cuts].sort((a, b) => a - b)
  return at.slice(0, -1).map((begin, i) => ({
    begin,
    text: text.slice(begin, at[i + 1]),
    marks: inside.filter((m) => m.begin <= begin && m.end >= at[i + 1]),
  }))
}

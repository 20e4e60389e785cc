// Export of what is shown: rows as CSV or JSONL, pictures as SVG or PNG. Nothing is fetched; files are made here.
export type Row = Record<string, unknown>

export function save(name: string, data: Blob) {
  const a = document.createElement('a')
  a.href = URL.createObjectURL(data)
  a.download = name
  document.body.append(a)
  a.click()
  a.remove()
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000)
}

/** A cell; what a spreadsheet would take for a formula is kept from being one. */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csv(rows: Row[]): string {
  const columns = [...new Set(rows.flatMap((r) => Object.keys(r)))]
  return [columns.join(','), ...rows.map((r) => columns.map((c) => cell(r[c])).join(','))].join('\r\n') + '\r\n'
}
export const jsonl = (rows: Row[]) => rows.map((r) => JSON.stringify(r)).join('\n') + '\n'

export const saveCsv = (name: string, rows: Row[]) => save(`${name}.csv`, new Blob([csv(rows)], { type: 'text/csv;charset=utf-8' }))
export const saveJsonl = (name: string, rows: Row[]) => save(`${name}.jsonl`, new Blob([jsonl(rows)], { type: 'application/x-ndjson' }))

// Icons drawn for this page: one stroke, 20 units square.
const PATHS: Record<string, string> = {
  read: 'M4 4.5h7M4 8h12M4 11.5h12M4 15h8',
  system: 'M5.2 6.3 14.500 5M5.300 7l4 7M14.500 6.500l-4 7.500M6 5.500a2 2 0 1 1-4 0 2 2 0 0 1 4 0M18 5a2 2 0 1 1-4 0 2 2 0 0 1 4 0M12 15.500a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  time: 'M3 5.500h8M6 10h11M4.500 14.500h6',
  claims: 'M3.500 3.500h13v13h-13zM3.500 8h13M8 3.500v13M12.200 8v8.500M3.500 12.200h13',
  dyad: 'M4 7.500h12M13 4.500l3 3-3 3M16 13H4M7 10l-3 3 3 3',
  next: 'M3 14.500 8 9l3 3 6-6.500M12.500 5.500H17V10',
  close: 'M5 5l10 10M15 5 5 15',
  copy: 'M7 7V4h9v9h-3M4 7h9v9H4z',
  export: 'M10 3v9M6.500 8.500 10 12l3.500-3.500M4 16h12',
  theme: 'M10 3.500a6.500 6.500 0 1 0 6.500 6.500A5 5 0 0 1 10 3.500z',
  down: 'M5.500 8l4.500 4.500L14.500 8',
  filter: 'M3 5h14M5.500 10h9M8.500 15h3',
  text: 'M4 4.500h12M10 4.500V16',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  fit: 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4',
  play: 'M6.500 4.500v11l9-5.500z',
  pause: 'M7 5v10M13 5v10',
  list: 'M7 5.500h10M7 10h10M7 14.500h10M3.500 5.500h.5M3.500 10h.5M3.500 14.500h.5',
  swap: 'M5 7.500h11M13 4.500l3 3-3 3M15 12.500H4M7 9.500l-3 3 3 3',
}

export function Icon({ name, size = 18 }: { name: keyof typeof PATHS | string; size?: number }) {
  return <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d={PATHS[name] ?? ''} /></svg>
}

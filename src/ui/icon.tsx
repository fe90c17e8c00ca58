import { raw } from 'hono/html';

/** Drawn for this kit on a 16-pixel grid, 1.5-pixel strokes. Always beside words: hidden from screen readers. */
const drawings = {
  activity: '<path d="M1.5 8.5h3l2-5 3 9 2-4h3"/>',
  alert: '<path d="M8 2 1.8 13.2h12.4zM8 6.4v3.2M8 11.4v.1"/>',
  application: '<rect x="2" y="2.5" width="12" height="11" rx="2"/><path d="M2 6h12M4.3 4.3h.1M6.3 4.3h.1"/>',
  bell: '<path d="M4 11V7.2a4 4 0 0 1 8 0V11l1 1.2H3zM6.7 14.2h2.6"/>',
  book: '<path d="M8 4.2C6.4 3 4.3 2.7 2 3v9.3c2.3-.3 4.4 0 6 1.2 1.6-1.2 3.7-1.5 6-1.2V3c-2.3-.3-4.4 0-6 1.2zm0 0v9.3"/>',
  check: '<path d="m3 8.5 3.2 3.2L13 4.8"/>',
  chevron: '<path d="m6 3.5 4.5 4.5L6 12.5"/>',
  clock: '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.3 1.5"/>',
  close: '<path d="m4 4 8 8m0-8-8 8"/>',
  copy: '<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.5 10.5H3A1 1 0 0 1 2.5 9.8V3.5a1 1 0 0 1 1-1h6.3a1 1 0 0 1 .7.5v.500"/>',
  database:
    '<ellipse cx="8" cy="3.8" rx="5.5" ry="2.1"/><path d="M2.5 3.8v8.4c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1V3.8M2.5 8c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1"/>',
  document: '<path d="M4 1.8h5.2L13 5.5v8.7H4zM9 2v3.8h3.8M6.3 8.7h4.2M6.3 11.3h4.2"/>',
  download: '<path d="M8 2v8m-3.2-3L8 10.2 11.2 7M2.5 13.5h11"/>',
  filter: '<path d="M2 4h12M4.5 8h7M6.8 12h2.4"/>',
  home: '<path d="m2 7.5 6-5 6 5M3.7 6.3v7.2h8.6V6.3M6.7 13.3V9.5h2.6v3.8"/>',
  journal: '<path d="M3 2h9.5v12H3zM5.5 2v12M7.8 5.5h2.7M7.8 8.2h2.7"/>',
  key: '<circle cx="5.3" cy="10.7" r="3"/><path d="m7.5 8.5 6-6m-2.5 2.5 2 2"/>',
  link: '<path d="M6.5 9.5a2.8 2.8 0 0 0 4 0l2.3-2.3a2.8 2.8 0 0 0-4-4L8 4m1.5 2.5a2.8 2.8 0 0 0-4 0L3.2 8.8a2.8 2.8 0 0 0 4 4L8 12"/>',
  list: '<path d="M5.5 4h8.5M5.5 8h8.5M5.5 12h8.5M2.3 4h.1M2.3 8h.1M2.3 12h.1"/>',
  menu: '<path d="M2 4h12M2 8h12M2 12h12"/>',
  person: '<circle cx="8" cy="5.2" r="2.9"/><path d="M2.5 14c.5-3 2.7-4.5 5.5-4.5s5 1.5 5.5 4.5"/>',
  plus: '<path d="M8 3v10M3 8h10"/>',
  search: '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>',
  settings:
    '<path d="M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14"/><circle cx="10.2" cy="4.5" r="1.8"/><circle cx="5.8" cy="11.5" r="1.8"/>',
  shield: '<path d="M8 1.8 13.3 3.7v4.2c0 3.1-2.2 5.2-5.3 6.3-3.1-1.1-5.3-3.2-5.3-6.3V3.7zM5.7 8l1.7 1.7 3-3.2"/>',
} as const;

export type IconName = keyof typeof drawings;
export const iconNames = Object.keys(drawings).filter((name): name is IconName => name in drawings);

/** `<Icon name="search" />` */
export function Icon(props: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      {raw(drawings[props.name])}
    </svg>
  );
}

import type { Child } from 'hono/jsx';
import { type Reader, Reading } from './reader.tsx';

/** A whole page: `renderPage(<Shell …>…</Shell>, reader)`. */
export function renderPage(page: Child, reader: Reader): string {
  return `<!DOCTYPE html>${renderFragment(page, reader)}`;
}

/** A part of a page: the answer to a partial update, or a server-sent event. */
export function renderFragment(part: Child, reader: Reader): string {
  const html = (<Reading reader={reader}>{part}</Reading>).toString();
  if (typeof html !== 'string') throw new Error('Components are synchronous: load values first, then render them');
  return html;
}

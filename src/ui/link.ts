/**
 * Addresses that a page may link to: of this site, or http(s), mailto and tel. Anything else
 * (`javascript:`, `data:`) could run what a hostile value holds, and becomes a link to nowhere.
 */
export function safeHref(href: string): string {
  if (/^(?:\/(?![/\\])|[?#])/.test(href)) return href;
  return /^(?:https?|mailto|tel):/i.test(href) ? href : '#';
}

/** `withQuery('/requests', { state: 'open', cursor: null })` is `/requests?state=open`: empty values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.append(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

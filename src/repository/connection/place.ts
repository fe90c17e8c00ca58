/** `db.example.org:5432/shop`: where an address leads, without the account and the password. */
export function placeOf(url: string): string {
  const parsed = new URL(url);
  const host = parsed.hostname === '' ? (parsed.searchParams.get('host') ?? 'localhost') : parsed.hostname;
  const port = parsed.port === '' ? '5432' : parsed.port;
  return `${decodeURIComponent(host)}:${port}${decodeURIComponent(parsed.pathname)}`;
}

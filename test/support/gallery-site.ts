import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsx } from 'hono/jsx';
import { isLanguage, type Language } from '../../src/kernel/index.ts';
import { galleryPages, sampleOutcomes } from '../../src/ui/gallery/index.ts';
import { assets, isTheme, OutcomeRow, type Reader, renderFragment, renderPage } from '../../src/ui/index.ts';

/** The policy of the product, so that the kit is looked at as it will be served. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

function readerFor(language: Language, theme: string | null): Reader {
  return {
    language,
    theme: isTheme(theme) ? theme : 'auto',
    timeZone: 'Europe/Paris',
    now: new Date('2026-03-02T10:30:00Z'),
    csrf: 'token',
  };
}

export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the gallery on loopback: `?language=en&theme=dark` choose; otherwise the browser's language. */
export async function openGallery(port = 0): Promise<Site> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://gallery');
    const asked = url.searchParams.get('language') ?? request.headers['accept-language']?.slice(0, 2);
    const reader = readerFor(isLanguage(asked) ? asked : 'fr', url.searchParams.get('theme'));
    const file = assets().find((asset) => asset.path === url.pathname);
    const sample = galleryPages.find((one) => one.path === url.pathname);
    response.setHeader('content-security-policy', policy);
    if (file) {
      response.writeHead(200, {
        'content-type': file.type,
        'content-encoding': 'br',
        'cache-control': 'public, max-age=31536000, immutable',
      });
      response.end(file.brotli);
    } else if (url.pathname === '/gallery/request/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`id: 1\nevent: fragment\ndata: ${liveRow(reader)}\n\n`);
    } else if (sample) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(renderPage(sample.page(), reader));
    } else if (request.method === 'POST') {
      request.resume();
      const places: Record<string, string> = { '/gallery/record': '/gallery/request' };
      const location = places[url.pathname];
      if (location === undefined) response.writeHead(url.pathname === '/gallery/preferences' ? 204 : 500);
      else response.writeHead(303, { location });
      response.end();
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('not found');
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The third application answers. */
function liveRow(reader: Reader): string {
  const outcome = sampleOutcomes[2];
  if (outcome === undefined) throw new Error('the sample has three outcomes');
  const answered = {
    ...outcome,
    state: { tone: 'good', text: { fr: 'Exécuté', en: 'Executed' } },
    announce: { fr: 'Service client : exécuté', en: 'Customer service: executed' },
  } as const;
  return renderFragment(jsx(OutcomeRow, answered), reader).replaceAll('\n', ' ');
}

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Below this, compressing costs more than it saves. */
const worthwhileBytes = 800;
const compressible = /^(text\/(?!event-stream)|application\/(json|problem\+json|javascript|x-ndjson)|image\/svg\+xml)/;

export interface Encoded {
  readonly body: Uint8Array;
  readonly encoding: 'br' | 'gzip' | null;
}

/** Compresses a whole body as the caller accepts it. `effort`: 0 to 11 for Brotli; pages are made once, assets kept. */
export async function encode(
  body: Uint8Array,
  contentType: string,
  acceptEncoding: string | null,
  effort = 5,
): Promise<Encoded> {
  if (body.length < worthwhileBytes || !compressible.test(contentType)) return { body, encoding: null };
  if (accepts(acceptEncoding, 'br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: effort, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
    return { body: await brotli(body, { params }), encoding: 'br' };
  }
  if (accepts(acceptEncoding, 'gzip')) return { body: await gzipped(body, { level: 6 }), encoding: 'gzip' };
  return { body, encoding: null };
}

function accepts(header: string | null, encoding: string): boolean {
  return (header ?? '').split(',').some((part) => {
    const [name = '', weight = ''] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    return name === encoding && !/^q=0(\.0*)?$/.test(weight);
  });
}

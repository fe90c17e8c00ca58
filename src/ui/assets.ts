import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { projectRoot } from '../kernel/index.ts';

/**
 * The files that pages load. A name holds a hash of the content, so an answer may be kept for ever
 * (`cache-control: public, max-age=31536000, immutable`) and a new version is another name.
 */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
}

export type AssetName = 'style' | 'script' | 'icon';

const folder = 'src/ui/assets';
/** In the order of the cascade. htmx and the kit's script are one file: a page asks for four files in all. */
const sources: Record<
  AssetName,
  { readonly files: readonly string[]; readonly extension: string; readonly type: string }
> = {
  style: {
    files: ['base.css', 'layout.css', 'form.css', 'data.css', 'feedback.css'].map((file) => `${folder}/${file}`),
    extension: 'css',
    type: 'text/css; charset=utf-8',
  },
  script: {
    files: ['node_modules/htmx.org/dist/htmx.min.js', `${folder}/socle.js`],
    extension: 'js',
    type: 'text/javascript; charset=utf-8',
  },
  icon: { files: [`${folder}/icon.svg`], extension: 'svg', type: 'image/svg+xml' },
};

const built = new Map<AssetName, Asset>();

/** Comments and indentation are for people who read the source; what is left compresses well. */
function lighten(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .trim();
}

function build(name: AssetName): Asset {
  const { files, extension, type } = sources[name];
  const source = files
    .map((file) => readFileSync(join(projectRoot, file), 'utf8').replace(/\/\/# sourceMappingURL=.*$/m, ''))
    .join('\n');
  const bytes = Buffer.from(name === 'style' ? lighten(source) : source);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    path: `/assets/${name}-${hash}.${extension}`,
    type,
    bytes: new Uint8Array(bytes),
    brotli: new Uint8Array(brotliCompressSync(bytes, quality)),
    gzip: new Uint8Array(gzipSync(bytes, { level: 9 })),
  };
}

function asset(name: AssetName): Asset {
  const existing = built.get(name);
  if (existing !== undefined) return existing;
  const made = build(name);
  built.set(name, made);
  return made;
}

/** The address of a file, for the head of a page. */
export function assetPath(name: AssetName): string {
  return asset(name).path;
}

/** All files, read and compressed once: the server mounts them by `path`. */
export function assets(): readonly Asset[] {
  return [asset('style'), asset('script'), asset('icon')];
}

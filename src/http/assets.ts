import { type Asset, assets } from '../ui/index.ts';

const keepForEver = 'public, max-age=31536000, immutable';

/** The files that pages load. Their names change with their content, so a browser never asks twice. */
export function assetResponse(request: Request): Response | null {
  const path = new URL(request.url).pathname;
  const asset = assets().find((one) => one.path === path);
  if (asset === undefined) return null;
  const { body, encoding } = chosen(asset, request.headers.get('accept-encoding') ?? '');
  return new Response(request.method === 'HEAD' ? null : body, {
    headers: {
      'content-type': asset.type,
      'content-length': String(body.byteLength),
      'cache-control': keepForEver,
      vary: 'accept-encoding',
      ...(encoding === null ? {} : { 'content-encoding': encoding }),
    },
  });
}

function chosen(
  asset: Asset,
  accepted: string,
): { readonly body: Uint8Array<ArrayBuffer>; readonly encoding: string | null } {
  if (/\bbr\b/.test(accepted)) return { body: asset.brotli, encoding: 'br' };
  if (/\bgzip\b/.test(accepted)) return { body: asset.gzip, encoding: 'gzip' };
  return { body: asset.bytes, encoding: null };
}

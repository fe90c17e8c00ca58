import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assetPath, assets } from './assets.ts';

describe('The files that pages load', () => {
  it('are three, named by their content', () => {
    expect(assets().map((asset) => asset.path.replace(/[0-9a-f]{12}/, 'HASH'))).toEqual([
      '/assets/style-HASH.css',
      '/assets/script-HASH.js',
      '/assets/icon-HASH.svg',
    ]);
    expect(assetPath('style')).toBe(assets()[0]?.path);
  });

  it('are the same once decompressed', () => {
    for (const asset of assets()) {
      expect(brotliDecompressSync(asset.brotli).equals(Buffer.from(asset.bytes))).toBe(true);
      expect(gunzipSync(asset.gzip).equals(Buffer.from(asset.bytes))).toBe(true);
    }
  });

  it('stay light: the style below 12 kB, all together below 40 kB', () => {
    expect(assets()[0]?.gzip.length).toBeLessThan(12_000);
    expect(assets().reduce((sum, asset) => sum + asset.gzip.length, 0)).toBeLessThan(40_000);
  });

  it('load nothing else: no font, no import, no address elsewhere', () => {
    const style = Buffer.from(assets()[0]?.bytes ?? []).toString('utf8');
    expect(style).not.toMatch(/@font-face|@import|url\((?!"data:)/);
    expect(gzipSync(style).length).toBeGreaterThan(1_000);
  });
});

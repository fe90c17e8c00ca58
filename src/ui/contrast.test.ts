import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../kernel/index.ts';

const css = readFileSync(join(projectRoot, 'src/ui/assets/base.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{3,6}), (#[0-9a-f]{3,6})\)/g)].map((match) => [
    match[1] ?? '',
    [match[2] ?? '', match[3] ?? ''],
  ]),
);

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const hex = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit).join('') : color.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function color(name: string, theme: number): string {
  return name.startsWith('#') ? name : (tokens.get(name)?.[theme] ?? '#');
}

const grounds = ['canvas', 'surface', 'sunken', 'hover'];
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['text', [...grounds, 'accent-soft', 'good-soft', 'warning-soft', 'bad-soft']],
  ['muted', [...grounds]],
  ['accent', [...grounds, 'accent-soft']],
  ['good', ['canvas', 'surface', 'good-soft']],
  ['warning', ['canvas', 'surface', 'warning-soft']],
  ['bad', ['canvas', 'surface', 'hover', 'bad-soft']],
  ['#ffffff', ['accent-fill', 'bad-fill', 'accent-hover']],
];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('In the %s theme', (_, theme) => {
  it.each(texts)('%s can be read on every ground it stands on: 4.5:1 (WCAG 1.4.3)', (text, on) => {
    for (const ground of on) {
      expect(contrast(color(text, theme), color(ground, theme)), `on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('the edges of controls and the focus can be seen: 3:1 (WCAG 1.4.11)', () => {
    for (const ground of ['canvas', 'surface']) {
      expect(contrast(color('line-strong', theme), color(ground, theme)), ground).toBeGreaterThanOrEqual(3);
      expect(contrast(color('accent', theme), color(ground, theme)), ground).toBeGreaterThanOrEqual(3);
    }
  });
});

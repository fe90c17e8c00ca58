import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDay,
  formatDuration,
  formatNumber,
  formatRelative,
  formatShare,
  formatSize,
  formatTime,
  formatValue,
} from './format.ts';

const fr = { language: 'fr', timeZone: 'Europe/Paris' } as const;
const en = { language: 'en', timeZone: 'Europe/Paris' } as const;
/** Intl separates with narrow and plain no-break spaces, which differ between versions of its data. */
const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('A date', () => {
  it('is written in the reader’s language and time zone', () => {
    expect(formatDate('2026-03-03T22:30:00Z', fr)).toBe('3 mars 2026 à 23:30');
    expect(formatDate('2026-03-03T23:30:00Z', { ...en, timeZone: 'America/Martinique' })).toBe('3 March 2026 at 19:30');
    expect(formatTime('2026-03-03T22:30:05Z', fr)).toBe('23:30:05');
  });

  it('of the calendar is the same day in every time zone', () => {
    expect(formatDay('2026-03-03', { language: 'fr', timeZone: 'Pacific/Honolulu' })).toBe('3 mars 2026');
    expect(formatDay('2026-03-03', en, 'medium')).toBe('3 Mar 2026');
  });

  it('of a moment is the day it was for the reader', () => {
    expect(formatDay('2026-03-03T23:30:00Z', fr)).toBe('4 mars 2026');
  });

  it('near now is written as people say it', () => {
    const now = new Date('2026-03-03T12:00:00Z');
    expect(formatRelative('2026-02-28T12:00:00Z', now, fr)).toBe('il y a 3 jours');
    expect(formatRelative('2026-03-03T14:10:00Z', now, en)).toBe('in 2 hours');
    expect(formatRelative('2026-03-02T12:00:00Z', now, fr)).toBe('hier');
    expect(formatRelative(now, now, en)).toBe('now');
  });
});

describe('A figure', () => {
  it('is grouped and rounded as the language wants', () => {
    expect(spaced(formatNumber(1234567.891, fr))).toBe('1 234 567,89');
    expect(formatNumber(1234567.891, en)).toBe('1,234,567.89');
    expect(spaced(formatShare(0.4237, fr))).toBe('42,4 %');
  });

  it('of a duration keeps its two largest units', () => {
    expect(spaced(formatDuration(7_500_000, fr))).toBe('2 h 5 min');
    expect(spaced(formatDuration(90_061_000, fr))).toBe('1 j 1 h');
    expect(spaced(formatDuration(42, fr))).toBe('42 ms');
    expect(formatDuration(0, fr)).toBe('0 s');
  });

  it('of a size is in octets in French and bytes in English', () => {
    expect(spaced(formatSize(12_345_678, fr))).toBe('12,3 Mo');
    expect(spaced(formatSize(12_345_678, en))).toBe('12.3 MB');
    expect(spaced(formatSize(0, fr))).toBe('0 octet');
  });
});

describe('A value', () => {
  it('is written by its kind', () => {
    expect(formatValue({ kind: 'yes-no', value: true }, fr)).toBe('Oui');
    expect(formatValue({ kind: 'day', value: '2026-03-03' }, en)).toBe('3 March 2026');
    expect(formatValue({ kind: 'text', value: 'Atelier' }, en)).toBe('Atelier');
    expect(spaced(formatValue({ kind: 'number', value: 1500 }, fr))).toBe('1 500');
    expect(formatValue({ kind: 'moment', value: '2026-03-03T22:30:00Z' }, fr)).toBe('3 mars 2026 à 23:30');
  });
});

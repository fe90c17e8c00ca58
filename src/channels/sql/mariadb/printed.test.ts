import { expect, test } from 'vitest';
import { readPrinted } from './printed.ts';

test('what MySQL prints of a check is read as it was written, accents and quotes included', () => {
  const cases: readonly (readonly [string, string])[] = [
    ["(`role` in (_utf8mb4\\'cl\\\\\\'ient\\',_utf8mb4\\'age\\\\\\\\nt\\'))", "`role` in ('cl''ient','age\\nt')"],
    ["regexp_like(`p`,_utf8mb4\\'^[0-9\\\\\\\\.]+$\\')", "regexp_like(`p`,'^[0-9\\.]+$')"],
    ["((`a` <> _latin1\\'x\\') or (`b` is not null))", "(`a` <> 'x') or (`b` is not null)"],
    ["(`prÃ©nom` <> _utf8mb4\\'Ã©tÃ©\\')", "`prénom` <> 'été'"],
    ["(`prénom` <> _utf8mb4\\'été\\')", "`prénom` <> 'été'"],
    ["(`a` <> _utf8mb4\\') or (\\')", "`a` <> ') or ('"],
    ["(`dt` > DATE\\'1890-01-01\\')", "`dt` > DATE'1890-01-01'"],
    ['(`a_b` = 1)', '`a_b` = 1'],
  ];
  for (const [printed, written] of cases) expect(readPrinted(printed, false)).toBe(written);
});

test('MariaDB escapes inside texts only', () => {
  expect(readPrinted(`"role" in ('cl\\'ient','age\\\\nt','été')`, true)).toBe(`"role" in ('cl''ient','age\\nt','été')`);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, decoded, detectDelimiter, EncodingDetector, readCsv, readJsonItems, unguarded } from '../index.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function recordsOf(text: string, size = 3, delimiter = ','): Promise<readonly (readonly string[])[]> {
  const records: (readonly string[])[] = [];
  for await (const some of readCsv(pieces(text, size), delimiter)) records.push(...some.map(({ cells }) => cells));
  return records;
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r\n', "'", '=', '-', '1', ' ', '\t') });

describe('CSV', () => {
  it('gives back what was written, wherever its pieces are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }),
        fc.nat(7),
        async (rows, size) => {
          const text = rows.map((row) => csvLine(row, ',')).join('');
          const read = await recordsOf(text, size + 1);
          expect(read.map((row) => row.map(unguarded))).toEqual(rows);
        },
      ),
    );
  });

  it('never lets a spreadsheet run what a person typed', () => {
    expect(csvLine(['=1+1', '+1', '-1', '-1+1', '@a', '\t=1', "'=1"], ',')).toBe(
      "'=1+1,'+1,-1,'-1+1,'@a,\"'\t=1\",''=1\r\n".replace('"\'\t=1"', "'\t=1"),
    );
  });

  it('reads any end of line, and tells where a record begins', async () => {
    const lines: number[] = [];
    for await (const some of readCsv(pieces('a,b\r"x\ny",2\r\n\n3,4', 2), ','))
      lines.push(...some.map(({ line }) => line));
    expect(lines).toEqual([1, 2, 5]);
    expect(await recordsOf('a,b\r"x\ny",2\r\n\n3,4', 1)).toEqual([
      ['a', 'b'],
      ['x\ny', '2'],
      ['3', '4'],
    ]);
  });

  it('finds the delimiter by what parts lines alike', () => {
    expect(detectDelimiter('a;b;c\n1,5;2;3\n"x;y;z";2;3\n')).toBe(';');
    expect(detectDelimiter('a\tb\n1\t2\n')).toBe('\t');
    expect(detectDelimiter('name\nAda\n')).toBe(',');
  });
});

describe('The encoding of a file', () => {
  const find = (...chunks: readonly Uint8Array[]): string => {
    const detector = new EncodingDetector();
    for (const chunk of chunks) detector.add(chunk);
    return detector.end();
  };

  it('is found from its bytes, wherever they are cut', () => {
    const text = Buffer.from('é'.repeat(3));
    expect(find(text.subarray(0, 1), text.subarray(1))).toBe('utf-8');
    expect(find(Buffer.from('abc'), Buffer.from([0xe9, 0x20]))).toBe('windows-1252');
    expect(find(Buffer.from('\ufeffé', 'utf16le'))).toBe('utf-16le');
  });

  it('leaves the mark at its beginning out', async () => {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('\ufeffé€');
    }
    const read: string[] = [];
    for await (const text of decoded(bytes(), 'utf-8')) read.push(text);
    expect(read.join('')).toBe('é€');
  });
});

describe('JSON of many items', () => {
  const itemsOf = async (text: string, size: number): Promise<readonly unknown[]> => {
    const items: unknown[] = [];
    for await (const some of readJsonItems(pieces(text, size))) items.push(...some.map(({ value }) => value));
    return items;
  };

  it('is an array or a value a line, wherever its pieces are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.nat(7),
        fc.boolean(),
        async (items, size, isArray) => {
          const text = isArray ? JSON.stringify(items, null, 1) : items.map((item) => JSON.stringify(item)).join('\n');
          expect(JSON.stringify(await itemsOf(text, size + 1))).toBe(JSON.stringify(items));
        },
      ),
    );
  });

  it('is refused when it is cut or isn’t JSON', async () => {
    await expect(itemsOf('[{"a":1},{"b":', 4)).rejects.toMatchObject({ code: 'json.malformed' });
    await expect(itemsOf('[{"a":1},{b:2}]', 4)).rejects.toMatchObject({ code: 'json.malformed' });
    await expect(itemsOf('[1] 2', 4)).rejects.toMatchObject({ code: 'json.malformed' });
  });
});

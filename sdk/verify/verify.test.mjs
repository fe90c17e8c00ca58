import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { makeEvidence, newKey } from './fixture.mjs';
import { writeArchive } from './lib/archive.mjs';
import { canonical, sha256 } from './lib/canonical.mjs';
import { verifyEvidence } from './lib/evidence.mjs';
import { keyChangeOf } from './lib/log.mjs';

const here = join(import.meta.dirname);
const good = makeEvidence();
const isProven = (bytes, options) => verifyEvidence(bytes, options).isProven;
const why = (bytes, options) => verifyEvidence(bytes, options).failure?.en;

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args) {
  try {
    const environment = { ...process.env, LANG: 'C', LC_ALL: 'C' };
    const out = execFileSync(process.execPath, [join(here, 'verify.mjs'), ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
      env: environment,
    });
    return { code: 0, out };
  } catch (error) {
    return { code: error.status, out: `${error.stdout}${error.stderr}` };
  }
}

function save(name, bytes) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The archive with one file replaced, and nothing else mended. */
function withFile(name, body, files = good.files) {
  return writeArchive(new Map([...files].map(([known, bytes]) => [known, known === name ? Buffer.from(body) : bytes])));
}

/** Every value that differs from `value` in one place: each text, number and truth changed, each member and item dropped, doubled or joined. */
function variants(value) {
  const same = canonical(value);
  return [...changes(value)].filter((changed) => canonical(changed) !== same);
}

function* changes(value) {
  if (typeof value === 'string')
    yield* [`${value}x`, value.slice(1), value.replace(/[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0'))];
  else if (typeof value === 'number') yield* [value + 1, -value - 1, String(value)];
  else if (value === null) yield* [0, {}, ''];
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      yield value.toSpliced(at, 1);
      yield value.toSpliced(at, 0, item);
      for (const changed of changes(item)) yield value.with(at, changed);
    }
    yield [...value, null];
    if (value.length > 1) yield [...value].reverse();
  } else {
    for (const [name, member] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([known]) => known !== name));
      for (const changed of changes(member)) yield { ...value, [name]: changed };
    }
    yield { ...value, added: 1 };
  }
}

describe('a good evidence file', () => {
  test('is proven, with the key, its fingerprint, or neither', () => {
    expect(verifyEvidence(good.bytes)).toMatchObject({ isProven: true, isKeyConfirmed: false, failure: null });
    expect(verifyEvidence(good.bytes, { key: good.key.text })).toMatchObject({ isProven: true, isKeyConfirmed: true });
    const { fingerprint } = verifyEvidence(good.bytes).key;
    expect(verifyEvidence(good.bytes, { key: fingerprint })).toMatchObject({ isProven: true, isKeyConfirmed: true });
  });

  test('says who can be held to each answer', () => {
    expect(verifyEvidence(good.bytes).orders).toMatchObject([
      { application: 'shop', action: 'erase', answers: [{ outcome: 'executed', heldBy: 'ed25519' }] },
    ]);
  });

  test('and the person’s receipt prove that the request was about them', () => {
    expect(isProven(good.bytes, { receipt: good.receipt })).toBe(true);
    const other = Buffer.from(good.receipt.toString().replace('marie@', 'maria@'));
    expect(why(good.bytes, { receipt: other })).toContain('does not open the commitment');
    for (const changed of variants(JSON.parse(good.receipt))) {
      expect(isProven(good.bytes, { receipt: Buffer.from(canonical(changed)) })).toBe(false);
    }
  });
});

describe('on the command line', () => {
  const path = save('good.zip', good.bytes);

  test('a good file exits 0, and says that its key is unconfirmed without --key', () => {
    const { code, out } = run(path);
    expect(code).toBe(0);
    expect(out).toContain('UNCONFIRMED');
    expect(out).toMatch(/SHA256:[A-Za-z0-9+/]{43}/);
    expect(out).toContain('inclusion of 4 entries');
    const confirmed = run(path, '--key', good.key.text, '--receipt', save('receipt.json', good.receipt));
    expect(confirmed.code).toBe(0);
    expect(confirmed.out).toContain('PROVEN: everything holds.');
    expect(run(path, '--language', 'fr').out).toContain('NON CONFIRMÉE');
  });

  test('a bad file exits 1 and says the first thing that does not hold', () => {
    const bad = save('bad.zip', withFile('report.pdf', 'another report'));
    expect(run(bad)).toMatchObject({ code: 1, out: expect.stringContaining('NOT PROVEN: report.pdf is not the one') });
    expect(run(path, '--key', newKey().text)).toMatchObject({ code: 1, out: expect.stringContaining('another key') });
    expect(run(save('empty.zip', '')).code).toBe(1);
    expect(JSON.parse(run(bad, '--json').out)).toMatchObject({ isProven: false });
  });

  test('wrong usage exits 2', () => {
    for (const args of [
      [],
      [path, path],
      ['absent.zip'],
      [path, '--what'],
      [path, '--key', 'x'],
      [path, '--language', 'de'],
      [path, '--receipt', 'absent'],
    ]) {
      expect(run(...args).code).toBe(2);
    }
  });

  test('nothing in a file can command the terminal', () => {
    const evidence = (value) => {
      value.orders[0].application.name = 'shop\u001b[2J\u202e';
      return value;
    };
    const { code, out } = run(save('escape.zip', makeEvidence(newKey(), { evidence }).bytes));
    expect(code).toBe(0);
    expect(out.includes('\u001b') || out.includes('\u202e')).toBe(false);
  });
});

describe('whoever has no key', () => {
  test('can change no byte of the file', () => {
    for (let at = 0; at < good.bytes.length; at += 1) {
      for (const mask of [0x01, 0x80, 0xff]) {
        const changed = Buffer.from(good.bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ mask, at);
        if (isProven(changed)) expect.fail(`byte ${at} can be changed by ${mask}`);
      }
    }
  });

  test('can cut it nowhere, nor add to it', () => {
    for (let size = 0; size < good.bytes.length; size += 1) {
      if (isProven(good.bytes.subarray(0, size))) expect.fail(`the file can be cut at ${size}`);
    }
    expect(isProven(Buffer.concat([good.bytes, Buffer.of(0)]))).toBe(false);
    expect(isProven(Buffer.concat([Buffer.of(0), good.bytes]))).toBe(false);
  });

  test('can change no field of any of its files, even packed again', () => {
    for (const name of ['evidence.json', 'manifest.json', 'journal.json']) {
      let count = 0;
      for (const changed of variants(JSON.parse(good.files.get(name)))) {
        count += 1;
        if (isProven(withFile(name, canonical(changed)))) expect.fail(`${name}: ${canonical(changed)}`);
      }
      expect(count).toBeGreaterThan(20);
    }
  });

  test('can change no field of the evidence or the report, even with a manifest to match', () => {
    const forged = (name, body) => {
      const files = new Map(good.files).set(name, Buffer.from(body));
      const manifest = JSON.parse(files.get('manifest.json'));
      const sealed = ['evidence.json', 'report.pdf'].map((known) => [known, files.get(known)]);
      manifest.files = sealed.map(([known, bytes]) => ({
        name: known,
        sizeBytes: bytes.length,
        sha256: sha256(bytes),
      }));
      return writeArchive(files.set('manifest.json', Buffer.from(canonical(manifest))));
    };
    expect(why(forged('report.pdf', 'another report'))).toContain('seal');
    for (const changed of variants(JSON.parse(good.files.get('evidence.json')))) {
      expect(isProven(forged('evidence.json', canonical(changed)))).toBe(false);
    }
  });

  test('can give another spelling to nothing', () => {
    for (const name of ['evidence.json', 'manifest.json', 'journal.json']) {
      const text = good.files.get(name).toString();
      expect(why(withFile(name, ` ${text}`))).toMatch(/canonical|manifest names/);
      expect(isProven(withFile(name, text.replace('"version":1', '"version":1.0')))).toBe(false);
      expect(isProven(withFile(name, text.replace('{', '{"version":1,')))).toBe(false);
      expect(isProven(withFile(name, `\ufeff${text}`))).toBe(false);
    }
  });

  test('can take nothing from another file of the same journal', () => {
    const other = makeEvidence(good.key, { evidence: (value) => ({ ...value, facts: { right: 'access' } }) });
    expect(isProven(other.bytes)).toBe(true);
    for (const name of good.files.keys()) {
      const isSame = good.files.get(name).equals(other.files.get(name));
      if (!isSame) expect(isProven(withFile(name, other.files.get(name)))).toBe(false);
    }
  });
});

describe('whoever has a key', () => {
  test('of their own is found by --key only', () => {
    const forged = makeEvidence(newKey());
    expect(verifyEvidence(forged.bytes)).toMatchObject({ isProven: true, isKeyConfirmed: false });
    expect(why(forged.bytes, { key: good.key.text })).toContain('another key');
  });

  const bad = (alter) => why(makeEvidence(good.key, alter).bytes);
  const change = (run) => (value) => {
    const copy = structuredClone(value);
    run(copy);
    return copy;
  };

  test('can still not pass an answer to another order for one to this order', () => {
    expect(bad({ document: (value) => ({ ...value, order: 'ord_00000000000000000000000003' }) })).toContain(
      'not to this order',
    );
    expect(bad({ document: (value) => ({ ...value, digest: `sha256:${sha256('other')}` }) })).toContain(
      'not to this order',
    );
  });

  test('can still not sign for the application', () => {
    const outcome = change((value) => {
      value.orders[0].answers[0].signature.publicKey = newKey().raw.toString('base64');
    });
    expect(bad({ evidence: outcome })).toContain('signature of the answer');
  });

  test('can still not speak of orders or answers of which the journal says nothing', () => {
    const order = change((value) => {
      value.orders[0].digest = sha256('another order');
      value.orders[0].answers = [];
    });
    expect(bad({ evidence: order })).toContain('No entry vouches for the order');
    const answer = change((value) => {
      value.orders[0].answers[0].name = 'ord_00000000000000000000000002/receipt';
    });
    expect(bad({ evidence: answer })).toContain('No entry vouches for the answer');
    const prototype = change((value) => {
      value.orders[0].answers[0].name = 'toString';
    });
    expect(bad({ evidence: prototype })).toContain('No entry vouches');
  });

  test('can still not leave out or add entries, nor seal without an entry', () => {
    expect(bad({ entries: (list) => list.filter(({ number }) => number !== 2) })).toContain('entries joined');
    expect(bad({ evidence: change((value) => value.entries.pop()) })).toContain('entries joined');
    expect(bad({ entries: (list) => list.slice(0, -1) })).toContain('seal');
    expect(bad({ manifest: change((value) => value.files.pop()) })).toContain('manifest');
    const elsewhere = change((value) => {
      value.origin = 'socle/journal/org_other';
    });
    expect(bad({ evidence: elsewhere })).toContain('another journal');
  });

  test('may leave out an answer of which the journal speaks, and it is said', () => {
    const silent = change((value) => {
      value.orders[0].answers = [];
    });
    const { bytes } = makeEvidence(good.key, { evidence: silent });
    expect(verifyEvidence(bytes)).toMatchObject({
      isProven: true,
      omitted: ['ord_00000000000000000000000002/outcome'],
    });
    expect(run(save('silent.zip', bytes)).out).toContain('not joined: ord_00000000000000000000000002/outcome');
    expect(verifyEvidence(good.bytes).omitted).toEqual([]);
  });

  test('may withhold an answer, and it is said', () => {
    const withheld = change((value) => {
      Object.assign(value.orders[0].answers[0], { document: null, signature: { scheme: 'none' } });
    });
    const { isProven: holds, orders } = verifyEvidence(makeEvidence(good.key, { evidence: withheld }).bytes);
    expect(holds).toBe(true);
    expect(orders[0].answers[0].heldBy).toBe('withheld');
  });
});

describe('a hostile archive', () => {
  test('that is compressed is refused before anything is unpacked', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    const bytes = Buffer.from(writeArchive(new Map([['evidence.json', bomb]])));
    bytes.writeUInt16LE(8, 8);
    bytes.writeUInt32LE(50_000_000, 22);
    const before = process.memoryUsage().arrayBuffers;
    expect(why(bytes)).toContain('compressed');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  test('with a path, an absolute name, a foreign file or a file twice is refused', () => {
    const named = (name) => writeArchive(new Map([...good.files, [name, Buffer.from('x')]]));
    for (const name of ['../evil', '/etc/passwd', 'a/b', 'C:evil', 'A.json', '', '.hidden', 'x\u0000y']) {
      expect(why(named(name))).toContain('unexpected file name');
    }
    expect(why(named('extra.txt'))).toContain('does not name extra.txt');
    const [first] = good.files;
    const twice = Buffer.concat([
      writeArchive(new Map([first])).subarray(0, 30 + first[0].length + first[1].length),
      good.bytes,
    ]);
    expect(why(twice)).toContain('twice');
  });

  test('whose sizes lie, or whose directory points elsewhere, is refused', () => {
    for (const size of [0, 1, 0x7fffffff, 0xffffffff]) {
      const bytes = Buffer.from(good.bytes);
      bytes.writeUInt32LE(size, 22);
      expect(isProven(bytes)).toBe(false);
    }
    const end = good.bytes.length - 22;
    for (const [at, value] of [
      [16, 0],
      [12, 0],
      [8, 1],
      [20, 5],
    ]) {
      const bytes = Buffer.from(good.bytes);
      bytes.writeUInt16LE(value, end + at);
      expect(why(bytes)).toContain('not as Socle wrote it');
    }
  });

  test('or deeply nested JSON is a fault of the file, not of the verifier', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(verifyEvidence(withFile('manifest.json', deep))).toMatchObject({ isProven: false });
    expect(verifyEvidence(Buffer.from('PK'))).toMatchObject({ isProven: false });
  });
});

test('the verifier uses nothing but Node.js and its own files', () => {
  for (const path of [
    join(here, 'verify.mjs'),
    ...readdirSync(join(here, 'lib')).map((name) => join(here, 'lib', name)),
  ]) {
    const imports = [...readFileSync(path, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from);
    for (const from of imports) expect(from).toMatch(/^(node:(crypto|fs|util)|\.\/(lib\/)?[a-z]+\.mjs)$/);
  }
});

describe('several signatures', () => {
  const line = (key, text) =>
    `\u2014 ${key.name} ${Buffer.concat([key.id, sign(null, Buffer.from(text), key.privateKey)]).toString('base64')}\n`;
  const withLine = (more) =>
    makeEvidence(good.key, { proof: (made) => ({ ...made, checkpoint: made.checkpoint + more }) }).bytes;

  test('of a checkpoint: those of other keys are passed over, a false one of this key or a line that is none is not', () => {
    expect(isProven(withLine(line(newKey('witness.example'), 'anything\n')), { key: good.key.text })).toBe(true);
    expect(isProven(withLine(line(good.key, 'another text\n')))).toBe(false);
    expect(isProven(withLine('\u2014 witness.example\n'))).toBe(false);
    expect(isProven(withLine('a line\n'))).toBe(false);
    expect(isProven(withLine('\n'))).toBe(false);
  });

  test('of a change of key: it takes both, for this journal and this place', () => {
    const [old, next, other] = [newKey(), newKey(), newKey()];
    const statement = (number, from, to, ...signers) => {
      const root = Buffer.alloc(32).toString('base64');
      const text = `socle/journal-key-change/v1\n${old.name}\n${number - 1}\n${root}\n${from.text}\n${to.text}\n`;
      return `${text}\n${signers.map((key) => line(key, text)).join('')}`;
    };
    const entry = (data, kind = 'journal.key_changed') => ({
      number: 5,
      kind,
      data: { replaces: old.text, key: next.text, statement: statement(5, old, next, old, next), ...data },
    });
    expect(keyChangeOf(entry({}))).toMatchObject({ replaces: old.text, key: next.text });
    expect(keyChangeOf(entry({}, 'order.sent'))).toBeNull();
    for (const data of [
      { statement: statement(5, old, next, old) },
      { statement: statement(5, old, next, next) },
      { statement: statement(5, old, next, other, next) },
      { statement: statement(6, old, next, old, next) },
      { statement: statement(5, old, other, old, next) },
      { statement: 'nonsense' },
      { statement: null },
      { key: other.text },
      { replaces: other.text },
      { key: 'socle+00000000+AAAA' },
    ]) {
      expect(keyChangeOf(entry(data)), JSON.stringify(data)).toBeNull();
    }
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Checkpoint, openCheckpoint, readCheckpoint, signCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle.ts';
import {
  exportPrivateKey,
  fingerprint,
  importSigner,
  isKeyName,
  newSigner,
  openNote,
  parseVerifierKey,
  signNote,
  verifierKeyText,
} from './note.ts';

const origin = 'socle/journal/org_01JDXYZ';
const signer = newSigner(origin);
const checkpoint: Checkpoint = { origin, size: 20_852_163, root: leafHash(Buffer.from('root')), epoch: 2 };
const note = signCheckpoint(checkpoint, signer);

describe('a signed note', () => {
  test('that the Go checksum database publishes as its example opens', () => {
    const key = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    if (key === null) throw new Error('the key was not read');
    const said =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const blob = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';
    expect(openNote(`${said}\n\u2014 PeterNeumann ${blob}\n`, key)).toBe(said);
  });

  test('opens with its key, and gives back its text', () => {
    expect(openNote(signNote('One line.\n\nAnother.\n', signer), signer)).toBe('One line.\n\nAnother.\n');
  });

  test('passes over signatures of other keys, and wants one of its own', () => {
    const other = newSigner('elsewhere.example/log');
    const both = `${note}${signNote('x\n', other).split('\n\n')[1] ?? ''}`;
    expect(openCheckpoint(both, signer)).toEqual(checkpoint);
    expect(openNote(note, other)).toBeNull();
    expect(openNote(note, newSigner(origin))).toBeNull();
  });

  test('is refused when it is malformed', () => {
    const wrong = [
      '',
      '\n',
      'text\n',
      `${note}x`,
      note.slice(0, -1),
      note.replace('\u2014', '-'),
      `${note}\n`,
      `\t${note}`,
    ];
    for (const bad of wrong) expect(openNote(bad, signer)).toBeNull();
  });

  test('is not signed when its text is not one', () => {
    expect(() => signNote('no end of line', signer)).toThrow();
    expect(() => signNote('a tab\t\n', signer)).toThrow();
    expect(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b'].filter(isKeyName)).toEqual([]);
  });

  test('is refused when any bit of it is changed', () => {
    const bytes = Buffer.from(note);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        expect(openCheckpoint(changed.toString('utf8'), signer)).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a checkpoint', () => {
  test('is what was signed: origin, size, root and epoch', () => {
    expect(openCheckpoint(note, signer)).toEqual(checkpoint);
    expect(readCheckpoint(note)).toEqual(checkpoint);
    expect(note).toMatch(
      /^socle\/journal\/org_01JDXYZ\n20852163\n[A-Za-z0-9+/=]{44}\nepoch 2\n\n\u2014 socle\/journal\/org_01JDXYZ /,
    );
  });

  test('of another journal is refused, even under the same key', () => {
    const elsewhere = signNote(
      note.slice(0, note.indexOf('\n\n') + 1).replace(origin, 'socle/journal/org_other'),
      signer,
    );
    expect(openCheckpoint(elsewhere, signer)).toBeNull();
  });

  test('is read in one spelling only', () => {
    for (const [from, to] of [
      ['\n20852163\n', '\n020852163\n'],
      ['epoch 2', 'epoch 02'],
      ['epoch 2', 'epoch 2 '],
      ['epoch 2', 'epoch 0'],
    ]) {
      expect(readCheckpoint(note.replace(from ?? '', to ?? ''))).toBeNull();
    }
  });
});

describe('a key', () => {
  test('is sealed, opened and shared as text without change', () => {
    const again = importSigner(origin, exportPrivateKey(signer));
    expect(again.publicKey.equals(signer.publicKey)).toBe(true);
    expect(parseVerifierKey(verifierKeyText(signer))).toEqual({ name: origin, publicKey: signer.publicKey });
    expect(fingerprint(signer.publicKey)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  test('is refused when its id is not that of its name and bytes', () => {
    expect(parseVerifierKey(verifierKeyText(signer).replace('org_01', 'org_02'))).toBeNull();
    expect(parseVerifierKey('name+00000000+AAAA')).toBeNull();
    expect(parseVerifierKey('')).toBeNull();
  });
});

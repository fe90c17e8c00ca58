import { z } from 'zod';
import { type Allow, file, page, redirect, type Slice, type Who } from '../../http/index.ts';
import { type Language, Refusal, same, type Text } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { entryHash } from '../entry.ts';
import { journalKey } from '../key.ts';
import { keyChangeReasons, rotateKey } from '../key-change.ts';
import { inclusionProof, latestCheckpoint, readEntries, tileReader } from '../proof.ts';
import { sequence } from '../sequencer.ts';
import { type JournalReport, verifyJournal } from '../verify/verify.ts';
import { EntryPage } from './entry-page.tsx';
import type { FactWords } from './facts.tsx';
import { JournalPage, VerifyButton } from './journal-page.tsx';
import { keyPage } from './key-page.tsx';
import { keyWords, ownKindWords, words } from './words.ts';

export interface JournalSliceOptions {
  readonly allow: Allow;
  /** Who may replace the signing key. */
  readonly mayRotate: Allow;
  /** What a kind of entry means, in words; null for a kind nobody names. */
  readonly kindWords: (kind: string) => Text | null;
  /** The organisation of that short name, or the only one, whose checkpoints anybody may read; null when there is none. */
  readonly publishes?: (slug: string | null) => Promise<Scope | null>;
  /** How the facts of entries are read, room by room: the first that knows says it. */
  readonly factWords?: readonly FactWords[];
}

const rows = 25;

/** The journal's pages and its API: entries, checkpoint, verification, the public key and its replacement. */
export function journalSlice(options: JournalSliceOptions): Slice {
  const { allow, factWords = [] } = options;
  const kindWords = (kind: string): Text => ownKindWords[kind] ?? options.kindWords(kind) ?? same(kind);

  const isFor = (who: Who, rule: Allow): boolean => {
    try {
      rule(who);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  };

  async function show(who: Who, before: number | null, report: JournalReport | null) {
    const { scope } = who;
    const query = before === null ? {} : { before };
    const [found, head, key] = await Promise.all([
      readEntries(scope, { ...query, limit: rows + 1, newestFirst: true }),
      latestCheckpoint(scope),
      journalKey(scope),
    ]);
    const entries = found.slice(0, rows).map((entry) => entry.body);
    const last = entries.at(-1)?.number;
    return page({
      title: words.title,
      lead: words.lead,
      actions: <VerifyButton />,
      content: (
        <JournalPage
          entries={entries}
          head={head}
          publicKey={key}
          mayRotate={head !== null && isFor(who, options.mayRotate)}
          report={report}
          olderHref={found.length > rows && last !== undefined ? `/journal?before=${last}` : undefined}
          newestHref={before === null ? undefined : '/journal'}
          kindWords={kindWords}
          factWords={factWords}
        />
      ),
    });
  }

  return {
    name: 'journal',
    menu: [
      {
        section: { id: 'evidence', text: words.evidence, order: 80 },
        text: words.title,
        href: '/journal',
        icon: 'journal',
      },
    ],
    pages: (app) => {
      const query = z.object({ before: z.coerce.number().int().positive().optional() });
      app.get('/journal', { allow, query }, ({ who, query: asked }) => show(who, asked.before ?? null, null));
      // Nothing is numbered first: a broken journal refuses to grow, and must still be told what is wrong with it.
      app.post('/journal/verify', { allow, isOwnAccount: true }, async ({ who }) => {
        return show(who, null, await verifyJournal(who.scope));
      });
      app.get('/journal/entries/:number', { allow }, async ({ who, params }) => {
        const proven = await provenEntry(who.scope, params.number);
        const { number, kind } = proven.entry.body;
        return page({
          title: words.entry(number),
          breadcrumbs: [{ href: '/journal', text: words.title }],
          content: <EntryPage {...proven} what={kindWords(kind)} factWords={factWords} />,
        });
      });
      const reason = z.object({ reason: z.enum(keyChangeReasons) });
      const mayRotate = { allow: options.mayRotate };
      app.get('/journal/key', mayRotate, async ({ who }) => keyPage(await journalKey(who.scope)));
      app.post(
        '/journal/key',
        {
          ...mayRotate,
          form: reason,
          again: async ({ who }, refusal) => keyPage(await journalKey(who.scope), refusal.problems),
        },
        async ({ who, cause, body }) => {
          await sequence(who.scope);
          await rotateKey(who.scope, cause, body.reason);
          const { fingerprint } = await journalKey(who.scope);
          return redirect('/journal', { flash: keyWords.replaced(fingerprint) });
        },
      );
      // Public: a checkpoint is worth what others kept of it. It tells the count of entries and a hash, nothing else.
      const whose = z.object({ organisation: z.string().max(41).optional() });
      app.publicGet('/journal/checkpoint', { query: whose }, async ({ who, query: asked }) => {
        const own = asked.organisation === undefined ? (who?.scope ?? null) : null;
        if (own !== null) await sequence(own);
        const scope = own ?? (await options.publishes?.(asked.organisation ?? null)) ?? null;
        const head = scope === null ? null : await latestCheckpoint(scope);
        if (head === null) throw new Refusal('journal.no_checkpoint', 404, words.noCheckpoint);
        return file(head.note, 'text/plain; charset=utf-8', 'checkpoint.txt');
      });
    },
    api: (app) => {
      app.get(
        '/journal/entries/:number',
        { summary: 'One entry of the journal with its inclusion proof', allow },
        async ({ who, params }) => {
          const { entry, head, path } = await provenEntry(who.scope, params.number);
          const proof = path.map((hash) => hash.toString('base64'));
          return { body: entry.bytes.toString('utf8'), proof, checkpoint: head.note };
        },
      );
      app.get(
        '/journal/checkpoint',
        { summary: 'The last signed checkpoint of the journal', allow },
        async ({ who }) => {
          await sequence(who.scope);
          const head = await latestCheckpoint(who.scope);
          return { size: head?.size ?? 0, epoch: head?.epoch ?? 1, checkpoint: head?.note ?? '' };
        },
      );
      app.get('/journal/key', { summary: 'The public key that signs the journal', allow }, async ({ who }) => {
        const key = await journalKey(who.scope);
        return { key: key.text, fingerprint: key.fingerprint };
      });
      app.post(
        '/journal/key',
        {
          summary: 'Replaces the key that signs the journal; what was signed before stays verifiable',
          allow: options.mayRotate,
          body: z.strictObject({ reason: z.enum(keyChangeReasons).default('routine') }),
        },
        async ({ who, cause, body }) => {
          await sequence(who.scope);
          const before = await journalKey(who.scope);
          const head = await rotateKey(who.scope, cause, body.reason);
          const key = await journalKey(who.scope);
          return { key: key.text, fingerprint: key.fingerprint, replaced: before.fingerprint, checkpoint: head.note };
        },
      );
      app.post(
        '/journal/verification',
        {
          summary: 'Checks the whole journal, against a checkpoint kept outside when one is given',
          allow,
          isOwnAccount: true,
          body: z.object({ against: z.string().max(10_000).optional(), key: z.string().max(300).optional() }),
        },
        async ({ who, body, language }) => {
          const against = body.against === undefined ? {} : { against: body.against };
          const key = body.key === undefined ? {} : { key: body.key };
          return reportJson(await verifyJournal(who.scope, { ...against, ...key }), language);
        },
      );
    },
  };
}

/** An entry, and the proof that the last checkpoint covers it. */
async function provenEntry(scope: Scope, text: string) {
  const number = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
  const [entry] = number === 0 ? [] : await readEntries(scope, { after: number - 1, before: number + 1, limit: 1 });
  const head = await latestCheckpoint(scope);
  if (entry === undefined || head === null) throw new Refusal('journal.no_entry', 404, words.noEntry);
  const path = await inclusionProof(tileReader(scope.db), number, head.size);
  return { entry, head, path, hash: entryHash(entry.bytes) };
}

function reportJson(report: JournalReport, language: Language): object {
  const { isWhole, size, epoch, root, checkpoints, fingerprint, keys, finding, text } = report;
  const first = finding === null ? null : { kind: finding.kind, number: finding.number, through: finding.through };
  return {
    isWhole,
    entries: size,
    epoch,
    root,
    checkpoints,
    fingerprint,
    keys,
    firstBad: first,
    words: [text[language]],
  };
}

import { record } from '../../journal/index.ts';
import { actorText, type Cause, type Id, type Language, newId, publicId, Refusal, sha256 } from '../../kernel/index.ts';
import { type Scope, type Tx, write } from '../../store/index.ts';
import { checkTemplate, defaultTemplate, type LetterKind, type LetterTemplate } from '../letters/index.ts';

/** A letter in one language, for one controller, or for all (null). */
export interface TemplateKey {
  readonly kind: LetterKind;
  readonly language: Language;
  readonly controller: string | null;
}

/** One version, as somebody wrote it; null: back to the shipped letter. */
export interface TemplateVersion {
  readonly id: Id<'letter_template'>;
  readonly template: LetterTemplate | null;
  readonly madeAt: Date;
  readonly madeBy: string;
}

type Reader = Pick<Tx, 'selectFrom'>;

/** The versions of a letter, the latest first. */
export async function versionsOf(db: Reader, key: TemplateKey, limit = 20): Promise<readonly TemplateVersion[]> {
  const rows = await db
    .selectFrom('compliance.letter_template')
    .select(['id', 'subject', 'body', 'made_at', 'made_by'])
    .where('kind', '=', key.kind)
    .where('language', '=', key.language)
    .where('controller_id', key.controller === null ? 'is' : '=', key.controller)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, subject, body, made_at, made_by }) => ({
    id,
    template: subject === null || body === null ? null : { subject, body },
    madeAt: made_at,
    madeBy: made_by,
  }));
}

/**
 * The words of a letter: the controller's own, else those for all controllers, else the shipped ones. Words that this
 * version of Socle would refuse (a placeholder that the law came to require) are not used: no answer waits for them.
 */
export async function templateFor(db: Reader, key: TemplateKey): Promise<LetterTemplate> {
  const keys = key.controller === null ? [key] : [key, { ...key, controller: null }];
  for (const one of keys) {
    const [latest] = await versionsOf(db, one, 1);
    const template = latest?.template ?? null;
    if (template !== null && checkTemplate(key.kind, template).length === 0) return template;
  }
  return defaultTemplate(key.kind, key.language);
}

/** Keeps a new version. Refuses (422) one that names what doesn't exist, or lacks what the law requires. */
export async function saveTemplate(
  scope: Scope,
  cause: Cause,
  key: TemplateKey,
  template: LetterTemplate,
): Promise<void> {
  const plain = { subject: template.subject.trim(), body: template.body.replaceAll('\r\n', '\n').trim() };
  const problems = checkTemplate(key.kind, plain);
  if (problems.length > 0) throw refused(problems);
  await keep(scope, cause, key, plain);
}

/** Back to the words for all controllers, or to the shipped ones. */
export async function revertTemplate(scope: Scope, cause: Cause, key: TemplateKey): Promise<void> {
  const [latest] = await versionsOf(scope.db, key, 1);
  if ((latest?.template ?? null) === null) return;
  await keep(scope, cause, key, null);
}

async function keep(scope: Scope, cause: Cause, key: TemplateKey, template: LetterTemplate | null): Promise<void> {
  await write(scope, cause, async (writing) => {
    await writing.tx
      .insertInto('compliance.letter_template')
      .values({
        id: newId(writing.now.getTime()),
        kind: key.kind,
        language: key.language,
        controller_id: key.controller,
        subject: template?.subject ?? null,
        body: template?.body ?? null,
        made_at: writing.now,
        made_by: actorText(cause.actor),
      })
      .execute();
    await record(writing, {
      kind: template === null ? 'letter_template.reverted' : 'letter_template.changed',
      subject: publicId('org', scope.org),
      data: {
        letter: key.kind,
        language: key.language,
        controller: key.controller === null ? null : publicId('obj', key.controller),
      },
      ...(template === null
        ? {}
        : { digests: { template: sha256(`${template.subject}\n\n${template.body}`).toString('hex') } }),
    });
  });
}

/** The letters that somebody changed: `kind language`, whatever the controller. */
export async function changedLetters(db: Reader): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('compliance.letter_template as t')
    .select(['t.kind', 't.language', 't.controller_id', 't.subject'])
    .distinctOn(['t.kind', 't.language', 't.controller_id'])
    .orderBy('t.kind')
    .orderBy('t.language')
    .orderBy('t.controller_id')
    .orderBy('t.id', 'desc')
    .execute();
  return new Set(rows.flatMap((row) => (row.subject === null ? [] : [`${row.kind} ${row.language}`])));
}

function refused(problems: Refusal['problems']): Refusal {
  return new Refusal(
    'letter.template',
    422,
    {
      fr: 'Ce modèle de lettre ne peut pas être utilisé tel quel.',
      en: 'This letter template can’t be used as it is.',
    },
    problems,
  );
}

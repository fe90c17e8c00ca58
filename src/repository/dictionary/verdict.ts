import { type Category, columnKey } from '../../channels/index.ts';
import { record } from '../../journal/index.ts';
import { actorText, type Id, newId, publicId, Refusal } from '../../kernel/index.ts';
import type { Writing } from '../../store/index.ts';
import { unknownField } from './dictionary.ts';

export interface VerdictInput {
  /** Null takes the verdict back: the proposal counts again. */
  readonly category: Category | null;
  readonly note: string | null;
}

const longestNote = 500;

/**
 * What a person says a field is. It overrides every proposal, now and after each harvest, until someone says otherwise;
 * each verdict stays in the field's list of verdicts. The same verdict again writes nothing.
 */
export async function setVerdict(writing: Writing, field: Id<'field'>, input: VerdictInput): Promise<void> {
  const { tx, now, cause } = writing;
  const note = input.note?.trim() ?? '';
  if (note.length > longestNote) throw tooLong();
  const before = await tx
    .selectFrom('repository.field')
    .select(['application_id', 'schema_name', 'table_name', 'column_name', 'verdict', 'verdict_note', 'category'])
    .where('id', '=', field)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) throw unknownField();
  const kept = note === '' ? null : note;
  if (before.verdict === input.category && before.verdict_note === kept) return;
  const by = actorText(cause.actor);
  await tx
    .updateTable('repository.field')
    .set(
      input.category === null
        ? { verdict: null, verdict_note: null, verdict_by: null, verdict_at: null }
        : { verdict: input.category, verdict_note: kept, verdict_by: by, verdict_at: now },
    )
    .where('id', '=', field)
    .execute();
  await tx
    .insertInto('repository.verdict')
    .values({ id: newId(), field_id: field, category: input.category, note: kept, actor: by, at: now })
    .execute();
  await record(writing, {
    kind: input.category === null ? 'field.verdict_withdrawn' : 'field.judged',
    subject: publicId('app', before.application_id),
    data: {
      field: columnKey({ schema: before.schema_name, table: before.table_name }, before.column_name),
      before: before.category,
      category: input.category,
    },
  });
}

function tooLong(): Refusal {
  const text = {
    fr: `La note dépasse ${longestNote} caractères : raccourcissez-la.`,
    en: `The note is over ${longestNote} characters: shorten it.`,
  };
  return new Refusal('repository.note_too_long', 422, text, [{ pointer: '/note', code: 'too_long', text }]);
}

import { actorText, type Id, type Json, newId, open, type PersonKeys, seal } from '../../kernel/index.ts';
import type { Tx, Writing } from '../../store/index.ts';

/** What happened to a request, in the order it happened. Orders report here too. */
export type StepKind =
  | 'opened'
  | 'qualified'
  | 'confirmation_reminded'
  | 'identity_requested'
  | 'identity_received'
  | 'identity_established'
  | 'planned'
  | 'plan_changed'
  | 'started'
  | 'answered'
  | 'answered_again'
  | 'refused'
  | 'withdrawn'
  | 'extended'
  | 'assigned'
  | 'noted'
  | 'letter_edited'
  | 'letter_posted'
  | 'review_decided'
  | 'evidence_made'
  | 'verified'
  | 'closed'
  | 'file_forgotten'
  | 'order_sent'
  | 'order_executed'
  | 'order_partly'
  | 'order_refused'
  | 'order_not_found'
  | 'order_failed'
  | 'order_retried'
  | 'order_checked'
  | 'order_verified'
  | 'order_contradicted'
  | 'order_reissued'
  | 'order_held'
  | 'order_released';

export interface Step {
  readonly id: Id<'request_step'>;
  readonly at: Date;
  readonly actor: string;
  readonly kind: StepKind;
  readonly data: Json;
  /** Free text; null when there was none, or when it died with the person's secret. */
  readonly note: string | null;
}

const noteContext = (step: string): string => `note ${step}`;

interface NewStep {
  readonly request: Id<'request'>;
  readonly kind: StepKind;
  readonly data: { readonly [name: string]: Json };
  readonly note?: { readonly text: string; readonly keys: PersonKeys } | null;
}

/** Adds a step. `data`: codes, counts, names of applications. What someone typed goes into `note`, sealed. */
export async function addStep(
  writing: Writing,
  request: Id<'request'>,
  kind: StepKind,
  data: NewStep['data'] = {},
  note: NewStep['note'] = null,
): Promise<void> {
  await addSteps(writing, [{ request, kind, data, note }]);
}

/** Steps of several requests, in one statement. */
export async function addSteps(writing: Writing, steps: readonly NewStep[]): Promise<void> {
  await writing.tx
    .insertInto('compliance.request_step')
    .values(
      steps.map(({ request, kind, data, note = null }) => {
        const id: Id<'request_step'> = newId();
        return {
          id,
          request_id: request,
          at: writing.now,
          actor: actorText(writing.cause.actor),
          kind,
          data: JSON.stringify(data),
          note: note === null ? null : seal(note.keys.identities, note.text, noteContext(id)),
        };
      }),
    )
    .execute();
}

/** `keys`: null once the person is forgotten. */
export async function readSteps(
  db: Pick<Tx, 'selectFrom'>,
  request: Id<'request'>,
  keys: PersonKeys | null,
): Promise<readonly Step[]> {
  const rows = await db
    .selectFrom('compliance.request_step')
    .select(['id', 'at', 'actor', 'kind', 'data', 'note'])
    .where('request_id', '=', request)
    .orderBy('id')
    .execute();
  return rows.map(({ note, kind, ...row }) => ({
    ...row,
    kind: kind as StepKind,
    note: note === null || keys === null ? null : open(keys.identities, note, noteContext(row.id)).toString('utf8'),
  }));
}

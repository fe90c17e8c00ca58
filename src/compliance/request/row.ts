import { type JournalEntry, record } from '../../journal/index.ts';
import { type Day, type Id, publicId, Refusal } from '../../kernel/index.ts';
import { hintDue, type Scope, type Tx, type Writing } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { keepFile } from './file-retention.ts';
import type { RequestChange, RequestTransition } from './register.ts';
import { isOver, requestStateLabel, requestTransitions } from './states.ts';
import { addStep, type StepKind } from './steps.ts';

export type RequestRow = NonNullable<Awaited<ReturnType<typeof findRequestRow>>>;

/** A request is a campaign of one, under the same id. */
export function campaignOf(request: { readonly id: Id<'request'> }): Id<'campaign'> {
  const id: string = request.id;
  return id;
}

export async function findRequestRow(db: Pick<Tx, 'selectFrom'>, id: Id<'request'>) {
  return (await db.selectFrom('compliance.request').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** The request, locked for the transaction that changes it. */
export async function lockRequest(tx: Tx, id: Id<'request'>): Promise<RequestRow> {
  const row = await tx.selectFrom('compliance.request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw requestNotFound();
  return row;
}

export async function readRequestRow(db: Scope['db'] | Tx, id: Id<'request'>): Promise<RequestRow> {
  const row = await findRequestRow(db, id);
  if (row === null) throw requestNotFound();
  return row;
}

type Columns = Partial<Omit<RequestRow, 'org' | 'id' | 'state' | 'number' | 'version'>>;

interface Move {
  readonly transition: RequestTransition;
  readonly columns?: Columns;
  /** What the model's object is told besides its state. */
  readonly change?: RequestChange;
  readonly step: {
    readonly kind: StepKind;
    readonly data?: Parameters<typeof addStep>[3];
    readonly note?: Parameters<typeof addStep>[4];
  };
  readonly journal: Omit<JournalEntry, 'subject'>;
  /** Until when its file is kept, when this move ends it; the organisation's own time unless said. */
  readonly fileUntil?: Day;
}

/** Takes a request through a transition of its life cycle: row, object of the model, history and journal, or nothing. */
export async function moveRequest(
  engine: Engine,
  writing: Writing,
  request: RequestRow,
  move: Move,
): Promise<RequestRow> {
  const { from, to } = requestTransitions[move.transition];
  if (!from.includes(request.state)) throw notPossible(request, move.transition);
  const row = await writing.tx
    .updateTable('compliance.request')
    .set({ ...move.columns, state: to, version: request.version + 1 })
    .where('id', '=', request.id)
    .where('version', '=', request.version)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw changedMeanwhile();
  if (isOver(to)) await keepFile(writing, request.id, move.fileUntil ?? null);
  await engine.register.move(writing, request.id, move.transition, move.change ?? {});
  await addStep(writing, request.id, move.step.kind, move.step.data, move.step.note ?? null);
  await record(writing, { ...move.journal, subject: publicId('req', request.id) });
  await hintDue(writing.tx);
  engine.bell.ring(request.id);
  return row;
}

/** Changes a request without moving it: history and version, and the journal when it is a decision. */
export async function changeRequest(
  engine: Engine,
  writing: Writing,
  request: RequestRow,
  change: {
    readonly columns: Columns;
    readonly register?: RequestChange;
    readonly step: Move['step'];
    readonly journal?: Move['journal'];
  },
): Promise<RequestRow> {
  const row = await writing.tx
    .updateTable('compliance.request')
    .set({ ...change.columns, version: request.version + 1 })
    .where('id', '=', request.id)
    .where('version', '=', request.version)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw changedMeanwhile();
  if (change.register !== undefined) await engine.register.change(writing, request.id, change.register);
  await addStep(writing, request.id, change.step.kind, change.step.data, change.step.note ?? null);
  if (change.journal !== undefined) {
    await record(writing, { ...change.journal, subject: publicId('req', request.id) });
  }
  await hintDue(writing.tx);
  engine.bell.ring(request.id);
  return row;
}

export function requestNotFound(): Refusal {
  return new Refusal('request.not_found', 404, {
    fr: 'Cette demande n’existe pas, ou n’est pas dans votre périmètre.',
    en: 'This request does not exist, or is not in your perimeter.',
  });
}

function notPossible(request: RequestRow, transition: RequestTransition): Refusal {
  const { from } = requestTransitions[transition];
  const name = (language: 'fr' | 'en'): string => from.map((state) => requestStateLabel(state)[language]).join(', ');
  const now = requestStateLabel(request.state);
  return new Refusal('request.state', 409, {
    fr: `Cette demande est à l’état « ${now.fr} ». Cette étape se fait depuis : ${name('fr')}.`,
    en: `This request is in state “${now.en}”. This step is done from: ${name('en')}.`,
  });
}

function changedMeanwhile(): Refusal {
  return new Refusal('request.changed', 412, {
    fr: 'Cette demande a changé pendant que vous la lisiez. Relisez-la, puis recommencez ; rien n’a été modifié.',
    en: 'This request changed while you were reading it. Read it again, then start over; nothing was modified.',
  });
}

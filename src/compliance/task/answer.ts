import { z } from 'zod';
import { parseInput } from '../../http/index.ts';
import {
  actorText,
  type Cause,
  isUuid,
  type Problem,
  publicId,
  Refusal,
  sha256,
  type Text,
} from '../../kernel/index.ts';
import { type Scope, writeOnce } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { conflict, type OutcomeBody, recordAnswer } from '../order/answers.ts';
import type { Recipient } from '../order/body.ts';
import { overall } from '../order/documents.ts';
import { lockOrder, type OrderRow } from '../order/move.ts';
import { openPersons } from '../person/secret.ts';
import { isAnswerToken } from './link.ts';
import { namesPerson } from './names-person.ts';
import { keepProofs, mostProofs, type Proof, proofFacts, readProof } from './proof.ts';
import type { Task } from './read.ts';

export const taskOutcomes = ['executed', 'partly', 'refused', 'not_found'] as const;
export const taskReasons = [
  'legal_duty',
  'claim',
  'hold',
  'identity_ambiguous',
  'not_our_data',
  'technical',
  'other',
] as const;

/** The form of a checklist: who answers, and then fields for each person, named after their place in the list. */
export const taskForm = z.looseObject({ by: z.string().optional(), answer: z.string().optional() });
export type TaskForm = z.output<typeof taskForm>;

const person = z.object({
  outcome: z.enum(taskOutcomes),
  reason: z.enum(taskReasons).optional(),
  until: z.iso.date().optional(),
  comment: z.string().trim().max(200).optional(),
});

type PersonAnswer = z.output<typeof person>;
interface Answered {
  readonly recipient: Recipient;
  readonly said: PersonAnswer;
  readonly proofs: readonly Proof[];
}

/** Records what a contact answered, like any application's answer. The same form sent twice changes nothing. */
export async function answerTask(
  engine: Engine,
  scope: Scope,
  task: Extract<Task, { kind: 'open' }>,
  form: TaskForm,
  requestHash: Buffer,
): Promise<void> {
  const { link, order, contact } = task;
  if (!isAnswerToken(scope, link, form.answer ?? '')) throw notThisPage();
  const by = readName(form.by);
  const answered = await readPersons(scope, task.persons, form);
  const hash = answerHash(order, requestHash);
  await writeOnce(scope, causeOf(order.application_id ?? '', hash), hash, async (writing) => {
    const current = await lockOrder(writing.tx, order.id);
    // Two contacts at once: the first answer stands.
    if (current.outcome !== null && current.outcome !== 'failed') throw conflict();
    const body = bodyOf(current.id, current.body_digest, answered);
    const at = writing.now.toISOString();
    await recordAnswer(engine, writing, order.id, { ...body, at, by: `${by} <${contact}>` });
    await keepProofs(
      writing,
      order.id,
      answered.flatMap(({ recipient, proofs }) => proofs.map((proof) => ({ person: recipient.person, proof }))),
    );
    return { status: 200, resource: order.id };
  });
  engine.bell.ring(order.campaign_id);
}

/** Whether this very form was taken already. */
export async function hasAnswered(scope: Scope, order: OrderRow, requestHash: Buffer): Promise<boolean> {
  const { actor, key } = causeOf(order.application_id ?? '', answerHash(order, requestHash));
  const row = await scope.db
    .selectFrom('store.idempotency')
    .select('key')
    .where('actor', '=', actorText(actor))
    .where('key', '=', key ?? '')
    .executeTakeFirst();
  return row !== undefined;
}

/** The same answer to an order that was replayed is another answer. */
function answerHash(order: OrderRow, requestHash: Buffer): Buffer {
  return sha256(Buffer.concat([requestHash, Buffer.from(order.sent_at?.toISOString() ?? '')]));
}

function causeOf(application: string, requestHash: Buffer): Cause {
  if (!isUuid(application)) throw new Error('a task without an application');
  return { actor: { kind: 'application', id: application }, source: 'form', key: requestHash.toString('hex') };
}

function bodyOf(id: string, digest: Buffer | null, answered: readonly Answered[]): Omit<OutcomeBody, 'at' | 'by'> {
  return {
    order: publicId('ord', id),
    digest: `sha256:${digest?.toString('hex') ?? ''}`,
    outcome: overall(answered.map(({ said }) => said)),
    persons: answered.map(({ recipient, said, proofs }) => ({
      ref: recipient.ref,
      outcome: said.outcome,
      ...(said.reason === undefined ? {} : { reason: said.reason }),
      ...(said.until === undefined ? {} : { until: said.until }),
      ...(said.comment === undefined ? {} : { detail: said.comment }),
      ...(proofs.length === 0 ? {} : { proofs: proofs.map(proofFacts) }),
    })),
  };
}

function readName(given: string | undefined): string {
  const name = (given ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>]+/gu, ' ')
    .trim();
  if (name.length < 2 || name.length > 60) throw wrong([problem('by', 'needed', words.by)]);
  return name;
}

async function readPersons(
  scope: Scope,
  recipients: readonly Recipient[],
  form: TaskForm,
): Promise<readonly Answered[]> {
  const known = await openPersons(
    scope.db,
    scope,
    recipients.map((recipient) => recipient.person),
  );
  const problems: Problem[] = [];
  const answered: Answered[] = [];
  for (const [place, recipient] of recipients.entries()) {
    const said = collect(problems, place, () => readPerson(form, place));
    const proofs = await readProofs(form, place, problems);
    if (said === null) continue;
    const identities = [...recipient.identities, ...(known.get(recipient.person)?.identities ?? [])];
    if (namesPerson(said.comment ?? '', identities)) {
      problems.push(problem(`comment_${place}`, 'names_person', words.namesPerson));
    }
    const needsReason = said.outcome === 'refused' || said.outcome === 'partly';
    if (needsReason && said.reason === undefined) problems.push(problem(`reason_${place}`, 'needed', words.reason));
    answered.push({ recipient, said: needsReason ? said : { outcome: said.outcome, comment: said.comment }, proofs });
  }
  if (problems.length > 0) throw wrong(problems);
  return answered;
}

function readPerson(form: TaskForm, place: number): PersonAnswer {
  const given = Object.fromEntries(
    ['outcome', 'reason', 'until', 'comment'].map((name) => [name, form[`${name}_${place}`]]),
  );
  return parseInput(person, given, 422, words.wrong);
}

async function readProofs(form: TaskForm, place: number, problems: Problem[]): Promise<readonly Proof[]> {
  const name = `proof_${place}`;
  const given = form[name];
  const files = (Array.isArray(given) ? given : [given]).filter((each) => each instanceof File);
  if (files.length > mostProofs) problems.push(problem(name, 'too_many', words.tooMany));
  const proofs: Proof[] = [];
  for (const file of files.slice(0, mostProofs)) {
    try {
      proofs.push(await readProof(file));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(problem(name, error.code, error.text));
    }
  }
  return proofs;
}

/** What is wrong with a person's fields, at the fields of that person. */
function collect<T>(problems: Problem[], place: number, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(
      ...error.problems.map((each) => ({ ...each, text: atField(each), pointer: `${each.pointer}_${place}` })),
    );
    return null;
  }
}

function atField(each: Problem): Text {
  return each.pointer === '/outcome' ? words.outcome : each.text;
}

function problem(field: string, code: string, text: Text): Problem {
  return { pointer: `/${field}`, code, text };
}

function wrong(problems: readonly Problem[]): Refusal {
  return new Refusal('task.answer_invalid', 422, words.wrong, problems);
}

function notThisPage(): Refusal {
  return new Refusal('task.not_this_page', 422, words.notThisPage, [problem('by', 'stale', words.notThisPage)]);
}

const words = {
  wrong: {
    fr: 'La réponse est incomplète. Rien n’a été enregistré : joignez de nouveau les fichiers.',
    en: 'The answer is incomplete. Nothing was saved: attach the files again.',
  },
  by: { fr: 'Écrivez votre nom : de 2 à 60 caractères.', en: 'Write your name: 2 to 60 characters.' },
  outcome: { fr: 'Dites ce qui a été fait pour cette personne.', en: 'Say what was done for this person.' },
  reason: { fr: 'Donnez le motif de ce qui reste.', en: 'Give the reason for what remains.' },
  namesPerson: {
    fr: 'Ce commentaire nomme la personne : il reste dans le dossier de preuve, après elle. Réécrivez-le sans nom, adresse ni numéro.',
    en: 'This comment names the person: it stays in the evidence file, after them. Write it again without name, address or number.',
  },
  tooMany: {
    fr: `Joignez ${mostProofs} fichiers au plus par personne.`,
    en: `Attach ${mostProofs} files at most for each person.`,
  },
  notThisPage: {
    fr: 'Cette réponse ne vient pas de la page ouverte par votre lien : rouvrez-le, puis répondez.',
    en: 'This answer does not come from the page that your link opens: open it again, then answer.',
  },
} as const satisfies Readonly<Record<string, Text>>;

import { sql } from 'kysely';
import type { Who } from '../../http/index.ts';
import { type Problem, Refusal, type Text } from '../../kernel/index.ts';
import type { Model } from '../../model/index.ts';
import { hintDue, type Scope, type Writing, write } from '../../store/index.ts';
import { askerOf } from '../acting.ts';
import { expectType } from '../refusals.ts';
import { expectRight } from '../rights.ts';
import { askerJson, findImport, type Import, type ImportState, setJob } from './job.ts';
import { importOptions, optionProblems } from './options.ts';
import { keptForMs } from './upload.ts';

/** What somebody asks of an import. */
export const importSteps = ['check', 'apply', 'pause', 'resume', 'cancel', 'undo'] as const;
export type ImportStep = (typeof importSteps)[number];

export interface StepAsked {
  readonly step: ImportStep;
  /** For `check`: how the file is read (`importOptions`). */
  readonly options?: unknown;
  /** For `apply`: all lines or none; false: the good ones. */
  readonly isAll?: boolean;
}

/** From which states each step can be asked. */
const from: Readonly<Record<ImportStep, readonly ImportState[]>> = {
  check: ['uploaded', 'checked'],
  apply: ['checked'],
  pause: ['checking', 'applying', 'undoing'],
  resume: ['checking', 'applying', 'undoing'],
  cancel: ['uploaded', 'checking', 'checked', 'applying'],
  undo: ['done', 'cancelled'],
};

/**
 * Asks a step of an import, by page, API or command line; the pump does the work. Refuses (409) what its state doesn't allow,
 * (422) everything that is wrong with the options at once. Asked again while it is so, it changes nothing.
 */
export async function askStep(
  scope: Scope,
  who: Who,
  model: Model,
  cause: Writing['cause'],
  reference: string,
  asked: StepAsked,
): Promise<Import> {
  await write(scope, cause, async (writing) => {
    const job = await findImport(writing, who, reference, true);
    if (isAsked(job, asked)) return;
    if (!from[asked.step].includes(job.state)) throw wrongState(job.state);
    await doStep(writing, who, model, job, asked);
    await setJob(writing, job.id, { asker: askerJson(who) });
    await hintDue(writing.tx);
  });
  return findImport(scope, who, reference);
}

/** Whether it is so already. */
function isAsked(job: Import, { step }: StepAsked): boolean {
  if (step === 'apply') return job.state === 'applying';
  if (step === 'cancel') return job.state === 'cancelled';
  if (step === 'undo') return job.state === 'undoing' || job.state === 'undone';
  return step === 'pause' ? job.isPaused : step === 'resume' && !job.isPaused;
}

async function doStep(writing: Writing, who: Who, model: Model, job: Import, asked: StepAsked): Promise<void> {
  const { now } = writing;
  const begin = { lines_done: 0, step_started_at: now, next_at: now, is_paused: false, failure: null };
  switch (asked.step) {
    case 'check':
      return check(writing, model, job, asked.options, begin);
    case 'apply':
      return apply(writing, model, job, asked.isAll ?? true, begin);
    case 'pause':
      return setJob(writing, job.id, { is_paused: true });
    case 'resume':
      return setJob(writing, job.id, { is_paused: false, next_at: now, step_started_at: now });
    case 'cancel':
      // Whoever works on it stops; its file and lines go by the pump.
      return setJob(writing, job.id, {
        ...(job.state === 'applying' ? {} : noCounts),
        state: 'cancelled',
        is_paused: false,
        next_at: now,
      });
    case 'undo': {
      const type = expectType(model, job.type);
      if (job.counts.created > 0) expectRight(askerOf(who), type, 'delete');
      if (job.counts.updated > 0) expectRight(askerOf(who), type, 'update');
      const total = job.counts.created + job.counts.updated;
      return setJob(writing, job.id, { ...begin, state: 'undoing', lines_total: total, kept_count: 0 });
    }
  }
}

type Begin = Readonly<Record<string, unknown>>;

async function check(writing: Writing, model: Model, job: Import, given: unknown, begin: Begin): Promise<void> {
  const parsed = importOptions.safeParse(given ?? job.options ?? { mapping: {} });
  if (!parsed.success) throw badOptions(parsed.error.issues.map((issue) => shapeProblem(issue.path.join('/'))));
  const type = expectType(model, job.type);
  const problems = optionProblems(
    model,
    type,
    job.columns.map(({ name }) => name),
    parsed.data,
  );
  if (problems.length > 0) throw badOptions(problems);
  await sql`delete from objects.import_line where import = ${job.id}`.execute(writing.tx);
  await sql`delete from objects.import_problem where import = ${job.id}`.execute(writing.tx);
  await setJob(writing, job.id, {
    ...begin,
    ...noCounts,
    state: 'checking',
    options: JSON.stringify(parsed.data),
    lines_total: null,
    fingerprint: model.fingerprint,
  });
}

async function apply(writing: Writing, model: Model, job: Import, isAll: boolean, begin: Begin): Promise<void> {
  const { created, updated, refused } = job.counts;
  if (model.fingerprint !== job.fingerprint) throw refuse('import.model_changed', words.modelChanged);
  if (isAll && refused > 0) throw refuse('import.has_problems', words.hasProblems);
  if (created + updated === 0) throw refuse('import.nothing_to_do', words.nothingToDo);
  await setJob(writing, job.id, {
    ...begin,
    state: 'applying',
    is_all: isAll,
    lines_total: created + updated,
    created_count: 0,
    updated_count: 0,
  });
}

const noCounts = { created_count: 0, updated_count: 0, same_count: 0, skipped_count: 0, refused_count: 0 };

/** When an import that waits for somebody is dropped. */
export function droppedAt(now: Date): Date {
  return new Date(now.getTime() + keptForMs);
}

function refuse(code: string, text: Text): Refusal {
  return new Refusal(code, 409, text);
}

function wrongState(state: ImportState): Refusal {
  return refuse('import.wrong_state', {
    fr: `Cet import est « ${stateWords[state].fr} » : cela ne peut pas lui être demandé maintenant. Rien n’a changé.`,
    en: `This import is “${stateWords[state].en}”: that can’t be asked of it now. Nothing has changed.`,
  });
}

function badOptions(problems: readonly Problem[]): Refusal {
  return new Refusal('import.bad_options', 422, words.badOptions, problems);
}

function shapeProblem(pointer: string): Problem {
  return { pointer: `/${pointer}`, code: 'import.bad_option', text: words.badOption };
}

export const stateWords: Readonly<Record<ImportState, Text>> = {
  uploaded: { fr: 'Colonnes à vérifier', en: 'Columns to check' },
  checking: { fr: 'Vérification en cours', en: 'Being checked' },
  checked: { fr: 'Vérifié, à confirmer', en: 'Checked, to be confirmed' },
  applying: { fr: 'Écriture en cours', en: 'Being written' },
  done: { fr: 'Terminé', en: 'Done' },
  undoing: { fr: 'Annulation en cours', en: 'Being undone' },
  undone: { fr: 'Annulé après coup', en: 'Undone' },
  cancelled: { fr: 'Abandonné', en: 'Cancelled' },
  failed: { fr: 'Échoué', en: 'Failed' },
};

const words = {
  modelChanged: {
    fr: 'Le modèle a changé depuis la vérification : vérifiez encore ce fichier avant de l’écrire. Rien n’a été écrit.',
    en: 'The model has changed since the check: check this file again before writing it. Nothing was written.',
  },
  hasProblems: {
    fr: 'Des lignes sont refusées : corrigez le fichier, ou demandez les bonnes lignes seulement. Rien n’a été écrit.',
    en: 'Some lines are refused: mend the file, or ask for the good lines only. Nothing was written.',
  },
  nothingToDo: { fr: 'Aucune ligne n’est à écrire.', en: 'There is no line to write.' },
  badOptions: {
    fr: 'Ces choix ne vont pas : corrigez-les ; rien n’a été vérifié.',
    en: 'These choices don’t hold: mend them; nothing was checked.',
  },
  badOption: { fr: 'Valeur inattendue.', en: 'Unexpected value.' },
} as const satisfies Record<string, Text>;

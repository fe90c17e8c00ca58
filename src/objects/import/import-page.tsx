import type { Content } from '../../http/index.ts';
import type { Text } from '../../kernel/index.ts';
import type { TypeModel } from '../../model/index.ts';
import {
  ButtonForm,
  LinkButton,
  Live,
  Notice,
  Progress,
  reader,
  Say,
  Section,
  type Stat,
  StatTiles,
  Table,
} from '../../ui/index.ts';
import { type Import, type ProblemLine, publicImportId } from './job.ts';
import { MappingForm } from './mapping-form.tsx';
import { stateWords } from './steps.ts';
import { firstProblems, words } from './words.ts';

export interface ImportShown {
  readonly job: Import;
  readonly type: TypeModel;
  /** The first ones. */
  readonly problems: readonly ProblemLine[];
  /** Somebody wants to decide again how the file is read. */
  readonly isChanging: boolean;
}

export function importHref({ id }: Pick<Import, 'id'>): string {
  return `/imports/${publicImportId(id)}`;
}

/** What the page of an import shows, by where it stands. */
export function ImportContent({ job, type, problems, isChanging }: ImportShown): Content {
  const href = importHref(job);
  if (job.state === 'uploaded' || (job.state === 'checked' && isChanging)) {
    return (
      <>
        <MappingForm job={job} type={type} action={`${href}/check`} problems={[]} />
        <ButtonForm action={`${href}/cancel`} text={words.cancel} kind="quiet" />
      </>
    );
  }
  if (isWorking(job)) {
    return (
      <Live id="import-live" events={`${href}/events`} refreshHref={href}>
        <ImportProgress job={job} now={reader().now} />
        <WorkButtons job={job} />
      </Live>
    );
  }
  return (
    <>
      {job.failure === null ? null : <Notice tone="bad" title={words.failed} detail={job.failure} />}
      {job.state === 'failed' ? null : <Counts job={job} />}
      {job.state === 'checked' ? <Confirm job={job} /> : null}
      <Problems job={job} problems={problems} />
      {job.state === 'done' || (job.state === 'cancelled' && written(job) > 0) ? <Undo job={job} /> : null}
    </>
  );
}

export function isWorking({ state }: Pick<Import, 'state'>): boolean {
  return state === 'checking' || state === 'applying' || state === 'undoing';
}

function written({ counts }: Import): number {
  return counts.created + counts.updated;
}

/** Followed live. */
export function ImportProgress({ job, now }: { readonly job: Import; readonly now: Date }) {
  const seconds = job.startedAt === null ? 0 : (now.getTime() - job.startedAt.getTime()) / 1_000;
  const rate = seconds > 1 && job.done > 0 ? job.done / seconds : null;
  const left = rate === null || job.total === null ? null : ((job.total - job.done) / rate) * 1_000;
  return (
    <Progress
      id="import-progress"
      label={job.isPaused ? words.paused : stateWords[job.state]}
      done={job.done}
      total={job.total}
      {...(rate === null || job.isPaused ? {} : { perSecond: rate })}
      {...(left === null || job.isPaused ? {} : { leftMs: left })}
      {...(job.state === 'applying' ? { errors: job.counts.refused } : {})}
    />
  );
}

/** In place of both once the step is over: the way to what it gave. */
export function StepOver({ job }: { readonly job: Import }) {
  const { say } = reader();
  return (
    <>
      <div id="import-progress" data-announce={say(stateWords[job.state])}>
        <LinkButton kind="main" href={importHref(job)} text={words.seeResult} />
      </div>
      <div id="import-actions" />
    </>
  );
}

function WorkButtons({ job }: { readonly job: Import }) {
  const href = importHref(job);
  return (
    <div id="import-actions" class="actions">
      {job.isPaused ? (
        <ButtonForm action={`${href}/resume`} text={words.resume} kind="main" />
      ) : (
        <ButtonForm action={`${href}/pause`} text={words.pause} />
      )}
      {job.state === 'undoing' ? null : <ButtonForm action={`${href}/cancel`} text={words.cancel} kind="quiet" />}
    </div>
  );
}

function Counts({ job }: { readonly job: Import }) {
  const { created, updated, same, skipped, refused, kept } = job.counts;
  const isChecked = job.state === 'checked';
  const tile = (label: Text, value: number, tone?: Stat['tone']): Stat => ({
    label,
    value,
    ...(tone && value > 0 ? { tone } : {}),
  });
  const stats = [
    tile(isChecked ? words.toCreate : words.created, created, 'good'),
    tile(isChecked ? words.toUpdate : words.updated, updated, 'good'),
    tile(words.same, same),
    tile(words.skipped, skipped),
    tile(words.refused, refused, 'bad'),
    ...(job.state === 'undone' ? [tile(words.kept, kept, 'warning')] : []),
  ];
  return (
    <>
      <StatTiles label={isChecked ? words.wouldBe : words.wasDone} stats={stats} />
      {kept > 0 ? (
        <p>
          <Say text={words.keptHint} />
        </p>
      ) : null}
    </>
  );
}

function Confirm({ job }: { readonly job: Import }) {
  const href = importHref(job);
  const isWhole = job.counts.refused === 0;
  const hasWork = written(job) > 0;
  return (
    <Section id="confirm" title={words.import}>
      {hasWork && isWhole ? (
        <>
          <ButtonForm action={`${href}/apply`} fields={{ lines: 'all' }} text={words.applyAll} kind="main" />
          <p class="hint">
            <Say text={words.applyAllHint} />
          </p>
        </>
      ) : null}
      {hasWork ? (
        <>
          <ButtonForm
            action={`${href}/apply`}
            fields={{ lines: 'good' }}
            text={words.applyGood}
            kind={isWhole ? 'plain' : 'main'}
          />
          <p class="hint">
            <Say text={words.applyGoodHint} />
          </p>
        </>
      ) : null}
      <div class="actions">
        <LinkButton kind="plain" href={`${href}?change=yes`} text={words.checkAgain} />
        <ButtonForm action={`${href}/cancel`} text={words.cancel} kind="quiet" />
      </div>
    </Section>
  );
}

function Problems({ job, problems }: { readonly job: Import; readonly problems: readonly ProblemLine[] }) {
  if (job.counts.refused === 0 && problems.length === 0) return null;
  const { say } = reader();
  return (
    <Section
      id="problems"
      title={words.problems}
      lead={firstProblems(problems.length, job.counts.refused)}
      actions={<LinkButton kind="plain" href={`${importHref(job)}/problems.csv`} text={words.download} />}
    >
      <Table
        id="problem-list"
        caption={words.problems}
        columns={[
          { id: 'line', title: words.line, kind: 'fixed', cell: ({ line }) => String(line) },
          { id: 'column', title: words.column, cell: ({ column }) => column ?? '—' },
          { id: 'problem', title: words.problem, cell: ({ text }) => say(text) },
        ]}
        rows={problems}
        empty={{ title: words.noProblem, hint: words.noProblemHint }}
      />
    </Section>
  );
}

function Undo({ job }: { readonly job: Import }) {
  return (
    <Section id="undo" title={words.undoTitle} lead={words.undoHint}>
      <ButtonForm action={`${importHref(job)}/undo`} text={words.undo} kind="danger" />
    </Section>
  );
}

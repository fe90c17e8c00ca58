import type { Language, Text } from '../../kernel/index.ts';
import { publicId } from '../../kernel/index.ts';
import { casesOf } from './cases.ts';
import { runName } from './message.ts';
import type { Run } from './row.ts';
import type { CaseVerdict, Finding } from './seen.ts';

/** A case as it stands in a run: its verdict, or what is happening. */
export interface CaseView {
  readonly id: string;
  readonly title: Text;
  readonly state: CaseVerdict | 'running' | 'waiting';
  readonly findings: readonly Finding[];
}

export function shownCases(run: Run): readonly CaseView[] {
  return casesOf(run.channel).map(({ id, title }, place) => {
    const result = run.results.find((each) => each.case === id);
    if (result !== undefined) return { id, title, state: result.verdict, findings: result.findings };
    const isNow = run.state === 'running' && place === run.caseAt;
    return { id, title, state: isNow ? 'running' : 'waiting', findings: [] };
  });
}

/** Whether somebody is to restart the application now. */
export function asksRestart(run: Run): boolean {
  return run.current?.step?.do === 'restart' && run.restart !== 'told';
}

/** A run as programs get it. */
export function shownRun(run: Run, application: string, language: Language): object {
  const shown = shownCases(run);
  return {
    id: runName(run.id),
    application: publicId('app', run.application),
    name: application,
    channel: run.channel,
    state: run.state,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    asksRestart: asksRestart(run),
    passed: shown.filter(({ state }) => state === 'passed').length,
    total: shown.length,
    cases: shown.map(({ id, title, state, findings }) => ({
      id,
      title: title[language],
      state,
      findings: findings.map(({ verdict, text }) => ({ verdict, text: text[language] })),
    })),
  };
}

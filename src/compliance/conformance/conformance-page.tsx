import type { PageAnswer } from '../../http/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import { type ApplicationLine, applicationPage } from '../../repository/index.ts';
import {
  Badge,
  type BadgeValue,
  Button,
  ButtonForm,
  CheckboxesField,
  EmptyState,
  Form,
  FormActions,
  LinkButton,
  Live,
  Notice,
  Progress,
  reader,
  Section,
  Table,
  When,
} from '../../ui/index.ts';
import { commonKinds, kindLabel } from '../person/kinds.ts';
import type { Run } from './row.ts';
import type { Finding } from './seen.ts';
import { usualKinds } from './start.ts';
import { asksRestart, type CaseView, shownCases } from './view.ts';

export function conformanceHref(application: string): string {
  return `/applications/${publicId('app', application)}/conformance`;
}

export interface ConformanceShown {
  readonly line: ApplicationLine;
  /** The latest first. */
  readonly runs: readonly Run[];
  readonly now: Date;
  readonly mayConnect: boolean;
}

/** The last test of an application, case by case, and how to run the next. */
export function conformancePage(shown: ConformanceShown): PageAnswer {
  const { line, runs } = shown;
  const [last, ...earlier] = runs;
  return applicationPage({
    line,
    now: shown.now,
    tab: 'conformance',
    lead: words.lead,
    actions: (
      <LinkButton
        href={`/onboarding/${publicId('app', line.id)}`}
        text={{ fr: 'Guide de raccordement', en: 'Connection guide' }}
      />
    ),
    content: (
      <>
        {last === undefined ? (
          <Never line={line} />
        ) : (
          <Live
            id="conformance-live"
            events={`${conformanceHref(line.id)}/events`}
            refreshHref={conformanceHref(line.id)}
          >
            <LiveRun run={last} mayConnect={shown.mayConnect} />
          </Live>
        )}
        {shown.mayConnect && isDriven(line) && last?.state !== 'running' ? <Start line={line} /> : null}
        {earlier.length === 0 ? null : <Earlier runs={earlier} />}
      </>
    ),
  });
}

/** What moves while one looks. Sent anew by each event. */
export function LiveRun(props: { readonly run: Run; readonly mayConnect: boolean }) {
  const { run } = props;
  const shown = shownCases(run);
  const tried = shown.filter(({ state }) => state !== 'running' && state !== 'waiting').length;
  const said = summaryOf(run, shown);
  return (
    <div id="run" data-announce={reader().say(said.title)}>
      <Notice tone={said.tone} title={said.title} detail={said.detail}>
        {asksRestart(run) && props.mayConnect ? (
          <ButtonForm action={`${conformanceHref(run.application)}/restarted`} text={words.restarted} />
        ) : null}
      </Notice>
      {run.state === 'running' ? (
        <Progress id="run-progress" label={words.progress} done={tried} total={shown.length} />
      ) : null}
      <Section id="cases" title={words.cases}>
        <Table
          id="case-list"
          caption={words.cases}
          rows={shown}
          rowId={({ id }) => `case-${id}`}
          columns={[
            { id: 'case', title: words.case, cell: ({ title }) => reader().say(title) },
            { id: 'state', title: words.result, kind: 'fixed', cell: (each) => <Badge {...badgeOf(each.state)} /> },
            { id: 'said', title: words.said, cell: (each) => <Said findings={each.findings} /> },
          ]}
          empty={{ title: words.cases, hint: words.lead }}
        />
      </Section>
    </div>
  );
}

/** What is to mend alone when there is something to mend: the rest would hide it. */
function Said(props: { readonly findings: readonly Finding[] }) {
  const wrong = props.findings.filter(({ verdict }) => verdict === 'mend');
  const { say } = reader();
  return (
    <>
      {(wrong.length > 0 ? wrong : props.findings).map(({ text }, index) => (
        <>
          {index === 0 ? null : <br />}
          {say(text)}
        </>
      ))}
    </>
  );
}

function isDriven(line: ApplicationLine): boolean {
  return line.channel === 'webhook' || line.channel === 'pull';
}

function Never(props: { readonly line: ApplicationLine }) {
  return (
    <EmptyState
      icon="check"
      title={{ fr: 'Jamais essayée', en: 'Never tried' }}
      hint={isDriven(props.line) ? words.neverHint : words.notDriven}
    />
  );
}

function Start(props: { readonly line: ApplicationLine }) {
  return (
    <Section id="start" title={words.start} lead={words.startLead}>
      <Form id="conformance" action={conformanceHref(props.line.id)}>
        <CheckboxesField
          name="kinds"
          label={words.kinds}
          hint={words.kindsHint}
          choices={commonKinds.map((kind) => ({ value: kind, text: kindLabel(kind) }))}
          values={usualKinds(props.line)}
          isRequired
        />
        <FormActions>
          <Button kind="main" text={words.run} />
        </FormActions>
      </Form>
    </Section>
  );
}

function Earlier(props: { readonly runs: readonly Run[] }) {
  return (
    <Section id="earlier" title={words.earlier}>
      <Table
        id="earlier-list"
        caption={words.earlier}
        rows={props.runs}
        columns={[
          { id: 'at', title: words.when, kind: 'fixed', cell: (run) => <When at={run.startedAt} /> },
          { id: 'state', title: words.result, cell: (run) => <Badge {...runBadge(run)} /> },
        ]}
        empty={{ title: words.earlier, hint: words.lead }}
      />
    </Section>
  );
}

export function runBadge(run: Pick<Run, 'state'>): BadgeValue {
  switch (run.state) {
    case 'running':
      return { tone: 'accent', text: { fr: 'En cours', en: 'Running' } };
    case 'passed':
      return { tone: 'good', text: { fr: 'Conforme', en: 'Conforms' } };
    case 'failed':
      return { tone: 'bad', text: { fr: 'À corriger', en: 'To mend' } };
  }
}

function badgeOf(state: CaseView['state']): BadgeValue {
  switch (state) {
    case 'passed':
      return { tone: 'good', text: { fr: 'Bon', en: 'Good' } };
    case 'mend':
      return { tone: 'bad', text: { fr: 'À corriger', en: 'To mend' } };
    case 'untried':
      return { tone: 'warning', text: { fr: 'Non essayé', en: 'Not tried' } };
    case 'running':
      return { tone: 'accent', text: { fr: 'En cours', en: 'Running' } };
    case 'waiting':
      return { tone: 'neutral', text: { fr: 'À venir', en: 'To come' } };
  }
}

function summaryOf(
  run: Run,
  shown: readonly CaseView[],
): { readonly tone: 'accent' | 'warning' | 'good' | 'bad'; readonly title: Text; readonly detail?: Text } {
  if (asksRestart(run))
    return {
      tone: 'warning',
      title: words.restartNow,
      detail: run.channel === 'pull' ? words.restartUnseen : words.restartWhy,
    };
  const current = shown.find(({ state }) => state === 'running');
  if (run.state === 'running') {
    const { title } = current ?? { title: words.progress };
    return { tone: 'accent', title: { fr: `En cours : ${title.fr}`, en: `Running: ${title.en}` } };
  }
  const all = shown.length;
  if (run.state === 'passed') {
    const title = { fr: `Conforme : ${all} cas sur ${all}`, en: `It conforms: ${all} cases of ${all}` };
    return { tone: 'good', title, detail: words.conformsDetail };
  }
  const good = shown.filter(({ state }) => state === 'passed').length;
  return {
    tone: 'bad',
    title: {
      fr: `Pas encore conforme : ${good} cas bons sur ${shown.length}`,
      en: `Does not conform yet: ${good} cases of ${shown.length} are good`,
    },
    detail: words.mendDetail,
  };
}

const words = {
  lead: {
    fr: 'Socle lui envoie des personnes fictives, dans chaque cas qui compte, et dit à son équipe ce qu’il faut corriger. Aucune donnée réelle n’est touchée.',
    en: 'Socle sends it made-up persons, in every case that matters, and tells its team what to mend. No real data is touched.',
  },
  neverHint: {
    fr: 'Prévenez son équipe, puis lancez l’essai ci-dessous : il dure quelques minutes et lui demande un redémarrage.',
    en: 'Tell its team, then run the test below: it takes a few minutes and asks them for one restart.',
  },
  notDriven: {
    fr: 'L’essai pilote les applications reliées par webhook ou par relève. Pour SQL, Socle exécute et vérifie lui-même : lisez le plan d’effacement avec son équipe.',
    en: 'The test drives applications connected by webhook or by pull. With SQL, Socle itself carries out and verifies: read the erasure plan with its team.',
  },
  cases: { fr: 'Cas par cas', en: 'Case by case' },
  case: { fr: 'Cas', en: 'Case' },
  result: { fr: 'Résultat', en: 'Result' },
  said: { fr: 'Ce qui a été vu', en: 'What was seen' },
  progress: { fr: 'Cas essayés', en: 'Cases tried' },
  start: { fr: 'Lancer un essai', en: 'Run a test' },
  startLead: {
    fr: 'Les ordres de l’essai portent « test », leurs personnes le mot « conformance ». Celles qui commencent par « present- » doivent exister dans l’application avant d’être effacées.',
    en: 'The test’s orders have “test”, their persons the word “conformance”. Those that begin with “present-” must exist in the application before they are erased.',
  },
  kinds: { fr: 'L’application connaît les personnes par', en: 'The application knows persons by' },
  kindsHint: {
    fr: 'Chaque personne fictive aura ces identifiants.',
    en: 'Each made-up person will have these identifiers.',
  },
  run: { fr: 'Lancer l’essai', en: 'Run the test' },
  restartNow: { fr: 'Redémarrez l’application maintenant', en: 'Restart the application now' },
  restartWhy: {
    fr: 'Elle a exécuté un ordre dont Socle n’a pas pris le compte rendu. Arrêtez-la et relancez-la : Socle le voit de lui-même, et lui renvoie l’ordre.',
    en: 'It has carried out an order whose outcome Socle did not take. Stop it and start it again: Socle sees it by itself, and sends the order again.',
  },
  restartUnseen: {
    fr: 'Elle a exécuté un ordre dont Socle n’a pas pris le compte rendu. Arrêtez-la, relancez-la, puis dites-le ici : Socle lui redonnera l’ordre.',
    en: 'It has carried out an order whose outcome Socle did not take. Stop it, start it again, then say so here: Socle will give it the order again.',
  },
  restarted: { fr: 'C’est fait', en: 'It is done' },
  conformsDetail: {
    fr: 'Relancez l’essai quand elle change de version.',
    en: 'Run the test again when its version changes.',
  },
  mendDetail: {
    fr: 'Corrigez ce qui est dit ci-dessous, puis relancez l’essai.',
    en: 'Mend what is said below, then run the test again.',
  },
  earlier: { fr: 'Essais précédents', en: 'Earlier tests' },
  when: { fr: 'Quand', en: 'When' },
} as const satisfies Readonly<Record<string, Text>>;

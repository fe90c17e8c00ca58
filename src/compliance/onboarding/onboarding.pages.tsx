import { can, may } from '../../access/index.ts';
import { type PageAnswer, page, type Slice, type Who } from '../../http/index.ts';
import { type Language, publicId, type Text } from '../../kernel/index.ts';
import type { ApplicationLine, ApplicationPanel } from '../../repository/index.ts';
import {
  formatShare,
  LinkButton,
  Notice,
  Pager,
  Say,
  Section,
  StatTiles,
  Steps,
  Table,
  withQuery,
} from '../../ui/index.ts';
import { conformanceHref } from '../conformance/conformance-page.tsx';
import type { Engine } from '../engine.ts';
import { onboardingFacts } from './facts.ts';
import { type Kit, KitSection, kitOf } from './kit.tsx';
import {
  adviceOf,
  isConnected,
  type OnboardingFacts,
  type Stage,
  type StageId,
  stagesOf,
  stageTitles,
} from './stages.ts';

const read = may('repository.read');
const shown = 25;

/** An application on its way, with where it stands. */
interface OnTheWay {
  readonly line: ApplicationLine;
  readonly facts: OnboardingFacts;
  readonly stages: readonly Stage[];
}

/** The way of each application from its description to its first order, and how many are there. */
export function onboardingSlice(engine: Engine): Slice {
  return {
    name: 'onboarding',
    menu: [
      {
        section: { id: 'repository', text: words.repository, order: 30 },
        text: words.title,
        href: '/onboarding',
        icon: 'check',
        order: 2,
        isFor: (who) => can(who, 'repository.read'),
      },
    ],
    pages(app) {
      app.get('/onboarding', { allow: read }, async ({ who, query, language }) =>
        listPage(engine, who, { from: Number(query.from ?? 0), language }),
      );
      app.get('/onboarding/:id', { allow: read }, async ({ who, params }) => {
        const line = await engine.applications.find(who.scope, params.id);
        const [way] = await waysOf(who, [line]);
        if (way === undefined) throw new Error('an application found has no facts');
        return guidePage(way, await kitOf(engine, who, line));
      });
    },
  };
}

/** Where an application is on its way: shown on its own page. */
export function onboardingPanel(): ApplicationPanel {
  return async (who, line) => {
    const [way] = await waysOf(who, [line]);
    if (way === undefined) return null;
    return (
      <Section
        id="onboarding"
        title={words.title}
        actions={<LinkButton kind="quiet" href={guideHref(line)} text={words.guide} />}
      >
        <Way way={way} />
      </Section>
    );
  };
}

async function waysOf(who: Who, lines: readonly ApplicationLine[]): Promise<readonly OnTheWay[]> {
  const facts = await onboardingFacts(who.scope, lines);
  return lines.flatMap((line) => {
    const known = facts.get(line.id);
    return known === undefined ? [] : [{ line, facts: known, stages: stagesOf(known) }];
  });
}

async function listPage(
  engine: Engine,
  who: Who,
  asked: { readonly from: number; readonly language: Language },
): Promise<PageAnswer> {
  const ways = await waysOf(who, await engine.applications.present(who.scope));
  const connected = ways.filter(({ facts }) => isConnected(facts));
  // Those on their way first: they are what one comes for.
  const ordered = [...ways.filter(({ facts }) => !isConnected(facts)), ...connected];
  const from = Number.isInteger(asked.from) && asked.from > 0 ? asked.from : 0;
  const { language } = asked;
  return page({
    title: words.title,
    lead: words.lead,
    content: (
      <>
        <StatTiles
          label={words.figures}
          stats={[
            {
              label: words.share,
              value: ways.length === 0 ? '–' : formatShare(connected.length / ways.length, { language }),
              detail: outOf(connected.length, ways.length),
              tone: ways.length > 0 && connected.length === ways.length ? 'good' : 'accent',
            },
            { label: words.onTheirWay, value: ways.length - connected.length },
          ]}
        />
        <Table
          id="onboarding-list"
          caption={words.title}
          rows={ordered.slice(from, from + shown)}
          rowHref={({ line }) => guideHref(line)}
          columns={[
            { id: 'name', title: words.application, cell: ({ line }) => line.name },
            { id: 'done', title: words.done, kind: 'number', cell: ({ stages }) => doneOf(stages) },
            { id: 'next', title: words.next, cell: ({ stages }) => <Say text={nextOf(stages)} /> },
          ]}
          empty={{ icon: 'application', title: words.none, hint: words.noneHint }}
        />
        <Pager
          nextHref={
            ordered.length > from + shown ? withQuery('/onboarding', { from: String(from + shown) }) : undefined
          }
        />
      </>
    ),
  });
}

function guidePage(way: OnTheWay, kit: Kit | null): PageAnswer {
  const { line, facts, stages } = way;
  const now = stages.find(({ state }) => state === 'now');
  return page({
    title: { fr: `Raccorder ${line.name}`, en: `Connect ${line.name}` },
    lead: words.guideLead,
    breadcrumbs: [{ text: words.title, href: '/onboarding' }],
    content: (
      <>
        <Way way={way} />
        {now === undefined ? (
          <Notice tone="good" title={words.connected} detail={words.connectedDetail} />
        ) : (
          <Notice tone="accent" title={stageTitles[now.id]} detail={adviceOf(now.id, facts.channel)}>
            <LinkButton kind="main" href={placeOf(now.id, line)} text={placeText(now.id)} />
          </Notice>
        )}
        {kit === null ? null : <KitSection line={line} kit={kit} />}
        <Section id="stages" title={words.allStages}>
          <Table
            id="stage-list"
            caption={words.allStages}
            rows={stages}
            columns={[
              { id: 'stage', title: words.stage, cell: ({ id }) => <Say text={stageTitles[id]} /> },
              { id: 'state', title: words.state, kind: 'fixed', cell: ({ state }) => <Say text={stateText[state]} /> },
              {
                id: 'what',
                title: words.what,
                cell: ({ id, state }) => (
                  <Say text={state === 'skipped' ? words.notNeeded : adviceOf(id, facts.channel)} />
                ),
              },
            ]}
            empty={{ title: words.none, hint: words.noneHint }}
          />
        </Section>
      </>
    ),
  });
}

function Way(props: { readonly way: OnTheWay }) {
  return (
    <Steps
      id="way"
      label={words.stages}
      steps={props.way.stages.map(({ id, state }) => ({ text: stageTitles[id], state }))}
    />
  );
}

function guideHref(line: ApplicationLine): string {
  return `/onboarding/${publicId('app', line.id)}`;
}

/** Where a stage is done. */
function placeOf(id: StageId, line: ApplicationLine): string {
  const application = `/applications/${publicId('app', line.id)}`;
  switch (id) {
    case 'describe':
      return `/objects/application/${line.number}/edit`;
    case 'channel':
      return `${application}/connection`;
    case 'credentials':
      return `${application}/channel`;
    case 'test':
      return line.channel === 'sql' ? application : `${application}/channel`;
    case 'conformance':
      return conformanceHref(line.id);
    case 'live':
      return `/objects/application/${line.number}/transitions/put_in_service`;
  }
}

function placeText(id: StageId): Text {
  switch (id) {
    case 'describe':
      return { fr: 'Compléter la fiche', en: 'Complete the record' };
    case 'channel':
      return { fr: 'Choisir le canal', en: 'Choose the channel' };
    case 'credentials':
    case 'test':
      return { fr: 'Y aller', en: 'Go there' };
    case 'conformance':
      return { fr: 'Ouvrir l’essai', en: 'Open the test' };
    case 'live':
      return { fr: 'Mettre en service', en: 'Put in service' };
  }
}

function doneOf(stages: readonly Stage[]): string {
  const counted = stages.filter(({ state }) => state !== 'skipped');
  return `${counted.filter(({ state }) => state === 'done').length}/${counted.length}`;
}

function nextOf(stages: readonly Stage[]): Text {
  const now = stages.find(({ state }) => state === 'now');
  return now === undefined ? words.connected : stageTitles[now.id];
}

function outOf(some: number, all: number): Text {
  return { fr: `${some} sur ${all}`, en: `${some} of ${all}` };
}

const stateText: Readonly<Record<Stage['state'], Text>> = {
  done: { fr: 'Fait', en: 'Done' },
  now: { fr: 'Maintenant', en: 'Now' },
  later: { fr: 'Plus tard', en: 'Later' },
  skipped: { fr: 'Sans objet', en: 'Not needed' },
};

const words = {
  repository: { fr: 'Référentiel', en: 'Repository' },
  title: { fr: 'Raccordement', en: 'Onboarding' },
  lead: {
    fr: 'Le chemin de chaque application, de sa description à son premier ordre.',
    en: 'The way of each application, from its description to its first order.',
  },
  figures: { fr: 'Avancement', en: 'Progress' },
  share: { fr: 'Applications raccordées', en: 'Applications connected' },
  onTheirWay: { fr: 'En cours de raccordement', en: 'On their way' },
  application: { fr: 'Application', en: 'Application' },
  done: { fr: 'Étapes faites', en: 'Steps done' },
  next: { fr: 'Prochaine étape', en: 'Next step' },
  none: { fr: 'Aucune application', en: 'No application' },
  noneHint: {
    fr: 'Ajoutez une application : le guide dira quoi faire ensuite.',
    en: 'Add an application: the guide will say what comes next.',
  },
  guide: { fr: 'Ouvrir le guide', en: 'Open the guide' },
  guideLead: {
    fr: 'Une étape à la fois ; chacune est constatée par Socle, personne n’a à la cocher.',
    en: 'One step at a time; each is seen by Socle, nobody has to tick it.',
  },
  stages: { fr: 'Étapes du raccordement', en: 'Steps of the onboarding' },
  allStages: { fr: 'Toutes les étapes', en: 'All the steps' },
  stage: { fr: 'Étape', en: 'Step' },
  state: { fr: 'État', en: 'State' },
  what: { fr: 'De quoi il s’agit', en: 'What it is' },
  notNeeded: { fr: 'Son canal s’en passe.', en: 'Its channel does without.' },
  connected: { fr: 'Raccordée', en: 'Connected' },
  connectedDetail: {
    fr: 'Elle est de chaque plan, et répond de ce qu’elle a fait.',
    en: 'It is part of every plan, and answers for what it did.',
  },
} as const satisfies Readonly<Record<string, Text>>;

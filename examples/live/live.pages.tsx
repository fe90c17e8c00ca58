import { sql } from 'kysely';
import { z } from 'zod';
import { can, may } from '../../src/access/index.ts';
import { isOrderState, orderStateLabel } from '../../src/compliance/index.ts';
import { type PageApp, page, redirect, type Slice, type Who } from '../../src/http/index.ts';
import { publicId, Refusal, type Text } from '../../src/kernel/index.ts';
import { Badge, ButtonForm, LinkButton, Say, Section, Table, type Tone, When } from '../../src/ui/index.ts';
import { act, copiesOf, type Deed, deeds } from './control.ts';
import type { LiveApplication, LiveExample } from './live.ts';
import type { ProcessState } from './process.ts';

const path = '/example';
const allow = may('operation.manage');

/** Where an operator makes the applications of the example stop, lie or lose their data, and sees what Socle noticed. */
export function liveSlice(live: LiveExample): Slice {
  return {
    name: 'live-example',
    menu: [
      {
        section: { id: 'administration', text: words.section, order: 900 },
        text: words.title,
        href: path,
        icon: 'application',
        order: 90,
        isFor: (who) => can(who, 'operation.manage') && live.applicationsOf(who.org).length > 0,
      },
    ],
    pages: (app) => livePages(live, app),
  };
}

function livePages(live: LiveExample, app: PageApp): void {
  app.get(path, { allow }, async ({ who }) => {
    const applications = await Promise.all(live.applicationsOf(who.org).map(shownOf));
    const noticed = await noticedOf(
      who,
      applications.map(({ id }) => id),
    );
    return page({
      title: words.title,
      lead: words.lead,
      actions: <LinkButton href={path} text={words.look} />,
      content: (
        <>
          {applications.map((application) => (
            <Application {...application} />
          ))}
          <Section id="noticed" title={words.noticed} lead={words.noticedLead}>
            <NoticedTable rows={noticed} />
          </Section>
        </>
      ),
    });
  });
  app.post(
    `${path}/:application`,
    { allow, form: z.object({ deed: z.enum(deeds) }) },
    async ({ who, params, body, clock }) => {
      const application = live.applicationsOf(who.org).find(({ id }) => publicId('app', id) === params.application);
      if (application === undefined) throw gone();
      await act(application, body.deed, clock.now());
      return redirect(path, { flash: done(application.name, body.deed) });
    },
  );
}

interface Shown extends Pick<LiveApplication, 'id' | 'name' | 'channel' | 'asks'> {
  readonly state: ProcessState;
  readonly copies: readonly Date[];
}

async function shownOf(application: LiveApplication): Promise<Shown> {
  const { id, name, channel, asks } = application;
  return { id, name, channel, asks, state: application.process.state, copies: await copiesOf(application) };
}

function Application(shown: Shown) {
  const { state, copies, name } = shown;
  const isStopped = state === 'stopped';
  const offered = deeds.filter((deed) => {
    if (deed === 'start') return isStopped;
    if (deed === 'restore') return copies.length > 0;
    if (deed === 'ask') return shown.asks && !isStopped;
    return deed === 'copy' || !isStopped;
  });
  const [oldest] = copies;
  return (
    <Section
      id={publicId('app', shown.id)}
      title={{ fr: name, en: name }}
      actions={
        <LinkButton kind="quiet" href={`/applications/${publicId('app', shown.id)}/channel`} text={words.orders} />
      }
    >
      <p>
        <Badge {...states[state]} />{' '}
        {oldest === undefined ? null : (
          <>
            <Say text={words.oldest} /> <When at={oldest} />
          </>
        )}
      </p>
      <div class="actions">
        {offered.map((deed) => (
          <ButtonForm
            action={`${path}/${publicId('app', shown.id)}`}
            fields={{ deed }}
            text={deedWords[deed]}
            label={{ fr: `${deedWords[deed].fr} : ${name}`, en: `${deedWords[deed].en}: ${name}` }}
          />
        ))}
      </div>
    </Section>
  );
}

interface Noticed {
  readonly order_id: string;
  readonly campaign_id: string;
  readonly campaign_kind: string;
  readonly application_name: string;
  readonly generation: number;
  readonly state: string;
  readonly escalation: number;
  readonly planned_at: Date;
}

/** The latest orders of these applications. */
async function noticedOf({ scope }: Who, applications: readonly string[]): Promise<readonly Noticed[]> {
  const { rows } = await sql<Noticed>`
    select o.id as order_id, o.campaign_id, c.kind as campaign_kind, o.application_name, o.generation, o.state, o.escalation,
           o.planned_at
      from compliance.application_order o join compliance.campaign c on c.id = o.campaign_id
     where o.application_id = any(${applications}::uuid[]) order by o.id desc limit 30`.execute(scope.db);
  return rows;
}

function NoticedTable(props: { readonly rows: readonly Noticed[] }) {
  return (
    <Table
      id="noticed-orders"
      caption={words.noticed}
      rows={props.rows}
      narrow="cards"
      columns={[
        {
          id: 'application',
          title: { fr: 'Application', en: 'Application' },
          cell: (row) =>
            row.campaign_kind === 'request' ? (
              <a href={`/requests/${publicId('req', row.campaign_id)}`}>{row.application_name}</a>
            ) : (
              row.application_name
            ),
        },
        { id: 'generation', title: words.generation, kind: 'number', cell: (row) => String(row.generation) },
        {
          id: 'state',
          title: { fr: 'État', en: 'State' },
          cell: (row) =>
            isOrderState(row.state) ? (
              <Badge tone={toneOf(row.state)} text={orderStateLabel(row.state, false)} />
            ) : (
              row.state
            ),
        },
        { id: 'told', title: words.told, cell: (row) => <Say text={levels[row.escalation] ?? words.nobody} /> },
        { id: 'at', title: words.since, kind: 'fixed', cell: (row) => <When at={row.planned_at} /> },
      ]}
      empty={{ title: words.nothing, hint: words.nothingHint }}
    />
  );
}

function toneOf(state: string): Tone {
  if (state === 'contradicted' || state === 'failed') return 'bad';
  if (state === 'refused' || state === 'partly') return 'warning';
  return state === 'executed' || state === 'verified' ? 'good' : 'neutral';
}

const states: Readonly<Record<ProcessState, { readonly tone: Tone; readonly text: Text }>> = {
  running: { tone: 'good', text: { fr: 'En marche', en: 'Running' } },
  starting: { tone: 'warning', text: { fr: 'Démarre', en: 'Starting' } },
  stopped: { tone: 'neutral', text: { fr: 'Arrêtée', en: 'Stopped' } },
};

const deedWords: Readonly<Record<Deed, Text>> = {
  start: { fr: 'Démarrer', en: 'Start' },
  stop: { fr: 'Arrêter', en: 'Stop' },
  copy: { fr: 'Sauvegarder', en: 'Back up' },
  restore: { fr: 'Restaurer la plus ancienne sauvegarde', en: 'Restore its oldest backup' },
  lie: { fr: 'Mentir une fois', en: 'Lie once' },
  slow: { fr: 'Ralentir', en: 'Slow down' },
  fail: { fr: 'Échouer cinq fois', en: 'Fail five times' },
  mend: { fr: 'Rétablir', en: 'Put right' },
  ask: { fr: 'Préparer un envoi', en: 'Prepare a mailing' },
};

const doneWords: Readonly<Record<Deed, Text>> = {
  start: { fr: 'démarre.', en: 'starts.' },
  stop: { fr: 'est arrêtée.', en: 'is stopped.' },
  copy: { fr: 'est sauvegardée.', en: 'is backed up.' },
  restore: {
    fr: 'est restaurée et le déclare à Socle, qui lui renvoie les ordres exécutés depuis.',
    en: 'is restored and declares it to Socle, which sends it the orders executed since then again.',
  },
  lie: {
    fr: 'dira une fois « exécuté » sans rien faire.',
    en: 'will once say “executed” without doing anything.',
  },
  slow: { fr: 'mettra douze secondes par personne.', en: 'will take twelve seconds a person.' },
  fail: { fr: 'échouera aux cinq prochains appels.', en: 'will fail at the next five calls.' },
  mend: { fr: 'se comporte de nouveau bien.', en: 'behaves again.' },
  ask: {
    fr: 'demande à Socle à qui ne pas écrire : ce qu’elle dit détenir encore peut démentir son compte rendu.',
    en: 'asks Socle whom it must not write to: what it says it still holds may contradict it.',
  },
};

function done(name: string, deed: Deed): Text {
  return { fr: `« ${name} » ${doneWords[deed].fr}`, en: `“${name}” ${doneWords[deed].en}` };
}

const words = {
  section: { fr: 'Administration', en: 'Administration' },
  title: { fr: 'Applications de l’exemple', en: 'The example’s applications' },
  lead: {
    fr: 'Elles tournent à côté de Socle. Arrêtez-les, faites-les mentir, rendez-leur d’anciennes données, puis regardez ce que Socle remarque. Socle ne peut pas regarder dedans : un mensonge ne se voit que si l’application se contredit elle-même, en préparant un envoi.',
    en: 'They run beside Socle. Stop them, make them lie, give them old data back, then see what Socle notices. Socle can’t look into them: a lie is only seen when the application contradicts itself, preparing a mailing.',
  },
  look: { fr: 'Regarder de nouveau', en: 'Look again' },
  orders: { fr: 'Ses ordres', en: 'Its orders' },
  oldest: { fr: 'Plus ancienne sauvegarde :', en: 'Oldest backup:' },
  noticed: { fr: 'Ce que Socle a remarqué', en: 'What Socle noticed' },
  noticedLead: {
    fr: 'Leurs derniers ordres. Un ordre démenti, ou renvoyé après une restauration, revient sous un nouvel envoi.',
    en: 'Their latest orders. An order contradicted, or sent again after a restoration, comes back under a new sending.',
  },
  generation: { fr: 'Envoi n°', en: 'Sending no.' },
  told: { fr: 'Signalé à', en: 'Escalated to' },
  nobody: { fr: 'personne', en: 'nobody' },
  since: { fr: 'Créé', en: 'Made' },
  nothing: { fr: 'Aucun ordre encore', en: 'No order yet' },
  nothingHint: { fr: 'Lancez une demande d’effacement.', en: 'Run a request for erasure.' },
} as const;

const levels: Readonly<Record<number, Text>> = {
  1: { fr: 'son responsable', en: 'its owner' },
  2: { fr: 'la DPO', en: 'the DPO' },
};

function gone(): Refusal {
  return new Refusal('example.no_application', 404, {
    fr: 'Cette application ne tourne pas à côté de Socle.',
    en: 'This application does not run beside Socle.',
  });
}

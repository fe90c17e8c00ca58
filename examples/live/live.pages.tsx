import { sql } from 'kysely';
import { z } from 'zod';
import { can, may } from '../../src/access/index.ts';
import { isOrderState, orderStateLabel } from '../../src/compliance/index.ts';
import { type PageApp, page, redirect, type Slice, type Who } from '../../src/http/index.ts';
import { publicId, Refusal, type Text } from '../../src/kernel/index.ts';
import {
  Badge,
  Button,
  DefinitionList,
  FormProof,
  LinkButton,
  Say,
  Section,
  Table,
  type Tone,
  When,
} from '../../src/ui/index.ts';
import { deeds, type LiveApplication, type LiveStatus } from './deeds.ts';
import type { LiveExample } from './live.ts';
import { Mailbox, mailboxOf, type ShownMailbox } from './mailbox.tsx';
import { LiveProgram } from './program.ts';
import { deedWords, didWords, done, faultWords, groups, states, toldTo, tries, ways, words } from './words.ts';

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

/** What the start says of that page. */
export function liveLine(address: string): Text {
  return {
    fr: `Les applications de l’exemple, à arrêter, faire mentir ou restaurer : ${address}`,
    en: `The example’s applications, to stop, make lie or restore: ${address}`,
  };
}

function livePages(live: LiveExample, app: PageApp): void {
  app.get(path, { allow }, async ({ who }) => {
    const applications = await Promise.all(live.applicationsOf(who.org).map((one) => shownOf(who, one)));
    const noticed = await noticedOf(
      who,
      applications.map(({ application }) => application.id),
    );
    return page({
      title: words.title,
      lead: words.lead,
      actions: <LinkButton href={path} text={words.look} />,
      content: (
        <>
          <Section id="tries" title={words.tries}>
            <ul>
              {tries.map((text) => (
                <li>
                  <Say text={text} />
                </li>
              ))}
            </ul>
          </Section>
          <Section id="noticed" title={words.noticed} lead={words.noticedLead}>
            <NoticedTable rows={noticed} />
          </Section>
          {applications.map((application) => (
            <Application {...application} />
          ))}
        </>
      ),
    });
  });
  const find = (who: Who, id: string): LiveApplication => {
    const found = live.applicationsOf(who.org).find((one) => publicId('app', one.id) === id);
    if (found === undefined) throw gone();
    return found;
  };
  app.post(
    `${path}/:application`,
    { allow, form: z.object({ deed: z.enum(deeds) }) },
    async ({ who, params, body, clock }) => {
      const application = find(who, params.application);
      await application.perform(body.deed, clock.now());
      return redirect(path, { flash: done(application, body.deed) });
    },
  );
  // What somebody of the application does in its software, before they answer.
  app.post(
    `${path}/:application/erase`,
    { allow, form: z.object({ task: z.string().regex(/^\/t\/\w+\/[0-9a-f]+$/) }) },
    async ({ who, params, body }) => {
      const application = find(who, params.application);
      if (!(application instanceof LiveProgram) || application.mailbox === null) throw gone();
      application.eraseFor(body.task);
      return redirect(path, { flash: words.erasedThere });
    },
  );
}

interface Shown {
  readonly application: LiveApplication;
  readonly status: LiveStatus;
  /** Null: it has none. */
  readonly mailbox: ShownMailbox | null;
}

async function shownOf(who: Who, application: LiveApplication): Promise<Shown> {
  const [status, mailbox] = await Promise.all([application.status(), mailboxOf(who, application)]);
  return { application, status, mailbox };
}

function Application({ application, status, mailbox }: Shown) {
  const { name, channel } = application;
  const id = publicId('app', application.id);
  const action = `${path}/${id}`;
  const [oldest] = status.copies;
  const offered = groups.flatMap(({ title, deeds: group }) => {
    const now = group.filter((deed) => status.deeds.includes(deed));
    return now.length === 0 ? [] : [{ title, deeds: now }];
  });
  return (
    <Section
      id={id}
      title={{ fr: name, en: name }}
      actions={<LinkButton kind="quiet" href={`/applications/${id}/channel`} text={words.orders} />}
    >
      <p>
        <Badge {...states[status.state]} />{' '}
        {status.faults.map((fault) => (
          <>
            <Badge tone="warning" text={faultWords(fault)} />{' '}
          </>
        ))}
        <Say text={ways[channel]} />
        {oldest === undefined ? null : (
          <>
            {' '}
            <Say text={words.oldest} /> <When at={oldest} />
          </>
        )}
      </p>
      {status.lastDid === null ? null : (
        <p>
          <Say text={didWords(status.lastDid)} /> (<When at={status.lastDid.at} />)
        </p>
      )}
      <form method="post" action={action}>
        <FormProof />
        <DefinitionList
          items={offered.map((group) => ({
            term: group.title,
            value: (
              <div class="actions">
                {group.deeds.map((deed) => {
                  const text = deedWords(deed, channel);
                  const label = { fr: `${text.fr} : ${name}`, en: `${text.en}: ${name}` };
                  return <Button name="deed" value={deed} text={text} label={label} />;
                })}
              </div>
            ),
          }))}
        />
      </form>
      {mailbox === null ? null : <Mailbox action={`${action}/erase`} mailbox={mailbox} />}
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
     where o.application_id = any(${applications}::uuid[]) order by o.id desc limit 8`.execute(scope.db);
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
          title: words.application,
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
          title: words.state,
          cell: (row) =>
            isOrderState(row.state) ? (
              <Badge tone={toneOf(row.state)} text={orderStateLabel(row.state, false)} />
            ) : (
              row.state
            ),
        },
        { id: 'told', title: words.told, cell: (row) => <Say text={toldTo(row.escalation)} /> },
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

function gone(): Refusal {
  return new Refusal('example.no_application', 404, {
    fr: 'Cette application ne tourne pas à côté de Socle.',
    en: 'This application does not run beside Socle.',
  });
}

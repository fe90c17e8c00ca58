import { z } from 'zod';
import { type PageAnswer, type PageApp, page, redirect, type Slice } from '../../http/index.ts';
import { isUuid, type Problem, type Text } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  Form,
  FormActions,
  Pager,
  RadioField,
  Say,
  Section,
  SelectField,
  Table,
  When,
  withQuery,
} from '../../ui/index.ts';
import { askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import type { Addresses, AnyVisit } from '../pages/context.ts';
import type { MailWish } from './mail-plan.ts';
import { countUnread, listNotifications, markRead, type Notification } from './notifications.ts';
import { readWish, saveWish, wishInput } from './wishes.ts';

const path = '/notifications';

/** The bell of the top bar, and the page it leads to. */
export function noticesPages(models: ModelSource, addresses: Addresses): Slice {
  return {
    name: 'notification pages',
    notifications: { href: path, unread: (who) => countUnread(who.scope, who.user.id) },
    pages(app) {
      app.get(path, {}, (visit) => notificationsPage(visit, models, addresses, []));
      mountReading(app, models, addresses);
      app.post(
        `${path}/wishes`,
        {
          form: wishInput,
          isOwnAccount: true,
          again: (visit, refusal) => notificationsPage(visit, models, addresses, refusal.problems),
        },
        async ({ who, cause, body }) => {
          await write(who.scope, cause, (writing) => saveWish(writing, who.user.id, body));
          return redirect(path, { flash: { fr: 'C’est retenu.', en: 'Kept.' } });
        },
      );
    },
  };
}

function mountReading(app: PageApp, models: ModelSource, addresses: Addresses): void {
  app.post(`${path}/read`, { isOwnAccount: true }, async ({ who, cause }) => {
    await write(who.scope, cause, (writing) => markRead(writing, who.user.id, null));
    return redirect(path);
  });
  const form = z.object({ id: z.string() });
  app.post(`${path}/open`, { form, isOwnAccount: true }, async ({ who, cause, body }) => {
    const id = isUuid(body.id) ? body.id : null;
    if (id === null) return redirect(path);
    await write(who.scope, cause, (writing) => markRead(writing, who.user.id, id));
    const acting = { model: models.current(), asker: askerOf(who) };
    const [opened] = await listNotifications(who.scope, acting, who.user.id, { limit: 1, before: null, only: id });
    return redirect(opened?.object ? addresses.object(opened.type, opened.object) : path);
  });
}

async function notificationsPage(
  visit: AnyVisit,
  models: ModelSource,
  addresses: Addresses,
  problems: readonly Problem[],
): Promise<PageAnswer> {
  const { who } = visit;
  const acting = { model: models.current(), asker: askerOf(who) };
  const asked = visit.list();
  const [before] = asked.after ?? [];
  const found = await listNotifications(who.scope, acting, who.user.id, {
    limit: asked.limit + 1,
    before: typeof before === 'string' && isUuid(before) ? before : null,
  });
  const items = found.slice(0, asked.limit);
  const last = items.at(-1);
  const wish = await readWish(who.scope, who.user.id);
  return page({
    title: { fr: 'Notifications', en: 'Notifications' },
    lead: {
      fr: 'Ce que les étapes, les rappels et les tâches vous ont signalé.',
      en: 'What steps, reminders and tasks have told you.',
    },
    actions: items.some((one) => !one.isRead) ? (
      <ButtonForm action={`${path}/read`} text={{ fr: 'Tout marquer comme lu', en: 'Mark all as read' }} />
    ) : null,
    content: (
      <>
        <Told items={items} addresses={addresses} />
        <Pager
          nextHref={
            found.length > asked.limit && last !== undefined
              ? withQuery(path, { cursor: asked.next([last.id]) })
              : undefined
          }
          firstHref={asked.after === null ? undefined : path}
        />
        <Wishes wish={wish} problems={problems} />
      </>
    ),
  });
}

function Told(props: { readonly items: readonly Notification[]; readonly addresses: Addresses }) {
  return (
    <Table
      id="notifications"
      caption={{ fr: 'Notifications', en: 'Notifications' }}
      rows={props.items}
      columns={[
        {
          id: 'what',
          title: { fr: 'Message', en: 'Message' },
          cell: (one) => <Message one={one} />,
        },
        {
          id: 'detail',
          title: { fr: 'Détail', en: 'Detail' },
          cell: (one) => (one.body === null ? '—' : <Say text={one.body} />),
        },
        {
          id: 'object',
          title: { fr: 'Objet', en: 'Object' },
          cell: (one) =>
            one.object === null ? '—' : <a href={props.addresses.object(one.type, one.object)}>{one.object.number}</a>,
        },
        { id: 'at', title: { fr: 'Quand', en: 'When' }, kind: 'fixed', cell: (one) => <When at={one.at} /> },
        {
          id: 'read',
          title: { fr: 'Lu', en: 'Read' },
          cell: (one) =>
            one.isRead ? (
              <Say text={{ fr: 'Lu', en: 'Read' }} />
            ) : (
              <Badge tone="accent" text={{ fr: 'Nouveau', en: 'New' }} />
            ),
        },
      ]}
      empty={{
        title: { fr: 'Rien à signaler', en: 'Nothing to tell' },
        hint: {
          fr: 'Les étapes des objets qui vous concernent vous seront signalées ici.',
          en: 'Steps of the objects that concern you will be told here.',
        },
      }}
    />
  );
}

/** Opening an unread one marks it as read, by a POST: a link that is only looked at changes nothing. */
function Message(props: { readonly one: Notification }) {
  const { id, title, isRead } = props.one;
  if (isRead) return <Say text={title} />;
  return <ButtonForm action={`${path}/open`} kind="quiet" text={title} fields={{ id }} />;
}

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  text: { fr: `${hour} h`, en: `${String(hour).padStart(2, '0')}:00` },
}));

function Wishes(props: { readonly wish: MailWish; readonly problems: readonly Problem[] }) {
  const { wish, problems } = props;
  return (
    <Section
      id="wishes"
      title={{ fr: 'Par e-mail', en: 'By e-mail' }}
      lead={{
        fr: 'Ce que vous n’avez pas lu ici vous est envoyé, groupé en un message.',
        en: 'What you haven’t read here is sent to you, together in one message.',
      }}
    >
      <Form id="wishes-form" action={`${path}/wishes`} problems={problems}>
        <RadioField
          name="rhythm"
          label={{ fr: 'Quand', en: 'When' }}
          isRequired
          value={wish.rhythm}
          problems={problems}
          choices={[
            { value: 'soon', text: { fr: 'Dans les minutes qui suivent', en: 'Within minutes' } },
            { value: 'daily', text: { fr: 'Une fois par jour', en: 'Once a day' } },
            { value: 'never', text: { fr: 'Jamais', en: 'Never' } },
          ]}
        />
        <SelectField
          name="daily_hour"
          label={{ fr: 'Le message quotidien part à', en: 'The daily message leaves at' }}
          isRequired
          emptyText={null}
          choices={hours}
          value={String(wish.dailyHour)}
          problems={problems}
        />
        <SelectField
          name="quiet_from"
          label={{ fr: 'Rien ne part à partir de', en: 'Nothing leaves from' }}
          hint={quietHint}
          emptyText={noQuiet}
          choices={hours}
          value={wish.quiet === null ? null : String(wish.quiet.from)}
          problems={problems}
        />
        <SelectField
          name="quiet_to"
          label={{ fr: 'jusqu’à', en: 'until' }}
          emptyText={noQuiet}
          choices={hours}
          value={wish.quiet === null ? null : String(wish.quiet.to)}
          problems={problems}
        />
        <FormActions>
          <Button text={{ fr: 'Enregistrer', en: 'Save' }} />
        </FormActions>
      </Form>
    </Section>
  );
}

const noQuiet: Text = { fr: 'À toute heure', en: 'At any hour' };
const quietHint: Text = {
  fr: 'La nuit, par exemple : ce qui attend part à la fin. Heure de Paris.',
  en: 'At night, for instance: what waits leaves when it ends. Paris time.',
};

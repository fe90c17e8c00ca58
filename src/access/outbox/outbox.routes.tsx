import { z } from 'zod';
import { type Page, page, pageOf, redirect, type Slice, type Visit } from '../../http/index.ts';
import { isUuid, Refusal, same, type Text } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { Badge, ButtonForm, Pager, Table, Tabs, type Tone, When, withQuery } from '../../ui/index.ts';
import { can, may } from '../permissions.ts';
import { administration, words } from '../words.ts';
import { listMessages, type MessageLine, type MessageStatus, messageStatuses, retryMessage } from './outbox.ts';

const title: Text = { fr: 'Messages envoyés', en: 'Messages sent' };
const statusNames: Readonly<Record<MessageStatus, Text>> = {
  waiting: { fr: 'En attente', en: 'Waiting' },
  sent: { fr: 'Parti', en: 'Sent' },
  failed: { fr: 'En échec', en: 'Failed' },
  forgotten: { fr: 'Oublié', en: 'Forgotten' },
};
const statusTones: Readonly<Record<MessageStatus, Tone>> = {
  waiting: 'accent',
  sent: 'good',
  failed: 'bad',
  forgotten: 'neutral',
};

const query = z.object({ status: z.enum(messageStatuses).optional(), cursor: z.string().optional() });
type Query = z.infer<typeof query>;

/** Where messages stand: what left, what waits, what failed and can be tried again. */
export function outboxSlice(): Slice {
  return {
    name: 'outbox',
    menu: [
      {
        section: administration,
        text: title,
        href: '/outbox',
        icon: 'document',
        order: 3,
        isFor: (who) => can(who, 'operation.read'),
      },
    ],
    pages(app) {
      app.get('/outbox', { query, allow: may('operation.read') }, async (visit) =>
        listPage(visit, await messagesPage(visit)),
      );
      app.post('/outbox/:id/retry', { allow: may('operation.manage') }, async (visit) => {
        const { id } = visit.params;
        if (!isUuid(id)) throw noMessage();
        await write(visit.who.scope, visit.cause, (writing) => retryMessage(writing, id));
        return redirect('/outbox', {
          flash: { fr: 'Le message sera tenté de nouveau.', en: 'The message will be tried again.' },
        });
      });
    },
  };
}

type Asked = Visit<'/outbox', Query, undefined>;

async function messagesPage(visit: Asked): Promise<Page<MessageLine>> {
  const list = visit.list();
  const [last] = list.after ?? [];
  const messages = await listMessages(visit.who.scope, {
    limit: list.limit + 1,
    before: typeof last === 'string' && isUuid(last) ? last : null,
    status: visit.query.status ?? null,
  });
  return pageOf(
    list,
    messages,
    (message) => [message.id],
    (message) => message,
  );
}

function listPage(visit: Asked, messages: Page<MessageLine>) {
  const { status } = visit.query;
  const isManager = can(visit.who, 'operation.manage');
  return page({
    title,
    lead: {
      fr: 'Les lettres et avis de Socle. Destinataires et textes sont scellés, puis effacés après l’envoi.',
      en: 'The letters and notices of Socle. Recipients and texts are sealed, then wiped once sent.',
    },
    content: (
      <>
        <Tabs
          label={words.state}
          tabs={[
            { text: { fr: 'Tous', en: 'All' }, href: '/outbox', isCurrent: status === undefined },
            ...messageStatuses.map((one) => ({
              text: statusNames[one],
              href: withQuery('/outbox', { status: one }),
              isCurrent: status === one,
            })),
          ]}
        />
        <Table
          id="messages"
          caption={title}
          rows={messages.items}
          columns={[
            { id: 'subject', title: { fr: 'À propos de', en: 'About' }, kind: 'fixed', cell: (row) => row.subject },
            { id: 'kind', title: { fr: 'Sorte', en: 'Kind' }, cell: (row) => row.kind },
            { id: 'created', title: { fr: 'Écrit', en: 'Written' }, cell: (row) => <When at={row.createdAt} /> },
            {
              id: 'status',
              title: words.state,
              cell: (row) => <Badge tone={statusTones[row.status]} text={statusText(row)} />,
            },
            {
              id: 'actions',
              title: { fr: 'Actions', en: 'Actions' },
              cell: (row) =>
                isManager && row.status === 'failed' ? (
                  <ButtonForm
                    kind="quiet"
                    action={`/outbox/${row.id}/retry`}
                    text={{ fr: 'Réessayer', en: 'Try again' }}
                    label={{ fr: `Réessayer ${row.subject}`, en: `Try ${row.subject} again` }}
                  />
                ) : null,
            },
          ]}
          empty={{
            icon: 'document',
            title: { fr: 'Aucun message', en: 'No message' },
            hint: {
              fr: 'Un message apparaît ici dès qu’une décision en cause un : la réponse à une demande, par exemple.',
              en: 'A message appears here as soon as a decision causes one: the answer to a request, for instance.',
            },
          }}
        />
        <Pager
          nextHref={
            messages.next === null ? undefined : withQuery('/outbox', { status: status ?? null, cursor: messages.next })
          }
          firstHref={visit.query.cursor === undefined ? undefined : withQuery('/outbox', { status: status ?? null })}
        />
      </>
    ),
  });
}

/** A failure says its code, as the mail server gave it. */
function statusText(row: MessageLine): Text {
  const name = statusNames[row.status];
  if (row.error === null) return name;
  const code = same(row.error);
  return { fr: `${name.fr} (${code.fr})`, en: `${name.en} (${code.en})` };
}

function noMessage(): Refusal {
  return new Refusal('outbox.no_message', 404, {
    fr: 'Ce message n’existe pas.',
    en: 'This message does not exist.',
  });
}

import { sql } from 'kysely';
import type { Who } from '../../src/http/index.ts';
import { Button, FormProof, Say, Table, When } from '../../src/ui/index.ts';
import type { LiveApplication } from './deeds.ts';
import { readMailbox } from './mailbox.mjs';
import { LiveProgram } from './program.ts';
import { words } from './words.ts';

/** Messages shown: the latest. */
const most = 3;

interface Message {
  readonly at: Date;
  /** The path of the task's page; null once it is answered. */
  readonly task: string | null;
}

export interface ShownMailbox {
  readonly address: string;
  /** Null: they leave by SMTP, and the mailbox is elsewhere. */
  readonly messages: readonly Message[] | null;
}

/** What the people of an application received; null when it has no mailbox. */
export async function mailboxOf({ scope }: Who, application: LiveApplication): Promise<ShownMailbox | null> {
  const mailbox = application instanceof LiveProgram ? application.mailbox : null;
  if (mailbox === null) return null;
  const { address, folder } = mailbox;
  if (folder === null) return { address, messages: null };
  const received = (await readMailbox(folder, address)).filter(({ task }) => task !== null).slice(0, most);
  const { rows } = await sql<{ id: string }>`
    select m.id from compliance.task_message m join compliance.application_order o on o.id = m.order_id
     where m.id = any(${received.map(({ id }) => id)}::uuid[]) and o.state in ('sent', 'received', 'failed')`.execute(
    scope.db,
  );
  const awaited = new Set(rows.map(({ id }) => id));
  return { address, messages: received.map(({ id, at, task }) => ({ at, task: awaited.has(id) ? task : null })) };
}

export function Mailbox({ action, mailbox }: { readonly action: string; readonly mailbox: ShownMailbox }) {
  if (mailbox.messages === null) {
    return (
      <p>
        <Say text={words.mailboxBySmtp} />
      </p>
    );
  }
  const title = words.mailbox(mailbox.address);
  return (
    <>
      <p>
        <strong>
          <Say text={title} />
        </strong>
      </p>
      <Table
        id="mailbox"
        caption={title}
        rows={mailbox.messages}
        narrow="cards"
        columns={[
          { id: 'at', title: words.received, kind: 'fixed', cell: ({ at }) => <When at={at} /> },
          {
            id: 'task',
            title: words.task,
            cell: ({ task }) =>
              task === null ? (
                <Say text={words.taskOver} />
              ) : (
                <a href={task}>
                  <Say text={words.openTask} />
                </a>
              ),
          },
          {
            id: 'software',
            title: words.software,
            cell: ({ task }) =>
              task === null ? (
                <Say text={words.nothingToDo} />
              ) : (
                <form class="button-form" method="post" action={action}>
                  <FormProof />
                  <Button kind="quiet" name="task" value={task} text={words.eraseThere} />
                </form>
              ),
          },
        ]}
        empty={{ title: words.noMessage, hint: words.noMessageHint }}
      />
    </>
  );
}

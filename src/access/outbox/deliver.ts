import { describeError, type Log } from '../../kernel/index.ts';
import type { DueHandler, DueRow, Lease, Scope } from '../../store/index.ts';
import { openMessage } from './outbox.ts';
import { type MailTransport, PermanentFailure } from './transport.ts';

/** About a day of tries, ten minutes apart at the end. */
const maximumAttempts = 150;

/** Drains the outbox. A crash between sending and settling sends again, under the same message id. */
export function outboxHandler(transport: MailTransport, log: Log): DueHandler {
  return {
    table: 'access.outbox_message',
    batch: 10,
    leaseMs: 30_000,
    run: async (scope, rows, lease) => {
      for (const row of rows) {
        if (lease.isLost) return;
        await deliver(scope, row, lease, { transport, log });
      }
    },
  };
}

interface Means {
  readonly transport: MailTransport;
  readonly log: Log;
}

async function deliver(scope: Scope, row: DueRow, lease: Lease, means: Means): Promise<void> {
  const message = await scope.db
    .selectFrom('access.outbox_message')
    .select(['status', 'kind', 'sealed_body', 'created_at'])
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow();
  if (message.status === 'forgotten' || message.sealed_body === null) {
    await means.transport.forget(row.id);
    await settle(scope, row, lease, {});
    return;
  }
  try {
    await means.transport.send(row.id, message.created_at, openMessage(scope, row.id, message.sealed_body));
    await settle(scope, row, lease, {
      status: 'sent',
      sealed_body: null,
      sent_at: scope.clock.now(),
      last_error: null,
    });
    means.log.info({ message: row.id, kind: message.kind }, 'outbox.sent');
  } catch (error) {
    const code = error instanceof PermanentFailure ? error.code : (describeError(error).code ?? 'failed');
    means.log.warn({ message: row.id, kind: message.kind, code, attempt: row.attempts }, 'outbox.not_sent');
    // Left unsettled, the row is tried again later. Given up, its body stays sealed for whoever sends it otherwise.
    if (!(error instanceof PermanentFailure) && row.attempts < maximumAttempts) return;
    await settle(scope, row, lease, { status: 'failed', last_error: code });
  }
}

interface Settled {
  readonly status?: 'sent' | 'failed';
  readonly sealed_body?: null;
  readonly sent_at?: Date;
  readonly last_error?: string | null;
}

/** The outcome and the end of the lease, together. A message forgotten meanwhile stays forgotten, and due. */
async function settle(scope: Scope, row: DueRow, lease: Lease, outcome: Settled): Promise<void> {
  await scope.db.transaction().execute(async (tx) => {
    const present = await tx
      .selectFrom('access.outbox_message')
      .select('status')
      .where('id', '=', row.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const wasForgotten = outcome.status !== undefined && present.status === 'forgotten';
    if (!wasForgotten && Object.keys(outcome).length > 0) {
      await tx.updateTable('access.outbox_message').set(outcome).where('id', '=', row.id).execute();
    }
    await lease.settle(tx, row.id, wasForgotten ? scope.clock.now() : null);
  });
}

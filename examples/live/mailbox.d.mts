export interface MailboxMessage {
  /** That of the outbox message. */
  readonly id: string;
  readonly at: Date;
  /** The path of the link to a task that it carries; null when it carries none. */
  readonly task: string | null;
}

export function readMailbox(folder: string, address: string): Promise<readonly MailboxMessage[]>;

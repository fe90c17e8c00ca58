import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Uuid } from '../../kernel/index.ts';
import type { StoredMessage } from './outbox.ts';

/** How messages leave: an SMTP server, or a folder whose files somebody sends. */
export interface MailTransport {
  /** Sends, or throws: `PermanentFailure` when trying again is no use. The same id twice is the same message. */
  send(id: Uuid, createdAt: Date, message: StoredMessage): Promise<void>;
  /** Removes what this transport keeps of a message. */
  forget(id: Uuid): Promise<void>;
}

/** The other side refused for good: an address that doesn't exist, a message it won't have. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';

  constructor(readonly code: string) {
    super(`refused for good: ${code}`);
  }
}

export function mailTransport(options: {
  readonly smtpUrl: string | null;
  readonly from: string;
  /** Absolute; used when there is no SMTP server. */
  readonly folder: string;
}): MailTransport {
  return options.smtpUrl === null ? folderTransport(options) : smtpTransport(options.smtpUrl, options.from);
}

/**
 * The letter as both transports write it. Its id makes a repeat recognisable to the receiving server, and the two
 * headers keep automatic answers from coming back (RFC 3834): no loop with a mailbox that answers by itself.
 */
function letter(id: Uuid, createdAt: Date, from: string, message: StoredMessage): SendMailOptions {
  return {
    from,
    to: { name: '', address: message.to },
    subject: message.title,
    text: message.text,
    date: createdAt,
    messageId: `<${id}@socle>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: message.attachments.map(({ fileName, contentType, base64 }) => ({
      filename: fileName,
      contentType,
      content: Buffer.from(base64, 'base64'),
    })),
    // A message is data: nothing in it may make us read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function smtpTransport(url: string, from: string): MailTransport {
  const smtp = createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 });
  return {
    send: async (id, createdAt, message) => {
      try {
        await smtp.sendMail(letter(id, createdAt, from, message));
      } catch (error) {
        throw isPermanent(error) ? new PermanentFailure(`smtp_${error.responseCode}`) : error;
      }
    },
    forget: async () => undefined,
  };
}

/** 5xx answers (RFC 5321 §4.2.1), but not those about our own sign-in, which an operator mends. */
function isPermanent(error: unknown): error is Error & { readonly responseCode: number } {
  if (!(error instanceof Error) || !('responseCode' in error) || typeof error.responseCode !== 'number') return false;
  return error.responseCode >= 500 && ![530, 534, 535, 538].includes(error.responseCode);
}

function folderTransport(options: { readonly from: string; readonly folder: string }): MailTransport {
  const compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const pathOf = (id: Uuid): string => join(options.folder, `${id}.eml`);
  return {
    send: async (id, createdAt, message) => {
      const { message: eml } = await compose.sendMail(letter(id, createdAt, options.from, message));
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      await chmod(options.folder, 0o700);
      // Whole or not at all; the same message again replaces itself.
      const draft = `${pathOf(id)}.part`;
      await writeFile(draft, eml instanceof Buffer ? eml : '', { mode: 0o600 });
      await rename(draft, pathOf(id));
    },
    forget: async (id) => {
      await rm(pathOf(id), { force: true });
      await rm(`${pathOf(id)}.part`, { force: true });
    },
  };
}

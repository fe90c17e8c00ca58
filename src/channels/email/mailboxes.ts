import { z } from 'zod';
import { Refusal } from '../../kernel/index.ts';

/** More would be a list that nobody feels asked by. */
const most = 5;
const longest = 254;

/** The mailboxes of `a@shop.example, b@shop.example`, in lower case, each once. Refuses what isn't one to five of them. */
export function readMailboxes(text: string): readonly string[] {
  const given = text
    .replace(/^mailto:/i, '')
    .split(/[\s,;]+/)
    .filter((each) => each !== '');
  const mailboxes = [...new Set(given.map((each) => each.toLowerCase()))];
  const areGood = mailboxes.every((each) => each.length <= longest && z.email().safeParse(each).success);
  if (mailboxes.length === 0 || mailboxes.length > most || !areGood) throw notMailboxes();
  return mailboxes;
}

function notMailboxes(): Refusal {
  return new Refusal('email.mailboxes', 422, {
    fr: `Donnez d’une à ${most} adresses e-mail, séparées par des virgules : celles des personnes qui effaceront dans cette application.`,
    en: `Give one to ${most} e-mail addresses, separated by commas: those of the people who will erase in this application.`,
  });
}

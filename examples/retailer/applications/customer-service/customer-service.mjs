import { setTimeout as wait } from 'node:timers/promises';
import { readMailbox } from '../../../live/mailbox.mjs';
import { asksSocle, behaves, lies, note, ready, when } from '../beside.mjs';
import { openLines } from '../json-lines.mjs';
import { readTask, sendAnswer } from './task.mjs';

// Customer service: software without an interface, where only people can erase. This program stands for the one of them who reads
// the mailbox: they open the link, look people up in their software, erase, and answer on the page.
const cases = openLines(process.env.CASES);
const readingMs = Number(process.env.READING_MS ?? 3_000);

/** Messages that nothing more is to be done about. */
const done = new Set();
/** What was done for a task, until Socle has taken the answer. */
const outcomesOf = new Map();

async function readMail() {
  for (const { id, task } of (await readMailbox(process.env.OUTBOX, process.env.MAILBOX)).toReversed()) {
    if (done.has(id) || behaves().byHand) continue;
    if (task === null || (await answer(task))) done.add(id);
  }
}

/** Answers as the one whose turn it is would; false when the operator answers by hand meanwhile. */
async function answer(path) {
  const task = await readTask(path);
  if (task === null) return true;
  await wait(readingMs + (behaves().slowMs ?? 0));
  if (behaves().byHand) return false;
  const outcomes = outcomesOf.get(path) ?? task.persons.map(lies() ? () => 'executed' : eraseOne);
  outcomesOf.set(path, outcomes);
  await sendAnswer(task, outcomes, 'Nadia (service client)');
  outcomesOf.delete(path);
  note('task.answered', { persons: outcomes.length });
  return true;
}

function eraseOne(identifiers) {
  return cases.remove(identifiers) === 0 ? 'not_found' : 'executed';
}

// What somebody who answers by hand does in the service's software, before they say so.
when('erase', async ({ path }) => {
  const task = await readTask(path);
  const outcomes = (task?.persons ?? []).map(eraseOne);
  note('task.erased', { persons: outcomes.filter((outcome) => outcome === 'executed').length });
});

asksSocle(cases, openLines);
process.once('SIGTERM', () => process.exit(0));
ready();
while (true) {
  await readMail().catch((error) => note('trouble', { doing: 'mail', error: error.message }));
  await wait(1_000);
}

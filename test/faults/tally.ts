/** All that is done to the processes and messages of a run. One that stays at zero was not played. */
export const faults = [
  'message lost',
  'answer lost',
  'message repeated',
  'message late',
  'message refused (503)',
  'message overtaken by a later one',
  'Socle killed (SIGKILL) after a statement',
  'Socle killed (SIGKILL) between two steps',
  'Socle stumbled (exception)',
  'Socle restarted with its clock ahead',
  'Socle restarted with its clock behind',
  'clock of both Socles moved ahead',
  'clock of both Socles moved back',
  'database connection ended before a statement',
  'database connection ended during a statement',
  'application killed (SIGKILL) before it erased',
  'application killed (SIGKILL) between erasing and keeping',
  'application killed (SIGKILL) after keeping',
  'application with a clock ahead',
  'application with a clock behind',
  'application slow',
  'application failed (exception)',
  'restored from a backup: by webhook',
  'restored from a backup: by pull',
  'restored from a backup: by files',
  'restored from a backup: by e-mail',
  'restored from a backup: by SQL',
  'file of answers torn',
  'file of answers left twice',
  'file of an order read again',
  'share of files away',
  'link opened by a mail filter',
  'mail refused for good',
  'mail forgotten until it is reminded',
  'form sent twice',
  'person went home between erasing and answering',
] as const;
export type Fault = (typeof faults)[number];

/** What was played, so that a reader sees that it was: parts of the cast, and what ended how. */
export const played = [
  'persons asked for by a request',
  'persons in a campaign',
  'orders for several persons at once',
  'orders by webhook',
  'orders by pull',
  'orders by files',
  'orders by e-mail',
  'orders by SQL',
  'orders sent anew (next generation)',
  'holds placed',
  'holds that held an order',
  'holds released by a person',
  'holds ended by their date',
  'dead letters replayed by a person',
  'journal sealed during the run',
  'journal checkpoints kept outside',
  'two processes of Socle side by side',
] as const;
export type Played = (typeof played)[number];

/** How often each was, over a run or many. */
export class Tally {
  readonly counts = new Map<Fault | Played, number>();

  note(what: Fault | Played, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }
}

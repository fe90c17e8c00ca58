const day = 86_400_000;

/** When the contacts of a task are reminded: halfway, and a day before its time is over unless that is soon after. */
export function reminderTimes(openedAt: Date, dueAt: Date): readonly Date[] {
  const from = openedAt.getTime();
  const time = dueAt.getTime() - from;
  if (time <= 0) return [];
  const half = from + time / 2;
  const lastDay = dueAt.getTime() - day;
  return [half, ...(lastDay >= half + day ? [lastDay] : [])].map((at) => new Date(at));
}

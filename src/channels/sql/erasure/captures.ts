import type { Capture, CapturedStep } from '../outcome.ts';

/** Rows by step of the plan, of each person by reference. */
export function rowsByPerson(capture: Capture): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const persons = new Map<string, Map<number, number>>();
  for (const { step, counts } of capture.steps) {
    for (const [index, count] of counts) {
      const ref = capture.refs[index] ?? '';
      const rows = persons.get(ref) ?? new Map<number, number>();
      persons.set(ref, rows.set(step, count));
    }
  }
  return persons;
}

/**
 * What two attempts found. For a person whose rows are found again, the later capture counts; for a person of whom
 * nothing is left, the earlier one is all that is known.
 */
export function mergeCaptures(earlier: Capture, later: Capture): Capture {
  const refs = [...new Set([...earlier.refs, ...later.refs])];
  const place = new Map(refs.map((ref, index) => [ref, index]));
  const again = new Set(later.steps.flatMap((step) => step.counts.map(([person]) => later.refs[person])));
  const moved = (capture: Capture, wants: (ref: string | undefined) => boolean): readonly CapturedStep[] =>
    capture.steps.map(({ step, counts, keys }) => ({
      step,
      counts: counts.flatMap(([person, count]) => {
        const index = place.get(capture.refs[person] ?? '');
        return index !== undefined && wants(capture.refs[person]) ? [[index, count] as const] : [];
      }),
      keys: keys.flatMap(([person, ...key]) => {
        const index = place.get(capture.refs[person] ?? '');
        return index !== undefined && wants(capture.refs[person]) ? [[index, ...key] as const] : [];
      }),
    }));
  const of = <Rest extends readonly string[]>(list: (capture: Capture) => readonly (readonly [number, ...Rest])[]) => {
    const all = [earlier, later].flatMap((capture) =>
      list(capture).flatMap(([person, ...rest]) => {
        const index = place.get(capture.refs[person] ?? '');
        return index === undefined ? [] : [[index, ...rest] as const];
      }),
    );
    return [...new Map(all.map((one) => [one.join('\u0000'), one])).values()];
  };
  const all = [...moved(earlier, (ref) => !again.has(ref)), ...moved(later, () => true)];
  const steps = [...new Set(all.map((step) => step.step))].toSorted((a, b) => a - b);
  return {
    ...later,
    salt: earlier.salt,
    refs,
    known: of((capture) => capture.known),
    learnt: of((capture) => capture.learnt ?? []),
    leftOut: of<['all' | 'shared']>((capture) => capture.leftOut ?? []),
    steps: steps.map((step) => {
      const same = all.filter((each) => each.step === step);
      return { step, counts: same.flatMap((each) => each.counts), keys: same.flatMap((each) => each.keys) };
    }),
  };
}

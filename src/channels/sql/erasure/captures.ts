import type { Capture, CapturedStep } from '../outcome.ts';

/** How many rows of which steps of the plan were found, of each person by reference. */
export type RowsFound = readonly (readonly [step: number, count: number])[];

export function rowsByPerson(capture: Capture): ReadonlyMap<string, RowsFound> {
  const persons = new Map<string, [number, number][]>();
  for (const { step, counts } of capture.steps) {
    for (const [index, count] of counts) {
      const ref = capture.refs[index] ?? '';
      const rows = persons.get(ref);
      if (rows === undefined) persons.set(ref, [[step, count]]);
      else rows.push([step, count]);
    }
  }
  return persons;
}

/**
 * What two attempts found. For a person whose rows are found again, the later capture counts; for a person of whom
 * nothing is left, the earlier one is all that is known. Where an order goes on from what another plan had done, both count,
 * each row once.
 */
export function mergeCaptures(earlier: Capture, later: Capture): Capture {
  const refs = [...new Set([...earlier.refs, ...later.refs])];
  const place = new Map(refs.map((ref, index) => [ref, index]));
  const isCarried = earlier.isCarried === true;
  const found = isCarried ? [] : later.steps.flatMap((step) => step.counts.map(([person]) => later.refs[person]));
  const again = new Set(found);
  const moved = (capture: Capture, wants: (ref: string | undefined) => boolean): readonly CapturedStep[] =>
    capture.steps.map(({ step, of, counts, keys }) => ({
      step,
      ...(of === undefined ? {} : { of }),
      counts: counts.flatMap(([person, count]) => {
        const index = place.get(capture.refs[person] ?? '');
        return index !== undefined && wants(capture.refs[person]) ? [[index, count] as const] : [];
      }),
      keys: keys.flatMap(([person, ...key]) => {
        const index = place.get(capture.refs[person] ?? '');
        return index !== undefined && wants(capture.refs[person]) ? [[index, ...key] as const] : [];
      }),
    }));
  const listOf = <Rest extends readonly string[]>(
    list: (capture: Capture) => readonly (readonly [number, ...Rest])[],
  ) => {
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
    known: listOf((capture) => capture.known),
    learnt: listOf((capture) => capture.learnt ?? []),
    links: listOf((capture) => capture.links ?? []),
    leftOut: listOf<['all' | 'shared']>((capture) => capture.leftOut ?? []),
    ...(isCarried ? { isCarried } : {}),
    steps: steps.map((step) => joined(all.filter((each) => each.step === step))),
  };
}

/** One step of two captures, each row once; rows without a key are counted as often as either of them did. */
function joined(same: readonly CapturedStep[]): CapturedStep {
  const keys = [...new Map(same.flatMap((each) => each.keys).map((key) => [JSON.stringify(key), key])).values()];
  const counts = new Map<number, number>();
  for (const each of same) {
    for (const [person, count] of each.counts) counts.set(person, Math.max(count, counts.get(person) ?? 0));
  }
  for (const person of new Set(keys.map(([each]) => each))) {
    counts.set(person, Math.max(counts.get(person) ?? 0, keys.filter(([each]) => each === person).length));
  }
  const { step = 0, of } = same.find((each) => each.of !== undefined) ?? same[0] ?? {};
  return { step, ...(of === undefined ? {} : { of }), counts: [...counts], keys };
}

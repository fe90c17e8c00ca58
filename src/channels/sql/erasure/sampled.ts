/** Persons looked for by the proof: evenly spread over the batch; everyone when there are few. */
export function sampledPersons(persons: number, size: number): readonly number[] {
  const all = Array.from({ length: persons }, (_, index) => index);
  if (persons <= Math.max(size, 1)) return all;
  const every = persons / Math.max(size, 1);
  return all.filter((index) => Math.floor(index / every) !== Math.floor((index - 1) / every)).slice(0, size);
}

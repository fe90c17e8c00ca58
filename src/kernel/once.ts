/**
 * A function that asks once for each key and remembers the answer: for what several pieces of one work read alike, as
 * long as that work lasts.
 */
export function once<Key, Answer>(ask: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, Answer>();
  return (key) => {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const asked = ask(key);
    known.set(key, asked);
    return asked;
  };
}

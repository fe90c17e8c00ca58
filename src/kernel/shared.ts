/** Those who ask for the same while it is being asked for share the answer. Nothing is remembered beyond it. */
export function shared<Key, Answer>(ask: (key: Key) => Promise<Answer>): (key: Key) => Promise<Answer> {
  const asking = new Map<Key, Promise<Answer>>();
  return (key) => {
    const known = asking.get(key);
    if (known !== undefined) return known;
    const answer = ask(key).finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  };
}

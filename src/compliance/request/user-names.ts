import { listUsers } from '../../access/index.ts';
import type { Scope } from '../../store/index.ts';

/** Names of the organisation's users, by id: beside what they did, and what they follow. */
export async function userNames(scope: Scope): Promise<ReadonlyMap<string, string>> {
  const users = await listUsers(scope, { limit: 200, after: null });
  return new Map(users.map((user) => [user.id, user.name]));
}

import { newId, type Uuid } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';

/** A user of the organisation, as far as being told something goes. */
export async function person(scope: Scope, email: string, roles: readonly string[]): Promise<Uuid> {
  const id = newId();
  const at = scope.clock.now();
  await scope.db
    .insertInto('access.user')
    .values({ id, email, name: email, password_hash: '-', roles: [...roles], created_at: at, password_changed_at: at })
    .execute();
  return id;
}

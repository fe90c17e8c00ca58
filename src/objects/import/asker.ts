import type { Actor, Cause } from '../../kernel/index.ts';
import type { Import } from './job.ts';

/** Why an import writes: for whoever asked for its last step. */
export function asCause({ asker, createdBy }: Pick<Import, 'asker' | 'createdBy'>): Cause {
  return { actor: actorOf(asker.kind === 'user' ? asker.me : createdBy), source: 'pump', key: null };
}

function actorOf(said: string): Actor {
  const [kind = '', ...rest] = said.split(':');
  const id = rest.join(':');
  if (kind === 'user' || kind === 'api_key') return { kind, id };
  return { kind: 'system', name: id === '' ? kind : id };
}

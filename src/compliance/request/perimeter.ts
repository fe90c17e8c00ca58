import type { Who } from '../../http/index.ts';
import { type Id, parseId } from '../../kernel/index.ts';
import { findRequestRow, type RequestRow, requestNotFound } from './row.ts';

/** Whether a request is in somebody's perimeter: a relay sees the requests of their own controllers only. */
export function isInPerimeter(who: Pick<Who, 'perimeters'>, request: Pick<RequestRow, 'controller_id'>): boolean {
  if (who.perimeters === null) return true;
  return request.controller_id !== null && who.perimeters.includes(request.controller_id);
}

/** The request named by a public id, a plain id or a number. Refuses (404) what is outside of the perimeter, as if it weren't. */
export async function requestFor(who: Pick<Who, 'perimeters' | 'scope'>, reference: string): Promise<RequestRow> {
  const id: Id<'request'> | null = parseId('req', reference);
  const row =
    id === null
      ? await who.scope.db
          .selectFrom('compliance.request')
          .selectAll()
          .where('number', '=', reference)
          .executeTakeFirst()
      : await findRequestRow(who.scope.db, id);
  if (row === undefined || row === null || !isInPerimeter(who, row)) throw requestNotFound();
  return row;
}

/** Refuses a controller outside of the perimeter, when one opens a request for it. */
export function expectPerimeter(who: Pick<Who, 'perimeters'>, controllerId: string | null): void {
  if (who.perimeters === null || (controllerId !== null && who.perimeters.includes(controllerId))) return;
  throw requestNotFound();
}

import { parseId, publicId, type Uuid } from '../kernel/index.ts';

/** The id a caller means by `obj_01J…`, by the same id under another room's prefix, or by a plain UUID; else null. */
export function objectId(reference: string): Uuid | null {
  return parseId('obj', reference.replace(/^[a-z]{3}_(?=[0-9A-Za-z]{26}$)/, ''));
}

export function publicObjectId(id: Uuid): string {
  return publicId('obj', id);
}

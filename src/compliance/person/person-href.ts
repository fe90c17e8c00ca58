import { publicId } from '../../kernel/index.ts';

export function personHref(id: string): string {
  return `/persons/${publicId('per', id)}`;
}

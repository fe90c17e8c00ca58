import type { Reading, Value } from '../attributes/attribute-type.ts';
import { localeOf } from '../attributes/attribute-type.ts';
import type { Attribute } from '../model.ts';

/** The columns that a sum adds up, and those that say in what; a quantity adds up in the unit it was given in. */
export function summedColumns({ type, columns }: Attribute): { readonly amount: string; readonly unit: string | null } {
  const [first = '', second = '', third = ''] = columns;
  if (type.kind === 'quantity') return { amount: second, unit: third };
  return { amount: first, unit: type.kind === 'money' ? second : null };
}

/** A sum as the API says it: exact, whatever its size. */
export function sumValue(attribute: Attribute, total: bigint, unit: string | null): Value {
  switch (attribute.type.kind) {
    case 'integer':
      return Number.isSafeInteger(Number(total)) ? Number(total) : total.toString();
    case 'quantity':
      return attribute.type.decode([total, total, unit]);
    case 'money':
      return attribute.type.decode([total, unit]);
    default:
      return attribute.type.decode([total]);
  }
}

/** A sum in words. */
export function showSum(attribute: Attribute, total: bigint, unit: string | null, reading: Reading): string {
  if (attribute.type.kind === 'integer') return new Intl.NumberFormat(localeOf[reading.language]).format(total);
  return attribute.type.show(sumValue(attribute, total, unit), reading);
}

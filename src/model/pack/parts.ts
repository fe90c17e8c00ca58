import { z } from 'zod';
import { roleNames } from '../roles.ts';

/** What the schemas of a pack's parts share. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/)
  .meta({ description: 'snake_case, at most 40 characters' });

export const text = z
  .strictObject({ fr: z.string().min(1).max(2000), en: z.string().min(1).max(2000) })
  .meta({ description: 'In French and in English' });

export const role = z.enum(roleNames);
export const named = <T extends z.ZodType>(value: T) => z.record(name, value);

export const expression = z.string().min(1).max(4096).meta({ description: 'CEL: docs/reference/expressions.md' });

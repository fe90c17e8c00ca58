import { Refusal } from '../src/kernel/index.ts';
import type { Example } from './example.ts';

const examples: Readonly<Record<string, () => Promise<Example>>> = {
  retailer: async () => (await import('./retailer/index.ts')).retailer,
};

/** The example of that name: `SOCLE_EXAMPLE`. */
export async function findExample(name: string): Promise<Example> {
  const open = examples[name];
  if (open !== undefined) return open();
  const names = Object.keys(examples).join(', ');
  throw new Refusal('example.unknown', 422, {
    fr: `Aucun exemple ne s’appelle « ${name} » : choisissez ${names} ou none (SOCLE_EXAMPLE).`,
    en: `No example is called “${name}”: choose ${names} or none (SOCLE_EXAMPLE).`,
  });
}

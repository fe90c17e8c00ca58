import { join } from 'node:path';
import { projectRoot } from '../../src/kernel/index.ts';
import { applyModel, loadPacks, type Model } from '../../src/model/index.ts';
import type { TestStore } from './store.ts';

/** The folders of the product's system packs. */
export const systemPacks: readonly string[] = ['src/repository', 'src/compliance'].map((room) =>
  join(projectRoot, room),
);

/** Lays the tables of packs (the system packs when none is named) in a test's database, and gives the compiled model. */
export async function testModel(
  store: Pick<TestStore, 'store'>,
  packs: readonly string[] = systemPacks,
): Promise<Model> {
  return applyModel(store.store, await loadPacks(packs));
}

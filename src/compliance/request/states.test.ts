import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../kernel/index.ts';
import { compileModel, loadPacks } from '../../model/index.ts';
import { mayBecome, orderStates } from '../order/states.ts';
import { requestStateLabel, requestStates, requestTransitions } from './states.ts';

const packs = await loadPacks(['src/repository', 'src/compliance'].map((folder) => join(projectRoot, folder)));
const lifecycle = compileModel(packs).types.get('request')?.lifecycle;

test('the room walks the life cycle that the pack says, word for word', () => {
  const said = [...(lifecycle?.transitions.values() ?? [])].map((one) => [one.name, { from: one.from, to: one.to }]);
  expect(Object.fromEntries(said)).toEqual(requestTransitions);
  expect(requestStates.map((state) => [state, requestStateLabel(state)])).toEqual(
    [...(lifecycle?.states.values() ?? [])].map((state) => [state.name, state.label]),
  );
});

test('an order ends in one state at a time, and “not found” never becomes “executed”', () => {
  expect(mayBecome('not_found', 'executed')).toBe(false);
  expect(mayBecome('executed', 'not_found')).toBe(false);
  expect(mayBecome('planned', 'executed')).toBe(false);
  expect(orderStates.filter((state) => mayBecome(state, 'verified'))).toEqual(['executed']);
  expect(orderStates.filter((state) => mayBecome('contradicted', state))).toEqual([]);
});

import { expect, test } from 'vitest';
import { isConnected, type OnboardingFacts, stagesOf } from './stages.ts';

const nothing: OnboardingFacts = {
  channel: null,
  state: 'proposed',
  isDescribed: false,
  harvestedAt: null,
  hasKey: false,
  hasCalled: false,
  hasSecret: false,
  hasReceived: false,
  conformance: null,
};

const states = (facts: Partial<OnboardingFacts>) =>
  Object.fromEntries(stagesOf({ ...nothing, ...facts }).map(({ id, state }) => [id, state]));

test('an application that was only named is to be described first', () => {
  expect(states({})).toEqual({
    describe: 'now',
    channel: 'later',
    credentials: 'later',
    test: 'later',
    conformance: 'later',
    live: 'later',
  });
});

test('by SQL there is no key to give and nothing to drive: harvest, then put in service', () => {
  expect(states({ isDescribed: true, channel: 'sql' })).toMatchObject({
    credentials: 'skipped',
    test: 'now',
    conformance: 'skipped',
  });
  expect(
    isConnected({ ...nothing, isDescribed: true, channel: 'sql', harvestedAt: new Date(0), state: 'in_service' }),
  ).toBe(true);
});

test('by webhook it needs both its key and the secret, a first order, and conformance', () => {
  const webhook = { isDescribed: true, channel: 'webhook', hasKey: true };
  expect(states(webhook).credentials).toBe('now');
  expect(states({ ...webhook, hasSecret: true }).test).toBe('now');
  expect(states({ ...webhook, hasSecret: true, hasReceived: true, conformance: 'failed' }).conformance).toBe('now');
  const passed = { ...nothing, ...webhook, hasSecret: true, hasReceived: true, conformance: 'passed' as const };
  expect(isConnected(passed)).toBe(false);
  expect(isConnected({ ...passed, state: 'in_service' })).toBe(true);
});

test('a secret that was revoked makes an application unconnected again', () => {
  const live = {
    isDescribed: true,
    channel: 'webhook',
    hasKey: true,
    hasReceived: true,
    conformance: 'passed' as const,
  };
  expect(isConnected({ ...nothing, ...live, state: 'in_service', hasSecret: false })).toBe(false);
});

test('a pulling application has come for its orders', () => {
  const pull = { isDescribed: true, channel: 'pull', hasKey: true };
  expect(states(pull)).toMatchObject({ credentials: 'done', test: 'now', conformance: 'later' });
  expect(states({ ...pull, hasCalled: true, conformance: 'passed' }).live).toBe('now');
});

test('by files it needs the secret that signs them, and a try; by e-mail, a try alone', () => {
  const file = { isDescribed: true, channel: 'file' };
  expect(states(file)).toMatchObject({ credentials: 'now', conformance: 'skipped' });
  expect(states({ ...file, hasSecret: true })).toMatchObject({ credentials: 'done', test: 'now' });
  expect(isConnected({ ...nothing, ...file, hasSecret: true, hasReceived: true, state: 'in_service' })).toBe(true);
  const email = { isDescribed: true, channel: 'email' };
  expect(states(email)).toMatchObject({ credentials: 'skipped', test: 'now', conformance: 'skipped' });
  expect(states({ ...email, hasReceived: true })).toMatchObject({ test: 'done', live: 'now' });
});

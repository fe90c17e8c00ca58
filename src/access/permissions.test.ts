import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot, systemCause } from '../kernel/index.ts';
import { write } from '../store/index.ts';
import { accessFixture } from './access.fixture.ts';
import { createKey } from './keys/keys.ts';
import { can, type Permission, permissions, permit, type Role, require, roles } from './permissions.ts';

const all = Object.keys(permissions) as Permission[];

test('an auditor has every permission to read and none to act', () => {
  for (const permission of all) {
    expect(can({ roles: ['auditor'] }, permission), permission).toBe(permission.endsWith('.read'));
  }
});

test('only an administrator manages users, keys and the model', () => {
  for (const permission of ['users.manage', 'keys.manage', 'model.change', 'operation.manage'] as const) {
    expect(roles.filter((role) => can({ roles: [role] }, permission))).toEqual(['admin']);
  }
});

test('an administrator as such sees no data subject and no request', () => {
  for (const permission of ['persons.read', 'requests.read', 'requests.handle', 'requests.decide'] as const) {
    expect(can({ roles: ['admin'] }, permission)).toBe(false);
  }
});

test('several roles add up, and an unknown one gives nothing', () => {
  expect(can({ roles: ['architect', 'dpo'] }, 'requests.decide')).toBe(true);
  expect(can({ roles: ['director'] }, 'repository.read')).toBe(false);
});

test('who lacks a permission or a role is refused, with what to do', () => {
  expect(() => permit({ roles: ['relay'] }, 'requests.decide')).toThrow(/access\.forbidden/);
  expect(() => require({ roles: ['relay'] }, 'dpo')).toThrow(/access\.forbidden/);
  expect(() => require({ roles: ['relay'] }, 'dpo', 'relay')).not.toThrow();
});

test('the guide gives the same table as the code', async () => {
  const guide = await readFile(join(projectRoot, 'docs/access.md'), 'utf8');
  const lines = all.map((permission) => `| \`${permission}\` | ${permissions[permission].join(', ')} |`);
  const written = /<!-- permissions:[^>]*-->\n([\s\S]*?)<!-- end of permissions -->/.exec(guide)?.[1];
  expect(written).toBe(`| permission | roles |\n| --- | --- |\n${lines.join('\n')}\n`);
});

/** Who may open or write what, over HTTP: one line a route. */
const matrix: readonly (readonly [method: string, path: string, body: unknown, allowed: readonly Role[]])[] = [
  ['GET', '/api/v1/me', undefined, roles],
  ['GET', '/api/v1/users', undefined, ['admin', 'auditor']],
  ['GET', '/api/v1/keys', undefined, ['admin', 'auditor']],
  ['POST', '/api/v1/keys', { name: 'one more', role: 'member' }, ['admin']],
  ['GET', '/users', undefined, ['admin', 'auditor']],
  ['GET', '/users/new', undefined, ['admin']],
  ['GET', '/keys', undefined, ['admin', 'auditor']],
  ['GET', '/keys/new', undefined, ['admin']],
  ['GET', '/account', undefined, roles],
  ['GET', '/outbox', undefined, ['admin', 'auditor']],
];

test('each role reaches the routes of its permissions and no other', async () => {
  const { organisation, options, call } = await accessFixture();
  const scope = await organisation();
  for (const role of roles) {
    const { secret } = await write(scope, systemCause('test'), (writing) =>
      createKey(options, writing, { name: role, role }),
    );
    for (const [method, path, body, allowed] of matrix) {
      const { status } = await call(method, path, secret, body);
      expect(status < 400, `${role} ${method} ${path}: ${status}`).toBe(allowed.includes(role));
      if (!allowed.includes(role)) expect(status).toBe(403);
    }
  }
});

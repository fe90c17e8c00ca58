import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { testStore } from '../../../test/support/store.ts';
import { createLog, systemCause } from '../../kernel/index.ts';
import { runDueBatch, type Scope, write } from '../../store/index.ts';
import { accessFixture } from '../access.fixture.ts';
import { outboxHandler } from './deliver.ts';
import { forgetMessages, messageStatus, postMessage } from './outbox.ts';
import { type MailTransport, mailTransport, PermanentFailure } from './transport.ts';

const { clock, organisation, asOwner } = await testStore();
const folder = await mkdtemp(join(tmpdir(), 'socle-outbox-'));
afterAll(() => rm(folder, { recursive: true }));

const logged: string[] = [];
const log = createLog('debug', { write: (line: string) => logged.push(line) });
const from = 'Socle <socle@enseigne.test>';

const post = (scope: Scope, to = 'marie.durand@exemple.test', subject = 'req_1') =>
  write(scope, systemCause('test'), (writing) =>
    postMessage(writing, {
      kind: 'request.answer',
      subject,
      to,
      title: 'Votre demande\nBcc: everyone@exemple.test',
      text: 'Bonjour Marie, vos données sont effacées.',
      attachments: [{ fileName: 'réponse.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }],
    }),
  );
const drain = (scope: Scope, transport: MailTransport) => runDueBatch(outboxHandler(transport, log), scope, log);

describe('without an SMTP server', () => {
  const transport = mailTransport({ smtpUrl: null, from, folder });

  test('a message becomes a file only its owner can read, and its body leaves the database', async () => {
    const scope = await organisation();
    const id = await post(scope);
    const sealed = await asOwner<{ row: string }>('select m::text as row from access.outbox_message m');
    expect(sealed.map((row) => row.row).join()).not.toContain(Buffer.from('Marie').toString('hex'));
    await drain(scope, transport);
    expect(await messageStatus(scope, id)).toMatchObject({ status: 'sent', error: null });
    const rows = await scope.db.selectFrom('access.outbox_message').select(['sealed_body', 'next_at']).execute();
    expect(rows).toEqual([{ sealed_body: null, next_at: null }]);
    const path = join(folder, `${id}.eml`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const eml = await readFile(path, 'utf8');
    expect(eml).toContain('To: marie.durand@exemple.test');
    expect(eml).toContain(`Message-ID: <${id}@socle>`);
    expect(eml).toContain('Auto-Submitted: auto-generated');
    expect(eml).not.toMatch(/^Bcc:/m);
  });

  test('forgetting a subject removes its files and wipes what was still waiting', async () => {
    const scope = await organisation();
    const sent = await post(scope, 'a@exemple.test', 'req_2');
    await drain(scope, transport);
    const waiting = await post(scope, 'b@exemple.test', 'req_2');
    const other = await post(scope, 'c@exemple.test', 'req_3');
    await write(scope, systemCause('test'), (writing) => forgetMessages(writing, 'req_2'));
    await drain(scope, transport);
    const files = await readdir(folder);
    expect(files).not.toContain(`${sent}.eml`);
    expect(files).not.toContain(`${waiting}.eml`);
    expect(files).toContain(`${other}.eml`);
    expect(await messageStatus(scope, waiting)).toMatchObject({ status: 'forgotten' });
  });

  test('a message is in the outbox if and only if its cause was committed', async () => {
    const scope = await organisation();
    await write(scope, systemCause('test'), async (writing) => {
      await postMessage(writing, { kind: 'k', subject: 's', to: 'a@exemple.test', title: 't', text: 't' });
      throw new Error('the decision failed');
    }).catch(() => undefined);
    expect(await drain(scope, transport)).toBe(0);
    await expect(post(scope, 'not an address')).rejects.toMatchObject({ code: 'outbox.bad_address' });
  });
});

describe('through an SMTP server', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** As much of RFC 5321 as a client needs; `recipient` is the answer to RCPT. */
  const smtp = async (recipient: string): Promise<{ url: string; received: string[] }> => {
    const received: string[] = [];
    const server = createServer((socket) => {
      let isData = false;
      let buffer = '';
      const answers: Record<string, string> = {
        EHLO: '250 here',
        MAIL: '250 ok',
        RCPT: recipient,
        DATA: '354 go',
        QUIT: '221 bye',
        RSET: '250 ok',
      };
      socket.on('error', () => undefined);
      socket.write('220 test\r\n');
      socket.on('data', (chunk) => {
        buffer += chunk.toString();
        for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
          const line = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          if (isData) {
            received.push(line);
            if (line === '.') {
              isData = false;
              socket.write('250 taken\r\n');
            }
            continue;
          }
          const verb = line.slice(0, 4).toUpperCase();
          isData = verb === 'DATA';
          socket.write(`${answers[verb] ?? '500 what'}\r\n`);
        }
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `smtp://127.0.0.1:${port}`, received };
  };

  test('a message is sent once and recognisable if it ever comes twice', async () => {
    const scope = await organisation();
    const server = await smtp('250 ok');
    const id = await post(scope);
    const transport = mailTransport({ smtpUrl: server.url, from, folder });
    await drain(scope, transport);
    expect(await drain(scope, transport)).toBe(0);
    expect(await messageStatus(scope, id)).toMatchObject({ status: 'sent' });
    expect(server.received.filter((line) => line === `Message-ID: <${id}@socle>`)).toHaveLength(1);
  });

  test('a passing failure is tried again later; a lasting one is given up and told', async () => {
    const scope = await organisation();
    const busy = await smtp('451 come back');
    const id = await post(scope);
    await drain(scope, mailTransport({ smtpUrl: busy.url, from, folder }));
    expect(await messageStatus(scope, id)).toMatchObject({ status: 'waiting' });
    clock.advance({ minutes: 1 });
    const strict = await smtp('550 no such user marie.durand@exemple.test');
    await drain(scope, mailTransport({ smtpUrl: strict.url, from, folder }));
    expect(await messageStatus(scope, id)).toMatchObject({ status: 'failed', error: 'smtp_550' });
    clock.advance({ days: 1 });
    expect(await drain(scope, mailTransport({ smtpUrl: strict.url, from, folder }))).toBe(0);
  });

  test('a server that is away loses nothing', async () => {
    const scope = await organisation();
    const id = await post(scope);
    await drain(scope, mailTransport({ smtpUrl: 'smtp://127.0.0.1:1', from, folder }));
    expect(await messageStatus(scope, id)).toMatchObject({ status: 'waiting' });
    clock.advance({ minutes: 1 });
    const server = await smtp('250 ok');
    await drain(scope, mailTransport({ smtpUrl: server.url, from, folder }));
    expect(await messageStatus(scope, id)).toMatchObject({ status: 'sent' });
  });
});

test('an administrator sees what failed, not to whom, and has it tried again', async () => {
  const { organisation: newOrganisation, user, browser } = await accessFixture();
  const scope = await newOrganisation();
  await user(scope, 'admin@ours.test', ['admin']);
  await user(scope, 'dpo@ours.test', ['dpo']);
  const id = await post(scope, 'marie.durand@exemple.test', 'req_failed');
  const refusing: MailTransport = {
    send: () => Promise.reject(new PermanentFailure('smtp_550')),
    forget: async () => undefined,
  };
  await drain(scope, refusing);
  const boss = browser();
  await boss.signIn('admin@ours.test');
  const html = await (await boss.get('/outbox?status=failed')).text();
  expect(html).toContain('req_failed');
  expect(html).toContain('smtp_550');
  expect(html).not.toContain('marie.durand');
  expect(await (await boss.get('/outbox?status=sent')).text()).not.toContain('req_failed');
  expect((await boss.submit('/outbox', `/outbox/${id}/retry`, {})).status).toBe(303);
  expect(await messageStatus(scope, id)).toMatchObject({ status: 'waiting' });
  expect((await boss.submit('/outbox', `/outbox/${id}/retry`, {})).status).toBe(409);
  const dpo = browser();
  await dpo.signIn('dpo@ours.test');
  expect((await dpo.get('/outbox')).status).toBe(403);
});

test('no log names a recipient or says what was written', () => {
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join()).not.toMatch(/exemple\.test|Marie|Bonjour/);
});

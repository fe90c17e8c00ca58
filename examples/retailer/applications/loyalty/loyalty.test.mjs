import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeSocle, newOrder, newSecret, signedHeaders, until } from '../../../../sdk/node/fixture.mjs';
import { inventHouseholds } from '../../people/people.ts';
import { fillLoyalty } from './fill.ts';

/** The loyalty programme as it runs beside Socle: a process, its own file, orders signed as Socle signs them. */
const secret = newSecret();
let folder;
let file;
let socle;
let programme;
let url;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socle-loyalty-'));
  file = join(folder, 'members');
  await fillLoyalty(file, inventHouseholds(400, 'loyalty'));
  socle = await fakeSocle();
  const env = {
    SOCLE_URL: socle.url,
    SOCLE_KEY: 'key',
    SOCLE_SECRETS: secret.text,
    ORDERS: join(folder, 'orders'),
    MEMBERS: file,
    PATH: process.env.PATH,
  };
  programme = fork(new URL('./loyalty.mjs', import.meta.url), { env, execArgv: [], stdio: 'ignore' });
  const [{ port }] = await once(programme, 'message');
  url = `http://127.0.0.1:${port}/socle`;
});

afterAll(async () => {
  programme.disconnect();
  await once(programme, 'exit');
  socle.close();
  await rm(folder, { recursive: true, force: true });
});

const identity = (kind) => (value) => ({ kind, value });
const [email, card] = [identity('email'), identity('loyalty_number')];

/** Sends an order about one person; what the programme answered of it. */
async function erase(...identities) {
  const order = newOrder(['']);
  order.data.persons[0].identities = identities;
  return { order, answer: await send(order) };
}

async function send(order) {
  const body = JSON.stringify(order);
  const count = socle.answers.length;
  const response = await fetch(url, { method: 'POST', headers: signedHeaders(order, body, [secret]), body });
  expect(response.status).toBe(200);
  await until(() => socle.answers.length > count);
  return socle.answers.at(-1);
}

function rows(sql) {
  const database = new DatabaseSync(file);
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const accounts = () => rows('select count(*) as visits, round(sum(MT_TTC), 2) as total from PASSAGE_CAISSE');

test('a member is found by an address in any case, and no byte of the file names them any more; the tills’ accounts stay', async () => {
  const before = accounts();
  expect((await readFile(file)).includes('ROUVIERE')).toBe(true);
  const { order, answer } = await erase(email('camille.rouviere@example.org'));
  expect(answer).toMatchObject({ outcome: 'executed', by: 'fidelite 6.2' });
  const bytes = (await readFile(file)).toString('latin1').toLowerCase();
  expect(['rouviere', 'camille.rouviere', '2900000000018'].filter((value) => bytes.includes(value))).toEqual([]);
  expect(accounts()).toEqual(before);
  // Sent again, it is answered as the first time, to the letter.
  expect(await send(order)).toEqual(answer);
});

test('an address that two members share names neither; a card names one, and the address stays the other’s', async () => {
  const behind = `select NO_ADH from ADHERENT where lower(EMAIL) = 'famille.lemarchand@example.net'`;
  const mails = `select NO_ENVOI from ENVOI_MAIL where lower(MAIL) = 'famille.lemarchand@example.net'`;
  const sent = rows(mails);
  const { answer } = await erase(email('famille.lemarchand@example.net'));
  expect(answer.persons[0]).toMatchObject({ outcome: 'refused', reason: 'identity_ambiguous' });
  expect(rows(behind)).toHaveLength(2);
  const [jeanne] = rows(`select NO_CARTE as card from ADHERENT where PRENOM = 'JEANNE' and NOM = 'LEMARCHAND'`);
  const second = await erase(email('famille.lemarchand@example.net'), card(jeanne.card));
  expect(second.answer.outcome).toBe('executed');
  expect(rows(`select PRENOM from ADHERENT where NOM = 'LEMARCHAND'`)).toEqual([{ PRENOM: 'PAUL' }]);
  expect(rows(mails)).toEqual(sent);
});

test('a card that was lost still names its member', async () => {
  const [lost] = rows('select NO_CARTE_ANC as card, NO_ADH as number from ANC_CARTE limit 1');
  expect((await erase(card(lost.card))).answer.outcome).toBe('executed');
  expect(rows(`select NOM, PRENOM, EMAIL from ADHERENT where NO_ADH = ${lost.number}`)).toEqual([
    { NOM: '', PRENOM: '', EMAIL: null },
  ]);
  expect(rows(`select * from ANC_CARTE where NO_ADH = ${lost.number}`)).toEqual([]);
});

test('somebody unknown is not found, and nothing changes', async () => {
  const before = await readFile(file);
  const { answer } = await erase(email('ulysse.beauvoir@example.org'), card('2999999999999'));
  expect(answer.outcome).toBe('not_found');
  expect((await readFile(file)).equals(before)).toBe(true);
});

import { z } from 'zod';
import type { Language } from '../../kernel/index.ts';
import type { Command } from '../command.ts';
import { table } from '../output.ts';
import { metLines, metSchema } from './met.ts';
import { readIdentities } from './plan-erase.ts';

const requestSchema = z.looseObject({
  id: z.string(),
  number: z.string(),
  state: z.string(),
  isClosed: z.boolean(),
  receivedOn: z.string(),
  dueOn: z.string().nullable(),
  clock: z.looseObject({ words: z.array(z.string()) }),
  steps: z.array(z.looseObject({ at: z.string(), words: z.string() })),
  orders: z.array(
    z.looseObject({
      id: z.string(),
      application: z.string(),
      state: z.string(),
      generation: z.number(),
      counts: z.record(z.string(), z.number()),
      words: z.string(),
      left: z.array(metSchema).default([]),
      isRenewed: z.boolean().default(false),
    }),
  ),
});
type Shown = z.output<typeof requestSchema>;

export const requestNew: Command = {
  words: ['request', 'new'],
  usage: '--right RIGHT --identity KIND=VALUE … [--received DATE] [--wait SECONDS]',
  summary: {
    fr: 'Ouvre la demande d’une personne, identité attestée par l’opérateur ; avec --wait, attend la clôture.',
    en: 'Opens a person’s request, identity attested by the operator; with --wait, until closed or time is up.',
  },
  options: {
    right: { type: 'string' },
    identity: { type: 'string', multiple: true },
    received: { type: 'string' },
    controller: { type: 'string' },
    language: { type: 'string' },
    wait: { type: 'string' },
  },
  positionals: [0, 0],
  needs: 'server',
  run: async ({ values, client, output, language }) => {
    const [received, controller] = [values.text('received'), values.text('controller')];
    const seconds = values.seconds('wait');
    const body = {
      right: values.required('right'),
      identities: readIdentities(values.list('identity')),
      intake: 'operator',
      language: values.text('language') ?? language,
      answer: 'automatic',
      ...(received === null ? {} : { receivedOn: received }),
      ...(controller === null ? {} : { controller }),
    };
    const opened = await client.post('/api/v1/requests', body, requestSchema);
    const path = `/api/v1/requests/${opened.id}`;
    const isDone = (request: Shown): boolean => {
      output.progress(progressOf(request));
      return request.isClosed;
    };
    const shown = seconds === null ? opened : await client.poll(path, requestSchema, isDone, seconds);
    output.endProgress();
    output.result(shown, wordsOf(shown, language));
  },
};

export const requestShow: Command = {
  words: ['request', 'show'],
  usage: 'ID',
  summary: {
    fr: 'Montre ses étapes, ses ordres, ses réponses et son délai.',
    en: 'Shows its steps, orders, answers and clock.',
  },
  options: {},
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, client, output, language }) => {
    const shown = await client.get(`/api/v1/requests/${encodeURIComponent(positionals[0] ?? '')}`, requestSchema);
    output.result(shown, wordsOf(shown, language));
  },
};

export const requestRetry: Command = {
  words: ['request', 'retry'],
  usage: 'ID [--wait SECONDS]',
  summary: {
    fr: 'Relance ses ordres arrêtés (en partie, refusés faute de savoir de qui sont des lignes, en échec), sous le plan d’aujourd’hui.',
    en: 'Takes up its orders that stopped (in part, refused for want of knowing whose rows, failed), under the plan as it is now.',
  },
  options: { wait: { type: 'string' } },
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, values, client, output, language }) => {
    const path = `/api/v1/requests/${encodeURIComponent(positionals[0] ?? '')}`;
    const retried = await client.post(`${path}/retry`, {}, requestSchema);
    const seconds = values.seconds('wait');
    const isDone = (request: Shown): boolean => {
      output.progress(progressOf(request));
      return request.isClosed || request.orders.every(({ state }) => !['planned', 'sent', 'received'].includes(state));
    };
    const shown = seconds === null ? retried : await client.poll(path, requestSchema, isDone, seconds);
    output.endProgress();
    output.result(shown, wordsOf(shown, language));
  },
};

function progressOf(request: Shown): string {
  const ended = request.orders.filter((order) => !['planned', 'sent', 'received'].includes(order.state)).length;
  return `${request.number} ${request.state} ${ended}/${request.orders.length}`;
}

function wordsOf(request: Shown, language: Language): readonly string[] {
  const heads = language === 'fr' ? ['APPLICATION', 'ÉTAT', 'COMPTE RENDU'] : ['APPLICATION', 'STATE', 'OUTCOME'];
  const orders = request.orders.map((order) => [order.application, order.state, order.words]);
  return [
    `${request.number}  ${request.id}  ${request.state}`,
    ...request.clock.words.map((line) => `  ${line}`),
    '',
    ...table([heads, ...orders]),
    ...request.orders.flatMap((order) => leftLines(order, language)),
    '',
    ...request.steps.map((step) => `${step.at}  ${step.words}`),
  ];
}

/** Where an order stopped, and what would let it go on. */
function leftLines(order: Shown['orders'][number], language: Language): readonly string[] {
  if (order.left.length === 0) return [];
  const renewed =
    language === 'fr' ? 'Les déclarations ont changé depuis : relancez.' : 'What is declared changed since: retry.';
  const byHand = order.left
    .filter(({ by }) => by === 'name' || by === 'key')
    .map(({ where }) => `  socle order check ${order.id} --where ${where} --finding FINDING --basis REASON`);
  const head =
    language === 'fr'
      ? '  # ou, lignes vérifiées à la main, pour cet ordre seul'
      : '  # or, rows checked by hand, for this order alone';
  return [
    '',
    `${order.application}:`,
    ...metLines(order.left, language),
    ...(byHand.length === 0 ? [] : [head, ...byHand]),
    ...(order.isRenewed ? [`  ${renewed}`] : []),
  ];
}

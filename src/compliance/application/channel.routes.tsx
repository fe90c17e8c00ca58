import { z } from 'zod';
import { can, may } from '../../access/index.ts';
import { type Flash, type PageApp, parseInput, redirect, type Slice, type Visit } from '../../http/index.ts';
import { type Problem, Refusal } from '../../kernel/index.ts';
import { type ApplicationLine, type Limits, limitsSchema, pathsOf, setLimits } from '../../repository/index.ts';
import { write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { wakeWaiting } from '../order/delivery/line.ts';
import { channelApi, credentialId, issueOnce } from './channel.api.ts';
import { answerKeyPage, limitsPage, revokePage, type TypedLimits, typedLimits } from './channel-forms.tsx';
import { channelPage } from './channel-page.tsx';
import { kindWords } from './channel-words.ts';
import { issuedKinds, listCredentials, registerAnswerKey, revokeCredential } from './credentials.ts';
import { healthOf, openOrders } from './health.ts';
import { replayDead } from './replay.ts';
import { tryChannel } from './try.ts';

const root = '/applications/:id/channel';
const read = may('repository.read');
const connect = may('applications.connect');
const shown = 20;

/** How an application is connected to orders, how it fares, and what to do when it does not answer. */
export function channelSlice(engine: Engine): Slice {
  return {
    name: 'channel',
    pages(app) {
      mountHealth(engine, app);
      mountCredentials(engine, app);
      mountLimits(engine, app);
    },
    api: (app) => channelApi(engine, app),
  };
}

type AnyVisit = Pick<Visit<string, unknown, unknown>, 'who' | 'clock'>;

function lineOf(engine: Engine, visit: AnyVisit, reference: string): Promise<ApplicationLine> {
  return engine.applications.find(visit.who.scope, reference);
}

function mountHealth(engine: Engine, app: PageApp): void {
  app.get(root, { allow: read }, async (visit) => {
    const { scope } = visit.who;
    const line = await lineOf(engine, visit, visit.params.id);
    const [health, open, dead, credentials] = await Promise.all([
      healthOf(scope, line.id),
      openOrders(scope, line.id, 'open', shown),
      openOrders(scope, line.id, 'dead', shown),
      listCredentials(scope, line.id),
    ]);
    const mayConnect = can(visit.who, 'applications.connect');
    return channelPage({ line, health, open, dead, credentials, now: visit.clock.now(), mayConnect });
  });
  app.post(`${root}/try`, { allow: connect }, async (visit) => {
    const line = await lineOf(engine, visit, visit.params.id);
    const trial = await tryChannel(engine, visit.who.scope, visit.cause, line);
    const flash: Flash = { tone: trial.isGood ? 'good' : 'bad', title: trial.title, detail: trial.detail };
    return redirect(pathsOf(line).orders, { flash });
  });
  app.post(`${root}/replay`, { allow: connect }, async (visit) => {
    const line = await lineOf(engine, visit, visit.params.id);
    const count = await replayDead(visit.who.scope, visit.cause, line.id);
    return redirect(pathsOf(line).orders, {
      flash: { fr: `Ordres relancés : ${count}.`, en: `Orders replayed: ${count}.` },
    });
  });
}

function mountCredentials(engine: Engine, app: PageApp): void {
  const issuing = z.object({ kind: z.enum(issuedKinds) });
  app.post(`${root}/credentials`, { form: issuing, allow: connect }, async (visit) => {
    const line = await lineOf(engine, visit, visit.params.id);
    const { kind } = visit.body;
    const made = await issueOnce(visit, line, kind);
    const flash: Flash = {
      tone: 'good',
      title: {
        fr: `${kindWords(kind).name.fr} : à copier maintenant, montré cette seule fois.`,
        en: `${kindWords(kind).name.en}: copy it now, it is shown only this once.`,
      },
      ...(made.shown === null ? {} : { copy: { label: kindWords(kind).name, value: made.shown } }),
    };
    return redirect(pathsOf(line).orders, { flash });
  });
  app.get(`${root}/credentials/:credential/revoke`, { allow: connect }, async (visit) => {
    const line = await lineOf(engine, visit, visit.params.id);
    const id = credentialId(visit.params.credential);
    const credential = (await listCredentials(visit.who.scope, line.id)).find((each) => each.id === id);
    if (credential === undefined) throw gone();
    return revokePage(line, credential, visit.clock.now());
  });
  app.post(`${root}/credentials/:credential/revoke`, { allow: connect }, async (visit) => {
    const line = await lineOf(engine, visit, visit.params.id);
    const id = credentialId(visit.params.credential);
    await write(visit.who.scope, visit.cause, (writing) => revokeCredential(writing, line.id, id));
    return redirect(pathsOf(line).orders, { flash: { fr: 'Révoqué.', en: 'Revoked.' } });
  });
  app.get(`${root}/answer-key`, { allow: connect }, async (visit) => {
    const line = await lineOf(engine, visit, visit.params.id);
    return answerKeyPage({ line, now: visit.clock.now(), problems: [], typed: '' });
  });
  const publicKey = z.object({ publicKey: z.string().max(400) });
  app.post(
    `${root}/answer-key`,
    {
      form: publicKey,
      allow: connect,
      again: async (visit, refusal, typed) => {
        const line = await lineOf(engine, visit, visit.params.id);
        return answerKeyPage({
          line,
          now: visit.clock.now(),
          problems: refusal.problems,
          typed: typed.publicKey ?? '',
        });
      },
    },
    async (visit) => {
      const line = await lineOf(engine, visit, visit.params.id);
      await write(visit.who.scope, visit.cause, (writing) => registerAnswerKey(writing, line.id, visit.body.publicKey));
      return redirect(pathsOf(line).orders, {
        flash: { fr: 'Clé publique déclarée.', en: 'Public key registered.' },
      });
    },
  );
}

const many = z.union([z.string(), z.array(z.string())]).optional();
const limitsForm = z.object({
  batchSize: z.string().optional(),
  ordersPerMinute: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  days: many,
  identityKinds: z.string().optional(),
});

function mountLimits(engine: Engine, app: PageApp): void {
  app.get(`${root}/limits`, { allow: connect }, async (visit) => {
    const line = await lineOf(engine, visit, visit.params.id);
    return limitsPage({ line, now: visit.clock.now(), problems: [], typed: typedLimits(line.limits) });
  });
  app.post(
    `${root}/limits`,
    {
      form: limitsForm,
      allow: connect,
      again: async (visit, refusal, typed: TypedLimits) => {
        const line = await lineOf(engine, visit, visit.params.id);
        return limitsPage({ line, now: visit.clock.now(), problems: refusal.problems.map(atItsField), typed });
      },
    },
    async (visit) => {
      const line = await lineOf(engine, visit, visit.params.id);
      const limits = readLimitsForm(visit.body);
      await write(visit.who.scope, visit.cause, async (writing) => {
        await setLimits(writing, line.id, limits);
        await wakeWaiting(writing.tx, line.id, writing.now);
      });
      return redirect(pathsOf(line).orders, { flash: { fr: 'Limites enregistrées.', en: 'Limits saved.' } });
    },
  );
}

/** The form as the limits it means. Refuses (422) what it doesn't. */
function readLimitsForm(form: z.output<typeof limitsForm>): Limits {
  const { batchSize, ordersPerMinute, from, to, days, identityKinds } = form;
  const hasHours = from !== undefined || to !== undefined;
  const given = {
    batchSize: Number(batchSize ?? '100'),
    ordersPerMinute: ordersPerMinute === undefined ? null : Number(ordersPerMinute),
    hours: hasHours
      ? { from, to, days: (Array.isArray(days) ? days : [days ?? '']).filter(Boolean).map(Number) }
      : null,
    identityKinds: (identityKinds ?? '').split(/[\s,]+/).filter((kind) => kind !== ''),
  };
  return parseInput(limitsSchema, given, 422, {
    fr: 'Ces limites ne vont pas : voyez chaque champ.',
    en: 'These limits won’t do: see each field.',
  });
}

/** `/hours/from` is the field `from` of the form; `/identityKinds/0`, the one field of kinds. */
function atItsField(problem: Problem): Problem {
  return { ...problem, pointer: problem.pointer.replace(/^\/hours\//, '/').replace(/^(\/\w+)\/\d+$/, '$1') };
}

function gone(): Refusal {
  return new Refusal('application.no_credential', 404, {
    fr: 'Ce secret n’existe pas, ou n’est déjà plus valable.',
    en: 'This credential does not exist, or is no longer valid.',
  });
}

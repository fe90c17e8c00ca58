import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type ApiApp, created, type Slice } from '../../http/index.ts';
import { isUuid, Refusal } from '../../kernel/index.ts';
import { expectTheirs, type ModelChangeOptions } from './shared-model.ts';

const change = z.strictObject({
  files: z
    .array(z.strictObject({ file: z.string().max(500), text: z.string().max(2_000_000) }))
    .max(50)
    .default([])
    .describe('what each pack.yaml says; a pack replaces the one of its name'),
  without: z.array(z.string().max(40)).max(50).default([]).describe('names of packs to take away'),
  version: z.int().positive().nullable().default(null).describe('the version to take back, instead of files'),
});

/** Changing the model while it runs: a change is proposed and shown with its consequences, then applied, once. */
export function modelChangeApi(options: ModelChangeOptions): Slice {
  return {
    name: 'model-change',
    api(app) {
      mountProposals(app, options);
      mountVersions(app, options);
    },
  };
}

function mountProposals(app: ApiApp, options: ModelChangeOptions): void {
  const { live } = options;
  const allow = may('model.change');
  app.post(
    '/model/proposals',
    { summary: 'What a change of the model would do, in words and numbers; changes nothing', body: change, allow },
    async ({ who, body, cause }) => {
      await expectTheirs(options, who);
      const proposal = await live.propose(who.scope, body, cause);
      return created(`/api/v1/model/proposals/${proposal.id}`, proposal);
    },
  );
  app.post(
    '/model/proposals/:id/apply',
    { summary: 'Applies a proposed change: tables, pages and API follow at once', allow },
    async ({ who, params, cause }) => {
      await expectTheirs(options, who);
      if (!isUuid(params.id)) throw noProposal();
      const model = await live.apply(who.scope, params.id, cause);
      return { fingerprint: model.fingerprint, version: live.version().number, packs: model.packs };
    },
  );
}

function mountVersions(app: ApiApp, options: ModelChangeOptions): void {
  const { live } = options;
  const allow = may('model.change');
  app.get('/model/versions', { summary: 'The versions the model had, the last first', allow }, async ({ who }) => {
    await expectTheirs(options, who);
    return { items: await live.versions() };
  });
  app.get(
    '/model/versions/:from/compare/:to',
    { summary: 'What differs between two versions of the model, in words', allow },
    async ({ who, params }) => {
      await expectTheirs(options, who);
      return { differences: await live.compare(numberOf(params.from), numberOf(params.to)) };
    },
  );
  app.get('/model/packs/:pack', { summary: 'What the file of a pack in force says (YAML)', allow }, ({ params }) => {
    const text = live.packText(params.pack);
    if (text === null) throw noPack(params.pack);
    return { pack: params.pack, text };
  });
}

function numberOf(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new Refusal('model.no_version', 404, {
    fr: 'Le modèle n’a pas cette version.',
    en: 'The model has no such version.',
  });
}

function noPack(name: string): Refusal {
  return new Refusal('model.no_pack', 404, {
    fr: `Il n’y a pas de module « ${name} ».`,
    en: `There is no pack “${name}”.`,
  });
}

function noProposal(): Refusal {
  return new Refusal('model.no_proposal', 404, {
    fr: 'Cette proposition n’existe pas : refaites-la.',
    en: 'There is no such proposal: make it again.',
  });
}
